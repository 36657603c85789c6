package dev.drawbridge.revocation;

import dev.drawbridge.catalog.WallClock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something on a target that the grants do not say, or the other way round.
 *
 * @param requestId the request that the login belongs to, where one is known
 * @param sentence what it is, for operators
 * @param cure the statements that set it right, where the target's owner has to
 */
public record Discrepancy(
        UUID id,
        String target,
        String principal,
        @Nullable UUID requestId,
        Kind kind,
        String sentence,
        @Nullable String cure,
        Instant foundAt) {

    /** The moments that the sentence names; none where it holds words that are not ours. */
    public List<Instant> moments() {
        return kind == Kind.END_PUSHED_OUT ? WallClock.momentsIn(sentence) : List.of();
    }

    /** The same, with its moments on the clock of whoever reads it. */
    Discrepancy told(WallClock clock) {
        return new Discrepancy(id, target, principal, requestId, kind, clock.told(sentence, moments()), cure, foundAt);
    }

    /** What differs. */
    public enum Kind {
        /** A login that no open grant stands behind. */
        STRAY_LOGIN,
        /** An open grant whose login is gone. */
        MISSING_LOGIN,
        /** A login that may do more than was granted. */
        WIDENED,
        /** A login that would last longer than its grant. */
        END_PUSHED_OUT,
        /** A login that somebody else has changed, its password perhaps. */
        TOUCHED,
        /** What is left of access that has ended, and that nobody can use. */
        REMNANT,
        /** What belonged to a login and was ended, since it held on to another that had to go. */
        HELD_ON,
        /** A target whose clock is not ours: it alone decides when a login is over. */
        CLOCK,
        /** Access on a server that no target leads to any more, so that it cannot be ended. */
        OUT_OF_REACH,
        /** What a role that is handed out gives away whenever something is made for it. */
        DEFAULT_PRIVILEGES,
        /** What we keep of what is open, beside the facts, did not agree with them. */
        INDEX
    }
}
