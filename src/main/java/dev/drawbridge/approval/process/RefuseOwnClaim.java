package dev.drawbridge.approval.process;

import dev.drawbridge.approval.OwnTasks;
import dev.drawbridge.directory.AccountIds;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/**
 * Keeps requesters from claiming the task that decides on their own request, and so keeping everybody else from it; and
 * anybody from claiming it for another, past handing it over.
 */
@Component
class RefuseOwnClaim implements FixedTask {
    private final AccessRequests requests;
    private final OwnTasks own;
    private final Refusals refusals;

    RefuseOwnClaim(AccessRequests requests, OwnTasks own, Refusals refusals) {
        this.requests = requests;
        this.own = own;
        this.refusals = refusals;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.APPROVE_ACCESS, ProcessNames.ANY_OTHER_TASK);
    }

    @Override
    public void assigned(DelegateTask task) {
        String assignee = task.getAssignee();
        CurrentSignIn.find()
                .map(SignIn::person)
                .filter(person -> assignee != null && !person.equals(assignee))
                .ifPresent(person -> refusals.onRecord(person, null, () -> {
                    throw Refusal.of(
                            Refusal.Kind.FORBIDDEN,
                            "claim-for-another",
                            "Nobody claims a task for somebody else; hand it over.");
                }));
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        if (assignee != null && AccountIds.isOne(assignee, request.requester()) && isForOthers(task)) {
            refusals.onRecord(assignee, request.id(), () -> {
                throw Refusal.of(Refusal.Kind.FORBIDDEN, "self-approval", "Nobody decides on their own request.");
            });
        }
    }

    /** At a task that an earlier release had opened for the requester, nobody else could go on. */
    private boolean isForOthers(DelegateTask task) {
        return task.getTaskDefinitionKey().equals(ProcessNames.APPROVE_ACCESS) || own.isOnRecord(task.getId());
    }
}
