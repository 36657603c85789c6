package dev.drawbridge.revocation;

import dev.drawbridge.grant.Grants;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets the processes go on whose access has ended without them. By one thread, and behind what ends: there is no hurry any
 * more, and nothing that is granted meanwhile waits for it. What is lost when a node dies goes on by its own timer, or is
 * found by {@link LetGoOn}.
 */
@Component
class LetGoTogether {
    private static final Logger log = LoggerFactory.getLogger(LetGoTogether.class);
    private static final int MOST_AT_ONCE = 20;
    private static final Duration HELD = Duration.ofMinutes(1);

    private final Queue<Obligation> ended = new ConcurrentLinkedQueue<>();
    private final Obligations obligations;
    private final AccessRequests requests;
    private final Grants grants;
    private final AccessProcesses processes;
    private final Clock clock;
    private final TransactionTemplate transaction;

    LetGoTogether(
            Obligations obligations,
            AccessRequests requests,
            Grants grants,
            AccessProcesses processes,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.obligations = obligations;
        this.requests = requests;
        this.grants = grants;
        this.processes = processes;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Keeps every node from the timers of what is due there, for as long as a job that a node is at: where this one dies,
     * they come.
     */
    void holdTimersOfDue(String system) {
        Instant now = clock.instant();
        processes.holdTimers(obligations.instancesDue(system, now), now, now.plus(HELD));
    }

    void later(List<Obligation> more) {
        ended.addAll(more);
    }

    @Scheduled(fixedDelayString = "${drawbridge.sweeper.lets-go-every:PT0.2S}")
    void letGo() {
        for (List<Obligation> some = some(); !some.isEmpty(); some = some()) {
            letGo(some);
        }
    }

    private List<Obligation> some() {
        List<Obligation> some = new ArrayList<>();
        for (Obligation next = ended.poll(); next != null; next = some.size() < MOST_AT_ONCE ? ended.poll() : null) {
            some.add(next);
        }
        return some;
    }

    private void letGo(List<Obligation> some) {
        try {
            transaction.executeWithoutResult(status -> processes.goOnTogether(some.stream()
                    .filter(Obligation::wasUsable)
                    .map(Obligation::processInstanceId)
                    .collect(Collectors.toSet())));
            some.stream().filter(each -> !each.wasUsable()).forEach(this::letGo);
        } catch (RuntimeException notAllOfThem) {
            log.debug("These go on one by one", notAllOfThem);
            some.forEach(this::letGo);
        }
    }

    private void letGo(Obligation one) {
        try {
            letGo(one.processInstanceId(), one.wasUsable());
        } catch (RuntimeException busy) {
            log.warn("The process {} goes on later: {}", one.processInstanceId(), busy.getMessage());
        }
    }

    /** The process of one request, at once. */
    void letGo(UUID request) {
        requests.find(request).ifPresent(found -> letGo(found.processInstanceId(), grants.wasConfirmed(request)));
    }

    private void letGo(String processInstanceId, boolean wasUsable) {
        if (wasUsable) {
            processes.goOnToTheEnd(processInstanceId);
        } else {
            // The step that never succeeded still waits for an operator; there is nothing left for it to do.
            processes.discard(processInstanceId, "Its time has passed.");
        }
    }
}
