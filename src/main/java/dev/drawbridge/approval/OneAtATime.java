package dev.drawbridge.approval;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets those who act on one request at the same moment do so one after the other. Whoever comes too late is told that it
 * is settled, whatever the engine came upon half-way.
 */
@Component
class OneAtATime {
    private final AccessRequests requests;
    private final AccessProcesses processes;
    private final TransactionTemplate transaction;

    OneAtATime(AccessRequests requests, AccessProcesses processes, PlatformTransactionManager transactions) {
        this.requests = requests;
        this.processes = processes;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** {@code step} is the process's task or subprocess that what is done needs to be open still. */
    void on(AccessRequest request, String step, Runnable what) {
        try {
            transaction.executeWithoutResult(status -> {
                requests.lock(request.id());
                what.run();
            });
        } catch (RuntimeException failed) {
            if (processes.isAt(request.processInstanceId(), step)) {
                throw failed;
            }
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "already-settled",
                    "This has already been settled; nothing waits for your answer.");
        }
    }
}
