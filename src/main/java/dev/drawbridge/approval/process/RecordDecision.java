package dev.drawbridge.approval.process;

import dev.drawbridge.approval.Answer;
import dev.drawbridge.approval.Answer.LevelOutcome;
import dev.drawbridge.approval.AskBack;
import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.approval.Said;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.FixedTask;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Puts on record what an approver answers, in the call in which they complete the task, through whichever door. */
@Component
class RecordDecision implements FixedTask {
    private final AccessRequests requests;
    private final Answer answer;
    private final AskBack askBack;
    private final RequestEnds ends;
    private final Refusals refusals;

    RecordDecision(AccessRequests requests, Answer answer, AskBack askBack, RequestEnds ends, Refusals refusals) {
        this.requests = requests;
        this.answer = answer;
        this.askBack = askBack;
        this.ends = ends;
        this.refusals = refusals;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(ProcessNames.APPROVE_ACCESS);
    }

    @Override
    public void completed(DelegateTask task, SignIn who, Map<String, String> form) {
        AccessRequest request = requests.ofProcessInstance(task.getProcessInstanceId());
        Said said = Said.in(form);
        LevelOutcome outcome = refusals.onRecord(who.person(), request.id(), () -> take(request, who.person(), said));
        if (outcome == LevelOutcome.REJECTED) {
            // Over with this word, wherever the process goes from here.
            ends.record(
                    request.id(),
                    "REJECTED",
                    who.person(),
                    who.person() + " refused it: "
                            + PlainText.quoted(form.getOrDefault("comment", "").strip()));
        }
        // For the next gateway. What it makes of it grants nothing: the door counts the answers themselves.
        task.getExecution().setVariable("levelOutcome", outcome.name().toLowerCase(Locale.ROOT));
    }

    private LevelOutcome take(AccessRequest request, String person, Said said) {
        if (said.asks()) {
            askBack.ask(request, person, said);
            return LevelOutcome.ASKED;
        }
        return answer.give(request, person, said);
    }
}
