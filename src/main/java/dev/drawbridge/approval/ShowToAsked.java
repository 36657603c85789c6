package dev.drawbridge.approval;

import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Shows the approvers' task, from its first moment, to whom the open level asks, whomever the process names. */
@Component
class ShowToAsked implements FixedTask {
    private final AccessRequests requests;
    private final RequestEnds ends;
    private final LevelClock levels;
    private final ApprovalTasks tasks;

    ShowToAsked(AccessRequests requests, RequestEnds ends, LevelClock levels, ApprovalTasks tasks) {
        this.requests = requests;
        this.ends = ends;
        this.levels = levels;
        this.tasks = tasks;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.APPROVE_ACCESS);
    }

    @Override
    public void created(DelegateTask task) {
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        if (!ends.isUndecided(request.id())) {
            // A process may come by after the request has ended: then nobody is asked.
            return;
        }
        levels.open(request.id())
                .map(position -> tasks.asked(request, position))
                .ifPresent(asked -> {
                    task.addCandidateGroups(asked.groups());
                    task.addCandidateUsers(asked.people());
                });
    }
}
