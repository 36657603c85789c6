package dev.drawbridge.revocation;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Puts on record that the requester handed access back, when the task is completed through whichever door. */
@Component
@UsedInProcess
class RecordReturn implements TaskListener {
    private final AccessRequests requests;
    private final EndAccess end;
    private final Refusals refusals;

    RecordReturn(AccessRequests requests, EndAccess end, Refusals refusals) {
        this.requests = requests;
        this.end = end;
        this.refusals = refusals;
    }

    @Override
    public void notify(DelegateTask task) {
        SignIn signIn = CurrentSignIn.require();
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        refusals.onRecord(signIn.person(), request.id(), () -> {
            if (!request.requester().equals(signIn.person())) {
                throw Refusal.of(Refusal.Kind.FORBIDDEN, "not-your-access", "Only who asked can hand it back.");
            }
            end.order(request.id(), Reason.RETURNED, signIn.person(), "");
        });
    }
}
