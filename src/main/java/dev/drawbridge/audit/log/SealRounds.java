package dev.drawbridge.audit.log;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Seals what was committed, about once a second, on whichever node comes first. */
@Component
class SealRounds {
    private static final Logger log = LoggerFactory.getLogger(SealRounds.class);

    private final Sealer sealer;
    private final LogStore store;
    private final Clock clock;
    private volatile @Nullable String stopped;

    SealRounds(Sealer sealer, LogStore store, Clock clock, MeterRegistry registry) {
        this.sealer = sealer;
        this.store = store;
        this.clock = clock;
        TimeGauge.builder(
                        "drawbridge.audit.log.seal.lag",
                        this,
                        TimeUnit.SECONDS,
                        rounds -> rounds.lag().toMillis() / 1000.0)
                .description("How old the oldest entry of the record is that is not sealed yet")
                .register(registry);
        Gauge.builder("drawbridge.audit.log.entries", store, now -> now.ends()[1])
                .description("Entries that are sealed")
                .register(registry);
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.audit-log.every:PT1S}",
            initialDelayString = "${drawbridge.audit-log.every:PT1S}")
    void seal() {
        try {
            sealer.seal();
            stopped = null;
        } catch (CannotSeal refused) {
            stop(String.valueOf(refused.getMessage()));
        } catch (DataAccessException | TransactionException failed) {
            log.warn("The record could not be sealed now and is tried again: {}", failed.getMessage());
        }
    }

    private void stop(String why) {
        if (!why.equals(stopped)) {
            log.error("The record is not sealed any more: {}", why);
        }
        stopped = why;
    }

    /** Why the record is not sealed any more; none while it is. */
    Optional<String> stopped() {
        return Optional.ofNullable(stopped);
    }

    /** Up to when all that was committed is sealed. */
    Instant sealedUntil() {
        return store.oldestWaiting().orElseGet(clock::instant);
    }

    Duration lag() {
        Duration lag = Duration.between(sealedUntil(), clock.instant());
        return lag.isNegative() ? Duration.ZERO : lag;
    }
}
