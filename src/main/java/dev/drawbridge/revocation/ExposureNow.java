package dev.drawbridge.revocation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is open and late, five seconds old at most: one look at the database serves everybody who asks how things are. */
@Component
class ExposureNow {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Revocations revocations;
    private final Clock clock;
    private volatile @Nullable Look last;

    private record Look(Instant at, Exposure exposure) {}

    ExposureNow(Revocations revocations, Clock clock) {
        this.revocations = revocations;
        this.clock = clock;
    }

    Exposure get() {
        Instant now = clock.instant();
        Look look = last;
        if (look == null || Duration.between(look.at(), now).abs().compareTo(FRESH) > 0) {
            look = new Look(now, revocations.exposure(now));
            last = look;
        }
        return look.exposure();
    }
}
