package dev.drawbridge.approval;

import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Lets a level go on without the answer that the requester did not give: its clock runs again. */
@Component
@UsedInProcess
class CloseQuestion implements ExecutionListener {
    private final AccessRequests requests;
    private final Questions questions;
    private final LevelClock levels;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CloseQuestion(
            AccessRequests requests,
            Questions questions,
            LevelClock levels,
            ApplicationEventPublisher events,
            Clock clock) {
        this.requests = requests;
        this.questions = questions;
        this.levels = levels;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void notify(DelegateExecution execution) {
        AccessRequest request = requests.ofProcessInstance(execution.getProcessInstanceId());
        requests.lock(request.id());
        questions.open(request.id()).ifPresent(question -> {
            questions.answer(question.id(), Question.NO_ANSWER, clock.instant());
            events.publishEvent(new QuestionLapsed(
                    question, levels.levels(request.id()).get(question.level()).name()));
        });
    }
}
