package dev.drawbridge.revocation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while any access has been overdue for longer than {@code drawbridge.revocation.overdue-limit}. */
@Component("revocation")
class RevocationHealth implements HealthIndicator {
    private final ExposureNow exposure;
    private final Duration limit;
    private final Clock clock;

    RevocationHealth(
            ExposureNow exposure, @Value("${drawbridge.revocation.overdue-limit:PT2M}") Duration limit, Clock clock) {
        this.exposure = exposure;
        this.limit = limit;
        this.clock = clock;
    }

    @Override
    public Health health() {
        Instant now = clock.instant();
        Exposure seen = exposure.get();
        Duration age = seen.age(now);
        return (age.compareTo(limit) > 0 ? Health.down() : Health.up())
                .withDetail("overdue", seen.overdue())
                .withDetail("failing", seen.failing())
                .withDetail("notGiven", seen.notGiven())
                .withDetail("oldestOverdue", age)
                // Nobody can use them, so the node is well; /operations says how they are cleared away.
                .withDetail("remnants", seen.remnants())
                .build();
    }
}
