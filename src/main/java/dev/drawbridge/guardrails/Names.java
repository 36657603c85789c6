package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names that a condition has given so far, and where they can be seen. */
final class Names {
    /** Drools has no conditions over ever more names. */
    private static final int MOST = 4;

    private final Map<String, Kind> given = new HashMap<>();
    private final Deque<String> visible = new ArrayDeque<>();
    /** Of parameters, which can be seen everywhere behind, in what the rule does too. */
    private final Map<String, Parameter> limits = new LinkedHashMap<>();

    private final Set<String> limitsUsed = new HashSet<>();

    /** How many were visible then. */
    record Mark(int visible) {}

    /** Whether the name is new; in one rule, a name is given once. */
    boolean give(String name, Kind kind) {
        boolean isNew = !limits.containsKey(name) && given.putIfAbsent(name, kind) == null;
        if (isNew) {
            visible.push(name);
        }
        return isNew;
    }

    /** As {@link #give}, to what stands in {@code rules/parameters.yaml}. */
    boolean give(String name, Parameter limit) {
        return !given.containsKey(name) && limits.putIfAbsent(name, limit) == null;
    }

    boolean areTooMany() {
        return given.size() > MOST;
    }

    Optional<Kind> find(String name) {
        return visible.contains(name) ? Optional.ofNullable(given.get(name)) : Optional.empty();
    }

    /** The parameter of this name, which counts from now on. */
    Optional<Parameter> limit(String name) {
        limitsUsed.add(name);
        return Optional.ofNullable(limits.get(name));
    }

    /** One that was given to a parameter and to no purpose. */
    Optional<String> unusedLimit() {
        return limits.keySet().stream()
                .filter(name -> !limitsUsed.contains(name))
                .findFirst();
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
