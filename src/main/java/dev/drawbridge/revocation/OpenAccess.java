package dev.drawbridge.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Access whose end the target has not confirmed, as operators see it.
 *
 * @param principal the login on the target
 * @param state {@code PROVISIONING}, {@code ACTIVE} or {@code REVOKING}
 * @param residualMinutes for how many minutes it has been there although it should be gone; rounded up, 0 while it may be
 * @param failures how often the target has failed to give it or, once it is to end, to end it
 * @param lastFailure the sentence of the last one
 */
public record OpenAccess(
        UUID requestId,
        String requester,
        String entitlement,
        String principal,
        String system,
        Instant startedAt,
        Instant expiresAt,
        String state,
        long residualMinutes,
        int failures,
        @Nullable String lastFailure) {

    static long minutesSince(Instant end, Instant now) {
        long seconds = Duration.between(end, now).toSeconds();
        return seconds <= 0 ? 0 : (seconds + 59) / 60;
    }
}
