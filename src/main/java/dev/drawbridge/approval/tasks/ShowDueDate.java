package dev.drawbridge.approval.tasks;

import dev.drawbridge.approval.AnswerBy;
import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import java.util.Date;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Shows in Tasklist until when a task can be answered, by the facts and not by its process: a later answer is refused. */
@Component
class ShowDueDate implements FixedTask {
    private final ApprovalCases cases;
    private final AnswerBy answerBy;

    ShowDueDate(ApprovalCases cases, AnswerBy answerBy) {
        this.cases = cases;
        this.answerBy = answerBy;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.APPROVE_ACCESS, ProcessNames.ANSWER_QUESTION);
    }

    @Override
    public void created(DelegateTask task) {
        ApprovalCase approval = cases.require(task.getProcessInstanceId());
        approval.open()
                .map(level -> task.getTaskDefinitionKey().equals(ProcessNames.ANSWER_QUESTION)
                        ? answerBy.ofQuestion(approval, level)
                        : answerBy.ofLevel(approval, level))
                .map(Date::from)
                .ifPresent(task::setDueDate);
    }
}
