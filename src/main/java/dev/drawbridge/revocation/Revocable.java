package dev.drawbridge.revocation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What would end if it were revoked now: access that is there or is being set up, or a request that may still come to it.
 *
 * @param entitlement the one that is or would be given, by id
 * @param state the request's, as everywhere
 * @param principal the login on the target; none where there is none yet
 * @param waitsFor what the company's process asks people to do for it first; none: nothing
 * @param startsAt when it is to start; none where it has, or starts as soon as it may
 * @param endsAt when it would end by itself; none while that is not known
 */
public record Revocable(
        UUID requestId,
        String requester,
        String entitlement,
        String state,
        @Nullable String principal,
        @Nullable String waitsFor,
        @Nullable Instant startsAt,
        @Nullable Instant endsAt,
        boolean moreTime) {
    /** Whether there is, or may be by now, a login that ends with it. */
    public boolean given() {
        return principal != null;
    }
}
