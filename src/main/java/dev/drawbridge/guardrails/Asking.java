package dev.drawbridge.guardrails;

import dev.drawbridge.platform.SignIn;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.Draft;
import dev.drawbridge.request.SubmitAccessRequest;
import org.springframework.stereotype.Component;

/** Asking for access: to rehearse it says what would come of it, to carry it out is the same, on record. */
@Component
class Asking {
    private final SubmitAccessRequest submission;
    private final Guardrails guardrails;
    private final Verdicts verdicts;

    Asking(SubmitAccessRequest submission, Guardrails guardrails, Verdicts verdicts) {
        this.submission = submission;
        this.guardrails = guardrails;
        this.verdicts = verdicts;
    }

    /** A request, and the judgement on it. */
    record Judged(AccessRequest request, Judgement judgement) {
        Verdict verdict() {
            return judgement.verdict();
        }
    }

    /** Refuses, with a sentence that names the field, what cannot be asked for; records nothing. */
    Judged rehearse(SignIn signIn, Draft draft, String processInstanceId) {
        AccessRequest request = submission.checked(signIn, draft, processInstanceId);
        return new Judged(request, guardrails.judgement(request, signIn));
    }

    /** Records the request of a person for the process instance that carries it, and the verdict; at most one an instance. */
    Judged carryOut(SignIn signIn, Draft draft, String processInstanceId) {
        submission.oneAtATime(signIn, draft);
        Judged judged = rehearse(signIn, draft, processInstanceId);
        submission.record(judged.request(), signIn);
        verdicts.record(judged.request(), judged.judgement());
        return judged;
    }
}
