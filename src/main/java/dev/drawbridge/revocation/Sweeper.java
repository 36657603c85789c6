package dev.drawbridge.revocation;

import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.grant.TargetUnreachable;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends what is past its time and not confirmed gone, whatever happened to the process, its jobs or the node that was at it.
 * Few that end are their processes' to end, and this is the second net under their timers; many are ended together from here,
 * on all nodes side by side, and their processes follow. Tries again without end.
 */
@Component
class Sweeper {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    /** The process comes first; what it has not settled within this time is taken over. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** So many due on one target are not left to their processes: each by itself they would keep each other waiting. */
    static final int MANY = 100;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Obligations obligations;
    private final Grants grants;
    private final EndMany endMany;
    private final EndAccess end;
    private final LetGoTogether letGo;
    private final Clock clock;
    private final Duration patience;

    /** {@code patience}: how long one target can keep the next look from happening. */
    Sweeper(
            Obligations obligations,
            Grants grants,
            EndMany endMany,
            EndAccess end,
            LetGoTogether letGo,
            Clock clock,
            @Value("${drawbridge.sweeper.patience:PT5S}") Duration patience) {
        this.obligations = obligations;
        this.grants = grants;
        this.endMany = endMany;
        this.end = end;
        this.letGo = letGo;
        this.clock = clock;
        this.patience = patience;
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.sweeper.every:PT1S}",
            initialDelayString = "${drawbridge.sweeper.every:PT1S}")
    void sweep() {
        Instant now = clock.instant();
        List<CompletableFuture<Void>> sweeping = obligations.due(now, now.minus(GRACE)).stream()
                .filter(due -> (due.many() >= MANY || due.late() > 0) && busy.add(due.system()))
                .map(due -> CompletableFuture.runAsync(() -> sweep(due), threads))
                .toList();
        try {
            CompletableFuture.allOf(sweeping.toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException goesOn) {
            // One target that is slow or hangs keeps the others waiting no longer than this.
            log.debug("Sweeping goes on", goesOn);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep(Obligations.Due due) {
        Instant until = clock.instant().plus(patience);
        try {
            for (UUID resisting : due.many() >= MANY ? allNow(due.system()) : late(due.system())) {
                // One that is on a server that is down keeps none from ending that is on another.
                if (clock.instant().isAfter(until)) {
                    return;
                }
                endAlone(resisting);
            }
        } catch (TargetUnreachable unreachable) {
            log.warn("{} Access there cannot be ended yet; it is tried again.", unreachable.getMessage());
        } catch (RuntimeException failing) {
            log.error("Access on '{}' cannot be ended together now; it is tried again", due.system(), failing);
        } finally {
            busy.remove(due.system());
        }
    }

    private Set<UUID> late(String system) {
        return together(system, GRACE, "Swept up.");
    }

    /** Without their timers, which would each do alone what is done here. While one side waits for the target, the other records. */
    private Set<UUID> allNow(String system) {
        letGo.holdTimersOfDue(system);
        CompletableFuture<Set<UUID>> beside =
                CompletableFuture.supplyAsync(() -> together(system, Duration.ZERO, ""), threads);
        Set<UUID> left = new LinkedHashSet<>();
        try {
            left.addAll(together(system, Duration.ZERO, ""));
        } finally {
            left.addAll(beside.exceptionally(alreadyTold -> Set.of()).join());
        }
        return left;
    }

    /** Those that could not be ended with the others. */
    private Set<UUID> together(String system, Duration grace, String note) {
        Set<UUID> left = new LinkedHashSet<>();
        List<Obligation> ended = new ArrayList<>();
        try {
            EndMany.Round round;
            do {
                round = endMany.next(system, clock.instant().minus(grace), left, note);
                left.addAll(round.taken());
                round.ended().forEach(each -> left.remove(each.grant().requestId()));
                ended.addAll(round.ended());
            } while (!round.taken().isEmpty());
        } finally {
            // Behind all that ends: nothing hurries any more.
            letGo.later(ended);
        }
        return left;
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }

    private void endAlone(UUID request) {
        grants.find(request)
                .filter(grant -> grants.isOpen(request))
                .ifPresent(grant -> end(grant, "Swept up.", this::isOver));
    }

    /** Puts the obligation on record, and ends access now, if its target answers. */
    void revoke(Grant grant, String actor, String why) {
        end.order(grant.requestId(), Reason.REVOKED, actor, why);
        end(grant, "");
    }

    /** Ends access now, and lets its process go on, if its target answers. */
    void end(Grant grant, String note) {
        end(grant, note, current -> true);
    }

    /** As {@link #end(Grant, String)}, if that still holds of the grant once nothing else can happen to it. */
    private void end(Grant grant, String note, Predicate<Grant> isDue) {
        try {
            if (end.orderUnlessBusy(grant.requestId(), note, isDue)
                    && end.carryOutUnlessBusy(grant.requestId()).isPresent()) {
                letGo.letGo(grant.requestId());
            }
        } catch (TargetUnreachable unreachable) {
            log.warn("{} Access there cannot be ended yet; it is tried again.", unreachable.getMessage());
        } catch (ConnectorException failing) {
            log.warn("The access of request {} could not be ended yet: {}", grant.requestId(), failing.getMessage());
        } catch (RuntimeException failing) {
            // The next one must not wait for this one; the obligation stays on record and is tried again.
            log.error("The access of request {} could not be ended yet", grant.requestId(), failing);
        }
    }

    /** It may have been extended since it was listed. */
    private boolean isOver(Grant grant) {
        return !grant.expiresAt().isAfter(clock.instant());
    }
}
