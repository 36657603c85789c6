package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The names that a condition has given so far, and where they can be seen. */
final class Names {
    /** Drools has no conditions over ever more names. */
    private static final int MOST = 4;

    private final Map<String, Kind> given = new HashMap<>();
    private final Deque<String> visible = new ArrayDeque<>();

    /** How many were visible then. */
    record Mark(int visible) {}

    /** Whether the name is new; in one rule, a name is given once. */
    boolean give(String name, Kind kind) {
        boolean isNew = given.putIfAbsent(name, kind) == null;
        if (isNew) {
            visible.push(name);
        }
        return isNew;
    }

    boolean areTooMany() {
        return given.size() > MOST;
    }

    Optional<Kind> find(String name) {
        return visible.contains(name) ? Optional.ofNullable(given.get(name)) : Optional.empty();
    }

    Mark mark() {
        return new Mark(visible.size());
    }

    void forgetSince(Mark mark) {
        while (visible.size() > mark.visible()) {
            visible.pop();
        }
    }
}
