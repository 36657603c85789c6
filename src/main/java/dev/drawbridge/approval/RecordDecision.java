package dev.drawbridge.approval;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.Locale;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Puts on record what an approver answered, when the task is completed through whichever door. */
@Component
@UsedInProcess
class RecordDecision implements TaskListener {
    private final AccessRequests requests;
    private final DecideApproval approval;
    private final Refusals refusals;

    RecordDecision(AccessRequests requests, DecideApproval approval, Refusals refusals) {
        this.requests = requests;
        this.approval = approval;
        this.refusals = refusals;
    }

    @Override
    public void notify(DelegateTask task) {
        SignIn signIn = CurrentSignIn.require();
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        var outcome = refusals.onRecord(
                signIn.person(),
                request.id(),
                () -> approval.decide(
                        request,
                        signIn.person(),
                        Objects.toString(task.getVariable("decision"), null),
                        Objects.toString(task.getVariable("comment"), null)));
        task.getExecution().setVariable("levelOutcome", outcome.name().toLowerCase(Locale.ROOT));
        // The next approver's form starts empty.
        task.removeVariable("decision");
        task.removeVariable("comment");
    }
}
