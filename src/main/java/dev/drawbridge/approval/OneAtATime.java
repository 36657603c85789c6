package dev.drawbridge.approval;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import org.camunda.bpm.engine.ProcessEngineException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets those who act on one request at the same moment do so one after the other. Whoever comes too late is told that it
 * is settled, whatever the engine came upon half-way. What fails for any other reason fails at once, and as what it is.
 */
@Component
public class OneAtATime {
    private static final int MOST_TRIES = 3;

    private final AccessRequests requests;
    private final AccessProcesses processes;
    private final TransactionTemplate transaction;

    OneAtATime(AccessRequests requests, AccessProcesses processes, PlatformTransactionManager transactions) {
        this.requests = requests;
        this.processes = processes;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** {@code step} is the process's task or subprocess that what is done needs to be open still. */
    public void on(AccessRequest request, String step, Runnable what) {
        for (int tries = 1; ; tries++) {
            try {
                alone(request, what);
                return;
            } catch (Refusal refusal) {
                boolean overtaken = isSettled(refusal);
                // The facts count, not where the process stands.
                if (refusal.kind() == Refusal.Kind.CONFLICT && !overtaken) {
                    throw refusal;
                }
                requireStillAt(request, step);
                if (!overtaken || tries == MOST_TRIES) {
                    throw refusal;
                }
            } catch (ProcessEngineException | ConcurrencyFailureException overtaken) {
                requireStillAt(request, step);
                if (tries == MOST_TRIES) {
                    throw overtaken;
                }
                // A timer, a claim or a second node got in between: what it did is there by the next try.
            }
        }
    }

    /** Once, wherever the process stands. */
    void alone(AccessRequest request, Runnable what) {
        transaction.executeWithoutResult(status -> {
            requests.lock(request.id());
            what.run();
        });
    }

    private void requireStillAt(AccessRequest request, String step) {
        if (!processes.isAt(request.processInstanceId(), step)) {
            throw AccessProcesses.settled();
        }
    }

    private static boolean isSettled(Refusal refusal) {
        return refusal.code().equals(AccessProcesses.settled().code());
    }
}
