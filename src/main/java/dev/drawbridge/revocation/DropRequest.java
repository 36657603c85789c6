package dev.drawbridge.revocation;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import org.springframework.stereotype.Component;

/** Ends a request that has not come to access yet, in somebody else's name than the requester's. */
@Component
class DropRequest {
    private final RequestEnds ends;
    private final AccessProcesses processes;

    DropRequest(RequestEnds ends, AccessProcesses processes) {
        this.ends = ends;
        this.processes = processes;
    }

    void drop(AccessRequest request, String actor, String why) {
        ends.record(request.id(), "WITHDRAWN", actor, why);
        try {
            processes.tell(request.processInstanceId(), ProcessNames.MESSAGE_WITHDRAW);
        } catch (Refusal elsewhere) {
            processes.discard(request.processInstanceId(), why);
        }
    }
}
