package dev.drawbridge.revocation;

import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequests;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Takes the access away that this process gave; the engine runs it again until it succeeds. */
@Component
@UsedInProcess
class RevokeAccess implements JavaDelegate {
    private final AccessRequests requests;
    private final Grants grants;
    private final EndAccess end;

    RevokeAccess(AccessRequests requests, Grants grants, EndAccess end) {
        this.requests = requests;
        this.grants = grants;
        this.end = end;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var request = requests.ofProcessInstance(execution.getProcessInstanceId());
        Grant grant = grants.find(request.id()).orElseThrow();
        end.orderAtOnce(request.id(), end.reasonFor(grant), "system", "");
        execution.setVariable("endReason", end.carryOut(grant).name());
    }
}
