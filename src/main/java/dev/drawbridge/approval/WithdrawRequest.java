package dev.drawbridge.approval;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.request.RequestViews;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Withdraws a request that has led to nothing yet, wherever its process stands. */
@Component
public class WithdrawRequest {
    private static final Logger log = LoggerFactory.getLogger(WithdrawRequest.class);
    private static final String WITHDRAWN = "The requester withdrew it.";

    private final AccessRequests requests;
    private final RequestViews views;
    private final AccessProcesses processes;
    private final Refusals refusals;
    private final OneAtATime oneAtATime;
    private final RequestEnds ends;

    WithdrawRequest(
            AccessRequests requests,
            RequestViews views,
            AccessProcesses processes,
            Refusals refusals,
            OneAtATime oneAtATime,
            RequestEnds ends) {
        this.requests = requests;
        this.views = views;
        this.processes = processes;
        this.refusals = refusals;
        this.oneAtATime = oneAtATime;
        this.ends = ends;
    }

    /** Refuses, on record, anybody but the requester, and a request that was decided. */
    public void withdraw(String person, UUID id) {
        AccessRequest request = refusals.onRecord(
                person, id, () -> requests.find(views.require(person, id).id()).orElseThrow());
        refusals.onRecord(person, id, () -> {
            if (!requests.isBy(person, request)) {
                throw Refusal.of(Refusal.Kind.FORBIDDEN, "not-your-request", "Only who asked may withdraw a request.");
            }
            if (processes.awaits(request.processInstanceId(), ProcessNames.MESSAGE_WITHDRAW)) {
                try {
                    oneAtATime.on(request, ProcessNames.APPROVAL_LEVEL, () -> {
                        // The requester's own words, in this call; what the process does with the message does not
                        // matter.
                        withdrawn(request);
                        processes.tell(request.processInstanceId(), ProcessNames.MESSAGE_WITHDRAW);
                    });
                    return;
                } catch (Refusal | ProcessEngineException unheard) {
                    log.info("The process of request {} cannot be told that it is withdrawn", id, unheard);
                }
            }
            endWithItsProcess(request);
        });
    }

    /** One that does not listen, is stuck or is suspended would go on waiting for ever: the word of the requester counts. */
    private void endWithItsProcess(AccessRequest request) {
        oneAtATime.alone(request, () -> {
            withdrawn(request);
            processes.discard(request.processInstanceId(), WITHDRAWN);
        });
    }

    /** By the facts: as long as it has led to nothing, and is not about to. */
    private void withdrawn(AccessRequest request) {
        boolean waits = views.of(request.id()).state().equals("PENDING_APPROVAL")
                || !processes.isOnItsWay(request.processInstanceId());
        if (!waits || !ends.isUndecided(request.id())) {
            throw AccessProcesses.settled();
        }
        ends.record(request.id(), "WITHDRAWN", request.requester(), WITHDRAWN);
    }
}
