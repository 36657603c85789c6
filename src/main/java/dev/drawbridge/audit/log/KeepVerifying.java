package dev.drawbridge.audit.log;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Verifies the record over and over, a slice at a time, on each node: each remembers for itself what was signed last. Health is down
 * while something is not as it was sealed.
 */
@Component("auditLog")
class KeepVerifying extends AbstractHealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(KeepVerifying.class);
    private static final int SLICE = 5_000;
    private static final int SHOWN = 5;

    /** Another node may seal; and while none does, this one serves people all the same, which the lag tells. */
    private static final Status NOT_SEALING = new Status("NOT_SEALING");

    private final Verification verification;
    private final SealRounds rounds;
    private final Witness witness;
    private @Nullable Recount under;
    private volatile List<Problem> found = List.of();
    private volatile long verified;

    KeepVerifying(Verification verification, SealRounds rounds, Witness witness, MeterRegistry registry) {
        this.verification = verification;
        this.rounds = rounds;
        this.witness = witness;
        Gauge.builder(
                        "drawbridge.audit.log.problems",
                        this,
                        now -> now.problems().size())
                .description("What is not as it was sealed, as far as was seen last")
                .register(registry);
        Gauge.builder("drawbridge.audit.log.verified", this, now -> now.verified)
                .description("Entries that were looked at when the record was last verified from beginning to end")
                .register(registry);
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.audit-log.verify-every:PT10S}",
            initialDelayString = "${drawbridge.audit-log.verify-every:PT10S}")
    void verifySome() {
        try {
            Recount now = under == null ? verification.begin() : under;
            under = now;
            now.step(SLICE);
            if (!now.problems().isEmpty() || now.isOver()) {
                tell(now.problems());
            }
            if (now.isOver()) {
                verified = now.size();
                under = null;
            }
        } catch (DataAccessException | CannotSeal failed) {
            under = null;
            log.warn("The record could not be verified now and is tried again: {}", failed.getMessage());
        }
    }

    private void tell(List<Problem> problems) {
        problems.stream()
                .filter(problem -> !found.contains(problem))
                .limit(SHOWN)
                .forEach(problem -> log.error("The record is not as it was sealed: {}", problem.sentence()));
        found = problems;
    }

    private List<Problem> problems() {
        return found;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.status(!found.isEmpty() ? Status.DOWN : rounds.stopped().isPresent() ? NOT_SEALING : Status.UP);
        rounds.stopped().ifPresent(why -> health.withDetail("stopped", why));
        witness.problem().ifPresent(problem -> health.withDetail("witness", problem.sentence()));
        health.withDetail("verified", verified)
                .withDetail("sealLag", rounds.lag())
                .withDetail(
                        "problems",
                        found.stream().limit(SHOWN).map(Problem::sentence).toList());
    }
}
