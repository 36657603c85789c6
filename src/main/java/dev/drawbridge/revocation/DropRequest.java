package dev.drawbridge.revocation;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import org.camunda.bpm.engine.ProcessEngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Ends a request that has not come to access yet, in somebody else's name than the requester's. */
@Component
class DropRequest {
    private static final Logger log = LoggerFactory.getLogger(DropRequest.class);

    private final AccessRequests requests;
    private final Grants grants;
    private final RequestEnds ends;
    private final EndAccess end;
    private final AccessProcesses processes;
    private final TransactionTemplate transaction;

    DropRequest(
            AccessRequests requests,
            Grants grants,
            RequestEnds ends,
            EndAccess end,
            AccessProcesses processes,
            PlatformTransactionManager transactions) {
        this.requests = requests;
        this.grants = grants;
        this.ends = ends;
        this.end = end;
        this.processes = processes;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** With this outcome; where access has been given meanwhile, that is ordered to end instead. */
    void drop(AccessRequest request, String outcome, String actor, String why) {
        transaction.executeWithoutResult(status -> {
            requests.lock(request.id());
            if (grants.find(request.id()).isPresent()) {
                end.order(request.id(), Reason.REVOKED, actor, why);
            } else if (!ends.isOver(request.id())) {
                record(request, outcome, actor, why);
            }
        });
        if (ends.exists(request.id())) {
            letGo(request, why);
        }
    }

    private void record(AccessRequest request, String outcome, String actor, String why) {
        if (actor.equals("system")) {
            ends.record(request.id(), outcome, actor, why);
        } else {
            ends.recordInTheirWords(request.id(), outcome, actor, why);
        }
    }

    private void letGo(AccessRequest request, String why) {
        String instance = request.processInstanceId();
        try {
            if (processes.awaits(instance, ProcessNames.MESSAGE_WITHDRAW)) {
                processes.tell(instance, ProcessNames.MESSAGE_WITHDRAW);
            } else {
                processes.discard(instance, why);
            }
        } catch (Refusal | ProcessEngineException | DataAccessException | TransactionException busy) {
            // It has ended on record, so its process can come to nothing any more.
            log.warn("The process of the request {}, which has ended, goes on: {}", request.id(), busy.getMessage());
        }
    }
}
