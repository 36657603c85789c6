package dev.drawbridge.revocation;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.platform.Cluster;
import dev.drawbridge.process.AccessProcesses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Lets processes go on to their end whose access has ended in another way. Whoever ended the access tells the process at once;
 * that can fail, for instance while the database restarts, and the process's own job may have used up its tries by then.
 */
@Component
class LetGoOn {
    private static final Logger log = LoggerFactory.getLogger(LetGoOn.class);

    /** The process comes first. */
    private static final Duration SETTLED = Duration.ofSeconds(20);

    /** What ended longer ago is looked for by {@link LookAtEverything}. */
    private static final Duration LATELY = Duration.ofMinutes(30);

    /** How long a process may go on once its request is over. */
    private static final Duration AFTERMATH = Duration.ofHours(1);

    private final Cluster cluster;
    private final Grants grants;
    private final RequestEnds ends;
    private final AccessProcesses processes;
    private final Clock clock;

    LetGoOn(Cluster cluster, Grants grants, RequestEnds ends, AccessProcesses processes, Clock clock) {
        this.cluster = cluster;
        this.grants = grants;
        this.ends = ends;
        this.processes = processes;
        this.clock = clock;
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.sweeper.go-on-every:PT15S}",
            initialDelayString = "${drawbridge.sweeper.go-on-every:PT15S}")
    void lately() {
        cluster.onceAtATime("let go on", () -> endedSince(clock.instant().minus(LATELY)));
    }

    void endedSince(Instant since) {
        grants.endedButRunning(since, clock.instant().minus(SETTLED))
                .forEach(instance -> byItself(instance, processes::goOnToTheEnd));
    }

    /** Whatever a process does after its request is over, it asks nobody for ever. */
    void outlived() {
        ends.outlived(clock.instant().minus(AFTERMATH))
                .forEach(instance ->
                        byItself(instance, outlived -> processes.discard(outlived, "Its request is over.")));
    }

    /** What fails at one keeps none of the others, and the next round comes. */
    private static void byItself(String instance, Consumer<String> step) {
        try {
            step.accept(instance);
        } catch (RuntimeException busy) {
            log.warn("Process instance '{}' is looked at in the next round", instance, busy);
        }
    }
}
