package dev.drawbridge.revocation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much access is there, and how much of it should be gone by now.
 *
 * @param open grants whose end no target has confirmed
 * @param overdue those of them that should be gone
 * @param failing those of them that a target has failed to end at least once
 * @param notGiven those that a target has failed to give at least once, and has not given since
 * @param remnants what is left of access that has ended, and that nobody can use
 * @param oldest when the oldest that is overdue should have been gone; none where none is overdue
 */
record Exposure(
        long open,
        long overdue,
        long failing,
        long notGiven,
        long remnants,
        @Nullable Instant oldest) {
    /** How long the oldest that is overdue has been so. */
    Duration age(Instant now) {
        return oldest == null ? Duration.ZERO : Duration.between(oldest, now);
    }
}
