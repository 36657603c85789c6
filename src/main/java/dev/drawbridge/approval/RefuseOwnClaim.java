package dev.drawbridge.approval;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Keeps requesters from claiming the task that decides on their own request, and so keeping everybody else from it. */
@Component
@UsedInProcess
class RefuseOwnClaim implements TaskListener {
    private final AccessRequests requests;
    private final Refusals refusals;

    RefuseOwnClaim(AccessRequests requests, Refusals refusals) {
        this.requests = requests;
        this.refusals = refusals;
    }

    @Override
    public void notify(DelegateTask task) {
        String assignee = task.getAssignee();
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        if (assignee != null && assignee.equalsIgnoreCase(request.requester())) {
            refusals.onRecord(assignee, request.id(), () -> {
                throw Refusal.of(Refusal.Kind.FORBIDDEN, "self-approval", "Nobody decides on their own request.");
            });
        }
    }
}
