package dev.drawbridge.approval.process;

import dev.drawbridge.approval.TimePasses;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequests;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Lets the next tier answer as well. */
@Component
@UsedInProcess
class EscalateApproval implements JavaDelegate {
    private final AccessRequests requests;
    private final TimePasses time;

    EscalateApproval(AccessRequests requests, TimePasses time) {
        this.requests = requests;
        this.time = time;
    }

    @Override
    public void execute(DelegateExecution execution) {
        time.escalate(requests.ofProcessInstance(execution.getProcessInstanceId()));
    }
}
