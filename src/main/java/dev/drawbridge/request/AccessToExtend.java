package dev.drawbridge.request;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Knows the access that can be had for longer; the grants downstream implement it. */
public interface AccessToExtend {
    /** The access that this request was given and that is live at this moment. */
    Optional<LiveAccess> find(UUID request, Instant moment);

    /** Access that somebody holds, and from when until when. */
    record LiveAccess(String requester, String entitlement, Instant startedAt, Instant expiresAt) {
        /** How long it lasts in all, extensions included. */
        public Duration total() {
            return Duration.between(startedAt, expiresAt);
        }
    }
}
