package dev.drawbridge.approval;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.request.RequestViews;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Withdraws a request that still waits, for approval or for its start. */
@Component
public class WithdrawRequest {
    private static final String WITHDRAWN = "The requester withdrew it.";

    private final AccessRequests requests;
    private final RequestViews views;
    private final AccessProcesses processes;
    private final Refusals refusals;
    private final OneAtATime oneAtATime;
    private final RequestEnds ends;
    private final TransactionTemplate transaction;

    WithdrawRequest(
            AccessRequests requests,
            RequestViews views,
            AccessProcesses processes,
            Refusals refusals,
            OneAtATime oneAtATime,
            RequestEnds ends,
            PlatformTransactionManager transactions) {
        this.requests = requests;
        this.views = views;
        this.processes = processes;
        this.refusals = refusals;
        this.oneAtATime = oneAtATime;
        this.ends = ends;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Refuses, on record, anybody but the requester, and a request that waits for nothing any more. */
    public void withdraw(String person, UUID id) {
        AccessRequest request = refusals.onRecord(
                person, id, () -> requests.find(views.require(person, id).id()).orElseThrow());
        refusals.onRecord(person, id, () -> {
            if (!request.requester().equals(person)) {
                throw Refusal.of(Refusal.Kind.FORBIDDEN, "not-your-request", "Only who asked may withdraw a request.");
            }
            try {
                oneAtATime.on(request, ProcessNames.APPROVAL_LEVEL, () -> {
                    // What the requester says, in this call; whatever their process makes of being told.
                    withdrawn(request);
                    processes.tell(request.processInstanceId(), ProcessNames.MESSAGE_WITHDRAW);
                });
            } catch (Refusal settled) {
                giveUp(request, settled);
            }
        });
    }

    /** A process that is stuck before any access was given cannot be told, and would go on waiting for ever. */
    private void giveUp(AccessRequest request, Refusal settled) {
        String instance = request.processInstanceId();
        transaction.executeWithoutResult(status -> {
            requests.lock(request.id());
            if (!processes.isStuck(instance)) {
                throw settled;
            }
            withdrawn(request);
            processes.discard(instance, WITHDRAWN);
        });
    }

    private void withdrawn(AccessRequest request) {
        if (!views.require(request.requester(), request.id()).waits()) {
            throw AccessProcesses.settled();
        }
        ends.record(request.id(), "WITHDRAWN", request.requester(), WITHDRAWN);
    }
}
