package dev.drawbridge.approval.process;

import dev.drawbridge.approval.TakeTurn;
import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Lets a level go on without the answer that the requester did not give in time: its clock runs again. */
@Component
class CloseQuestion implements FixedTask {
    private final AccessRequests requests;
    private final TakeTurn turns;

    CloseQuestion(AccessRequests requests, TakeTurn turns) {
        this.requests = requests;
        this.turns = turns;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.ANSWER_QUESTION);
    }

    /** The task is taken away for other reasons as well: only by the facts does it mean that the time is over. */
    @Override
    public void abandoned(DelegateTask task) {
        requests.findByProcessInstance(task.getProcessInstanceId())
                .map(AccessRequest::id)
                .ifPresent(turns::locked);
    }
}
