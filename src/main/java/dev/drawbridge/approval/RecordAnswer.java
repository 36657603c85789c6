package dev.drawbridge.approval;

import dev.drawbridge.platform.PlainText;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Puts on record what the requester answers, in the call in which they complete the task, through whichever door. */
@Component
class RecordAnswer implements FixedTask {
    private final AccessRequests requests;
    private final ApprovalCases cases;
    private final Refusals refusals;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RecordAnswer(
            AccessRequests requests,
            ApprovalCases cases,
            Refusals refusals,
            ApplicationEventPublisher events,
            Clock clock) {
        this.requests = requests;
        this.cases = cases;
        this.refusals = refusals;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.ANSWER_QUESTION);
    }

    @Override
    public void completed(DelegateTask task, SignIn who, Map<String, String> form) {
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        refusals.onRecord(
                who.person(), request.id(), () -> answer(request, who.person(), form.getOrDefault("answer", "")));
    }

    private void answer(AccessRequest request, String person, String text) {
        if (!requests.isBy(person, request)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "not-your-request", "Only who asked for access can answer.");
        }
        if (PlainText.looksEmpty(text)) {
            throw Refusal.ofField(Refusal.Kind.INVALID, "answer", "missing-answer", "Write an answer.");
        }
        String words = PlainText.checked("answer", text);
        ApprovalCase approval = cases.lock(request.id());
        if (approval.settled()) {
            throw AccessProcesses.settled();
        }
        Question question = approval.openQuestion().orElseThrow(AccessProcesses::settled);
        Question answered = question.answered(words, clock.instant());
        cases.answer(answered);
        events.publishEvent(new QuestionAnswered(
                answered, person, approval.level(question.level()).name()));
    }
}
