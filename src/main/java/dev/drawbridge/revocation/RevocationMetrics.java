package dev.drawbridge.revocation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** The promise as figures: how late access was gone, and how much is there that should not be. */
@Component
class RevocationMetrics {
    private final ExposureNow exposure;
    private final Clock clock;
    private final Timer lag;

    RevocationMetrics(ExposureNow exposure, MeterRegistry registry, Clock clock) {
        this.exposure = exposure;
        this.clock = clock;
        lag = Timer.builder("drawbridge.revocation.lag")
                .description("From when access should have been gone until its target confirmed that it was")
                .serviceLevelObjectives(
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(10))
                .register(registry);
        gauge(registry, "drawbridge.grants.open", "Grants whose end no target has confirmed", Exposure::open);
        gauge(registry, "drawbridge.grants.overdue", "Open grants that should be gone by now", Exposure::overdue);
        gauge(
                registry,
                "drawbridge.revocations.failing",
                "Open grants that a target has failed to end",
                Exposure::failing);
        gauge(
                registry,
                "drawbridge.grants.failing",
                "Grants that a target has failed to give, and has not given since",
                Exposure::notGiven);
        gauge(
                registry,
                "drawbridge.remnants",
                "What is left on targets of access that has ended, and that nobody can use",
                Exposure::remnants);
        gauge(
                registry,
                "drawbridge.grants.overdue.oldest.seconds",
                "For how long the oldest overdue grant has been so",
                now -> now.age(clock.instant()).toMillis() / 1000.0);
    }

    @TransactionalEventListener
    void on(AccessesRevoked event) {
        event.each().forEach(revoked -> lag.record(revoked.lag()));
    }

    private void gauge(MeterRegistry registry, String name, String what, ToDoubleFunction<Exposure> value) {
        Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.exposure.get()))
                .description(what)
                .register(registry);
    }
}
