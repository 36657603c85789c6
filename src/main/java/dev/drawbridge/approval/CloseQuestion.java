package dev.drawbridge.approval;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Lets a level go on without the answer that the requester did not give in time: its clock runs again. */
@Component
class CloseQuestion implements FixedTask {
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
    public Set<String> tasks() {
        return Set.of(ProcessNames.ANSWER_QUESTION);
    }

    /** The task is taken away for other reasons as well: only by the facts does it mean that the time is over. */
    @Override
    public void abandoned(DelegateTask task) {
        requests.findByProcessInstance(task.getProcessInstanceId()).ifPresent(request -> {
            requests.lock(request.id());
            closeIfDue(request.id());
        });
    }

    /**
     * Refuses while the requester is asked something. By the facts: once the time for that is over, no process that has
     * taken their task away, or still waits for them, keeps anybody from answering.
     */
    void requireNone(UUID request) {
        requests.lock(request);
        closeIfDue(request);
        if (questions.open(request).isPresent()) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT, "awaiting-answer", "The requester has been asked something; wait for that.");
        }
    }

    /** Once the time for the answer is over, whether the process has noticed or not; it is locked already. */
    void closeIfDue(UUID request) {
        questions.open(request).ifPresent(question -> close(request, question));
    }

    private void close(UUID request, Question question) {
        Instant now = clock.instant();
        if (!now.isBefore(levels.answerDue(request, question.level()))) {
            questions.lapse(question.id(), now);
            events.publishEvent(new QuestionLapsed(
                    question, levels.levels(request).get(question.level()).name()));
        }
    }
}
