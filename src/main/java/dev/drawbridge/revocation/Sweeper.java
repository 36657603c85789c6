package dev.drawbridge.revocation;

import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.grant.TargetUnreachable;
import dev.drawbridge.platform.Cluster;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The second net under the process's timer: ends what is past its time and not confirmed gone, whatever happened to the
 * process, its jobs or the node that was at it. Tries again without end.
 */
@Component
class Sweeper {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    /** The process comes first; what it has not settled within this time is taken over. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final int MOST_AT_ONCE = 500;

    /** How long one target can keep the next look from happening. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Cluster cluster;
    private final Grants grants;
    private final EndAccess end;
    private final AccessRequests requests;
    private final AccessProcesses processes;
    private final Clock clock;

    Sweeper(
            Cluster cluster,
            Grants grants,
            EndAccess end,
            AccessRequests requests,
            AccessProcesses processes,
            Clock clock) {
        this.cluster = cluster;
        this.grants = grants;
        this.end = end;
        this.requests = requests;
        this.processes = processes;
        this.clock = clock;
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.sweeper.every:PT1S}",
            initialDelayString = "${drawbridge.sweeper.every:PT1S}")
    void sweep() {
        List<CompletableFuture<Void>> sweeping = grants
                .systemsDue(clock.instant().minus(GRACE))
                .stream()
                .filter(busy::add)
                .map(system -> CompletableFuture.runAsync(() -> sweep(system), threads))
                .toList();
        try {
            CompletableFuture.allOf(sweeping.toArray(CompletableFuture[]::new))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException goesOn) {
            // One target that is slow or hangs keeps the others waiting no longer than this.
            log.debug("Sweeping goes on", goesOn);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep(String system) {
        try {
            cluster.onceAtATime("sweep " + system, () -> {
                for (Grant grant : grants.due(system, clock.instant().minus(GRACE), MOST_AT_ONCE)) {
                    // Most of many that end together are settled by now, and what a dead node has left waits behind
                    // them.
                    if (grants.isOpen(grant.requestId()) && !end(grant, "Swept up.", this::isOver)) {
                        return;
                    }
                }
            });
        } finally {
            busy.remove(system);
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }

    /** Ends access now, and lets its process go on; false where its target does not answer at all. */
    boolean end(Grant grant, String note) {
        return end(grant, note, current -> true);
    }

    /** As {@link #end(Grant, String)}, if that still holds of the grant once nothing else can happen to it. */
    private boolean end(Grant grant, String note, Predicate<Grant> isDue) {
        try {
            if (end.orderUnlessBusy(grant.requestId(), note, isDue)
                    && end.carryOutUnlessBusy(grant.requestId()).isPresent()) {
                requests.find(grant.requestId()).ifPresent(this::letGo);
            }
            return true;
        } catch (TargetUnreachable unreachable) {
            log.warn("{} Access there cannot be ended yet; it is tried again.", unreachable.getMessage());
            return false;
        } catch (ConnectorException failing) {
            log.warn("The access of request {} could not be ended yet: {}", grant.requestId(), failing.getMessage());
            return true;
        } catch (RuntimeException failing) {
            // The next one must not wait for this one; the obligation stays on record and is tried again.
            log.error("The access of request {} could not be ended yet", grant.requestId(), failing);
            return true;
        }
    }

    private void letGo(AccessRequest request) {
        if (grants.wasConfirmed(request.id())) {
            processes.goOnToTheEnd(request.processInstanceId());
        } else {
            // The step that never succeeded still waits for an operator; there is nothing left for it to do.
            processes.discard(request.processInstanceId(), "Its time has passed.");
        }
    }

    /** It may have been extended since it was listed. */
    private boolean isOver(Grant grant) {
        return !grant.expiresAt().isAfter(clock.instant());
    }
}
