package dev.drawbridge.guardrails;

/** The verdict in one word, as REST, the process and the database say it. */
public enum VerdictOutcome {
    ALLOWED,
    NEEDS_APPROVAL,
    DENIED;

    public static VerdictOutcome of(Verdict verdict) {
        if (verdict instanceof Verdict.Allowed) {
            return ALLOWED;
        }
        return verdict instanceof Verdict.NeedsApproval ? NEEDS_APPROVAL : DENIED;
    }
}
