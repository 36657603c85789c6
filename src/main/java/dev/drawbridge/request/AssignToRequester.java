package dev.drawbridge.request;

import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Gives the tasks that are the requester's to the requester, whomever the process names. */
@Component
class AssignToRequester implements FixedTask {
    private final AccessRequests requests;

    AssignToRequester(AccessRequests requests) {
        this.requests = requests;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.ANSWER_QUESTION, ProcessNames.USE_ACCESS);
    }

    @Override
    public void created(DelegateTask task) {
        task.setAssignee(requests.ofProcessInstance(task.getProcessInstanceId()).requester());
    }
}
