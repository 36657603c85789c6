package dev.drawbridge.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What something is said of: these alone, or everything where the file does not say.
 *
 * @param names none: everything
 */
record Only(Optional<Set<String>> names) {
    static final Only EVERYTHING = new Only(Optional.empty());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Only of(List<String> names) {
        return new Only(Optional.of(Set.copyOf(names)));
    }

    boolean holds(String name) {
        return names.map(some -> some.contains(name)).orElse(true);
    }

    boolean isNothing() {
        return names.map(Set::isEmpty).orElse(false);
    }
}
