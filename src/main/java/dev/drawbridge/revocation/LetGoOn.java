package dev.drawbridge.revocation;

import dev.drawbridge.grant.Grants;
import dev.drawbridge.platform.Cluster;
import dev.drawbridge.process.AccessProcesses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

    /** What ended longer ago is looked for among everything, see {@link LookInto#lookAtEverything()}. */
    private static final Duration LATELY = Duration.ofMinutes(30);

    private final Cluster cluster;
    private final Grants grants;
    private final AccessProcesses processes;
    private final Clock clock;

    LetGoOn(Cluster cluster, Grants grants, AccessProcesses processes, Clock clock) {
        this.cluster = cluster;
        this.grants = grants;
        this.processes = processes;
        this.clock = clock;
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.sweeper.go-on-every:PT15S}",
            initialDelayString = "${drawbridge.sweeper.go-on-every:PT15S}")
    void lately() {
        cluster.onceAtATime("let go on", () -> endedSince(clock.instant().minus(LATELY)));
    }

    /** What fails at one keeps none of the others, and the next round comes. */
    void endedSince(Instant since) {
        for (String instance : grants.endedButRunning(since, clock.instant().minus(SETTLED))) {
            try {
                processes.goOnToTheEnd(instance);
            } catch (RuntimeException busy) {
                log.warn("Process instance '{}' goes on in the next round", instance, busy);
            }
        }
    }
}
