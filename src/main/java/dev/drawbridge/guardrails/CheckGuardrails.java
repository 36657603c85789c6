package dev.drawbridge.guardrails;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.AskedByStarting;
import dev.drawbridge.process.NextStep;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.Draft;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The first step of every request: records it and the verdict, in the submitter's transaction. */
@Component
@UsedInProcess
class CheckGuardrails implements JavaDelegate {
    private final Asking asking;
    private final Refusals refusals;

    CheckGuardrails(Asking asking, Refusals refusals) {
        this.asking = asking;
        this.refusals = refusals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SignIn signIn = CurrentSignIn.require();
        Asking.Judged judged = refusals.onRecord(
                signIn.person(),
                null,
                () -> asking.carryOut(
                        signIn, draft(AskedByStarting.sent(execution)), execution.getProcessInstanceId()));
        execution.setProcessBusinessKey(judged.request().id().toString());
        NextStep.reads(execution, "verdict", VerdictOutcome.of(judged.verdict()).name());
    }

    private static Draft draft(Map<String, Object> form) {
        return new Draft(
                text(form, "entitlement"),
                text(form, "duration"),
                text(form, "justification"),
                text(form, "ticket"),
                text(form, "startsAt"),
                text(form, "extending"));
    }

    private static @Nullable String text(Map<String, Object> form, String name) {
        Object value = form.get(name);
        if (value != null && !(value instanceof String)) {
            throw Refusal.ofField(Refusal.Kind.INVALID, name, "not-text", "The field '" + name + "' must be text.");
        }
        return (String) value;
    }
}
