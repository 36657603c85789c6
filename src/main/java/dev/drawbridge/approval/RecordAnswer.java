package dev.drawbridge.approval;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Puts on record what the requester answered, when the task is completed through whichever door. */
@Component
@UsedInProcess
class RecordAnswer implements TaskListener {
    private final AccessRequests requests;
    private final Questions questions;
    private final LevelClock levels;
    private final Refusals refusals;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RecordAnswer(
            AccessRequests requests,
            Questions questions,
            LevelClock levels,
            Refusals refusals,
            ApplicationEventPublisher events,
            Clock clock) {
        this.requests = requests;
        this.questions = questions;
        this.levels = levels;
        this.refusals = refusals;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void notify(DelegateTask task) {
        SignIn signIn = CurrentSignIn.require();
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        String text = Objects.toString(task.getVariable("answer"), "");
        refusals.onRecord(signIn.person(), request.id(), () -> answer(request, signIn.person(), text));
        // The answer to the next question starts empty.
        task.removeVariable("answer");
    }

    private void answer(AccessRequest request, String person, String text) {
        if (!request.requester().equals(person)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "not-your-request", "Only who asked for access can answer.");
        }
        if (PlainText.looksEmpty(text)) {
            throw Refusal.ofField(Refusal.Kind.INVALID, "answer", "missing-answer", "Write an answer.");
        }
        requests.lock(request.id());
        Question question = questions.open(request.id()).orElseThrow(AccessProcesses::settled);
        Instant due = levels.answerDue(request.id(), question.level());
        questions.answer(question.id(), PlainText.checked("answer", text), clock.instant());
        questions.of(request.id()).stream()
                .filter(answered -> answered.id().equals(question.id()))
                .forEach(answered -> events.publishEvent(new QuestionAsked(
                        answered,
                        levels.levels(request.id()).get(question.level()).name(),
                        due)));
    }
}
