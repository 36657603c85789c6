package dev.drawbridge.request;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Knows the access that can be had for longer; the grants downstream implement it. */
public interface AccessToExtend {
    /** The access that this request was given and that is live at this moment. */
    Optional<LiveAccess> find(UUID request, Instant moment);

    /** Access that somebody holds, from when until when by now. */
    record LiveAccess(String requester, String entitlement, Instant startedAt, Instant expiresAt) {
        /** How long it lasts in all by now. */
        public Duration total() {
            return Duration.between(startedAt, expiresAt);
        }
    }
}
