package dev.drawbridge.revocation;

import dev.drawbridge.grant.Grant;
import java.time.Duration;
import java.time.Instant;

/**
 * The target confirmed that nobody can use the access any more.
 *
 * @param due when it should have been gone
 * @param at when the target confirmed it
 */
public record AccessRevoked(Grant grant, Reason reason, Instant due, Instant at) {
    /** How much later than it should it was gone; never negative. */
    public Duration lag() {
        return at.isAfter(due) ? Duration.between(due, at) : Duration.ZERO;
    }
}
