package dev.drawbridge.revocation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something on a target that the grants do not say, or the other way round.
 *
 * @param requestId the request that the login belongs to, where one is known
 * @param sentence what it is, for operators
 */
public record Discrepancy(
        UUID id,
        String target,
        String principal,
        @Nullable UUID requestId,
        Kind kind,
        String sentence,
        Instant foundAt) {

    /** What differs. */
    public enum Kind {
        /** A login that no open grant stands behind. */
        STRAY_LOGIN,
        /** An open grant whose login is gone. */
        MISSING_LOGIN,
        /** A login that may do more than was granted. */
        WIDENED,
        /** A login that would last longer than its grant. */
        END_PUSHED_OUT
    }
}
