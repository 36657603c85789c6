package dev.drawbridge.revocation;

import dev.drawbridge.grant.Grants;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessRequests;
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
 * found with the next look at everything.
 */
@Component
class LetGo {
    private static final Logger log = LoggerFactory.getLogger(LetGo.class);
    private static final int MOST_AT_ONCE = 20;

    private final Queue<Obligation> ended = new ConcurrentLinkedQueue<>();
    private final AccessRequests requests;
    private final Grants grants;
    private final AccessProcesses processes;
    private final TransactionTemplate transaction;

    LetGo(AccessRequests requests, Grants grants, AccessProcesses processes, PlatformTransactionManager transactions) {
        this.requests = requests;
        this.grants = grants;
        this.processes = processes;
        this.transaction = new TransactionTemplate(transactions);
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
