package dev.drawbridge.revocation;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What one comparison of a target has come to: what differs still, and what it could not look into. */
final class Round {
    private final Set<UUID> differing = new HashSet<>();
    private final Set<String> undecided = new HashSet<>();

    void saw(Optional<Discrepancy> found) {
        found.ifPresent(discrepancy -> differing.add(discrepancy.id()));
    }

    /** Somebody else is at this login, or it did not answer: nothing is said of it. */
    void couldNotLookInto(String principal) {
        undecided.add(principal);
    }

    /** What differs still. */
    Set<UUID> differing() {
        return Set.copyOf(differing);
    }

    /** Whether everything could be looked into. */
    boolean isComplete() {
        return undecided.isEmpty();
    }

    /** Whether it was looked for and is not there any more. */
    boolean isGone(Discrepancy open) {
        return !differing.contains(open.id()) && !undecided.contains(open.principal());
    }
}
