package dev.drawbridge.approval;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts on record what an approver answered, when the task is completed through whichever door. */
@Component
@UsedInProcess
class RecordDecision implements TaskListener {
    private static final List<String> FIELDS = List.of("decision", "comment", "narrowDuration", "narrowEntitlement");

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
                        new DecideApproval.Answer(
                                text(task, "decision"),
                                text(task, "comment"),
                                text(task, "narrowDuration"),
                                text(task, "narrowEntitlement"))));
        task.getExecution().setVariable("levelOutcome", outcome.name().toLowerCase(Locale.ROOT));
        // The next approver's form starts empty.
        for (String field : FIELDS) {
            task.removeVariable(field);
        }
    }

    private static @Nullable String text(DelegateTask task, String field) {
        return Objects.toString(task.getVariable(field), null);
    }
}
