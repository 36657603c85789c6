package dev.drawbridge.revocation;

import dev.drawbridge.grant.Grants;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Looks into one request: whether the process that carries it, or the access that it asks to have for longer, is gone. */
@Component
class LookInto {
    private static final String PROCESS_GONE = "The process behind it is gone.";

    private final AccessRequests requests;
    private final AccessProcesses processes;
    private final Grants grants;
    private final DropRequest drop;
    private final Sweeper sweeper;

    LookInto(AccessRequests requests, AccessProcesses processes, Grants grants, DropRequest drop, Sweeper sweeper) {
        this.requests = requests;
        this.processes = processes;
        this.grants = grants;
        this.drop = drop;
        this.sweeper = sweeper;
    }

    /** Ends what nothing else would end; does nothing where all is well, or there is no such request. */
    void request(UUID id) {
        requests.find(id).ifPresent(this::request);
    }

    private void request(AccessRequest request) {
        if (request.extending() != null && !grants.isOpen(request.extending())) {
            drop.drop(request, "FAILED", "system", "The access was over before it could be given for longer.");
        } else if (!processes.isRunning(request.processInstanceId())) {
            drop.drop(request, "FAILED", "system", PROCESS_GONE);
            grants.find(request.id())
                    .filter(grant -> grants.isOpen(request.id()))
                    .ifPresent(grant -> sweeper.end(grant, PROCESS_GONE));
        }
    }
}
