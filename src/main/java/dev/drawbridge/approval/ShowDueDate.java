package dev.drawbridge.approval;

import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.Date;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Shows in Tasklist until when a task can be answered, whatever its process says: an answer that comes later is of no use. */
@Component
class ShowDueDate implements FixedTask {
    private final AccessRequests requests;
    private final LevelClock levels;
    private final AnswerBy answerBy;

    ShowDueDate(AccessRequests requests, LevelClock levels, AnswerBy answerBy) {
        this.requests = requests;
        this.levels = levels;
        this.answerBy = answerBy;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.APPROVE_ACCESS, ProcessNames.ANSWER_QUESTION);
    }

    @Override
    public void created(DelegateTask task) {
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        levels.open(request.id())
                .map(level -> task.getTaskDefinitionKey().equals(ProcessNames.ANSWER_QUESTION)
                        ? answerBy.ofQuestion(request, level)
                        : answerBy.ofLevel(request, level))
                .map(Date::from)
                .ifPresent(task::setDueDate);
    }
}
