package dev.drawbridge.grant;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Access that was decided on, recorded before the target is touched.
 *
 * @param principal the login on the target that is made for this grant alone
 * @param place where it is, even if the catalog says otherwise now
 * @param startedAt when its time began
 * @param expiresAt when its time is over, with what was added since
 */
public record Grant(
        UUID requestId, String principal, String entitlement, Place place, Instant startedAt, Instant expiresAt) {

    /** The same grant with another end. */
    Grant until(Instant end) {
        return new Grant(requestId, principal, entitlement, place, startedAt, end);
    }

    /** The same grant, made on this server. */
    Grant at(String server) {
        return new Grant(
                requestId,
                principal,
                entitlement,
                new Place(place.system(), place.role(), server),
                startedAt,
                expiresAt);
    }

    /** The same grant for as long, from another moment. */
    Grant from(Instant start) {
        return new Grant(
                requestId, principal, entitlement, place, start, start.plus(Duration.between(startedAt, expiresAt)));
    }

    /** What a connector needs to know of it. */
    public Access access() {
        return new Access(requestId, principal, place, expiresAt);
    }
}
