package dev.drawbridge.approval.tasks;

import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.approval.Electorate.Shown;
import dev.drawbridge.approval.Electorates;
import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Shows the approvers' task, from its first moment, to whom the open level asks, whomever the process names. */
@Component
class ShowToAsked implements FixedTask {
    private final ApprovalCases cases;
    private final Electorates electorates;

    ShowToAsked(ApprovalCases cases, Electorates electorates) {
        this.cases = cases;
        this.electorates = electorates;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.APPROVE_ACCESS);
    }

    @Override
    public void created(DelegateTask task) {
        ApprovalCase approval = cases.require(task.getProcessInstanceId());
        // A process may come by after the request has ended: then nobody is asked.
        if (approval.isUndecided()) {
            Shown shown = electorates.now(approval).shown(approval.open().orElseThrow());
            task.addCandidateGroups(shown.groups());
            task.addCandidateUsers(shown.people());
        }
    }
}
