package dev.drawbridge.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator wants a person's record to be.
 *
 * @param version of the record that was read before
 * @param employment none: not known
 * @param groups exactly those that the person is to be in; nothing: they stay as they are
 */
public record PersonChange(
        String version,
        @Nullable Employment employment,
        List<String> managers,
        @Nullable String sponsor,
        @Nullable String mentor,
        Optional<List<Wanted>> groups,
        boolean left) {
    public PersonChange {
        managers = List.copyOf(managers);
    }

    /** A membership, and when it is to end by itself; none: never. */
    public record Wanted(String group, @Nullable Instant until) {}
}
