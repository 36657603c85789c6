package dev.drawbridge.approval.process;

import dev.drawbridge.approval.TimePasses;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequests;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Reminds the people whom the level waits for. */
@Component
@UsedInProcess
class RemindApprovers implements JavaDelegate {
    private final AccessRequests requests;
    private final TimePasses time;

    RemindApprovers(AccessRequests requests, TimePasses time) {
        this.requests = requests;
        this.time = time;
    }

    @Override
    public void execute(DelegateExecution execution) {
        time.remind(requests.ofProcessInstance(execution.getProcessInstanceId()));
    }
}
