package dev.drawbridge.revocation;

import dev.drawbridge.grant.Grants;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Puts on record that the requester hands access back, in the call in which they complete the task. */
@Component
class RecordReturn implements FixedTask {
    private final AccessRequests requests;
    private final Grants grants;
    private final EndAccess end;
    private final Refusals refusals;

    RecordReturn(AccessRequests requests, Grants grants, EndAccess end, Refusals refusals) {
        this.requests = requests;
        this.grants = grants;
        this.end = end;
        this.refusals = refusals;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.USE_ACCESS);
    }

    @Override
    public void completed(DelegateTask task, SignIn who, Map<String, String> form) {
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        refusals.onRecord(who.person(), request.id(), () -> {
            if (!requests.isBy(who.person(), request)) {
                throw Refusal.of(Refusal.Kind.FORBIDDEN, "not-your-access", "Only who asked can hand it back.");
            }
            if (!grants.isOpen(request.id())) {
                throw AccessProcesses.settled();
            }
            end.order(request.id(), Reason.RETURNED, who.person(), "");
        });
    }
}
