package dev.drawbridge.audit;

import java.util.Set;
import java.util.TreeSet;

/** The kinds of entries that this release writes; an earlier or a later one may have written others. */
final class Kinds {
    static final Set<String> OURS = new TreeSet<>(Set.of(
            "access-extended",
            "access-granted",
            "access-revoked",
            "approval-escalated",
            "approved",
            "approvers-changed",
            "approvers-reminded",
            "attempt-refused",
            "credential-revealed",
            "deputy-appointed",
            "deputy-dismissed",
            "discrepancy-found",
            "discrepancy-settled",
            "handed-back",
            "handed-over",
            "membership-ended",
            "person-changed",
            "person-seen-first",
            "processes-published",
            "processes-replaced",
            "publication-agreed",
            "publication-in-shadow",
            "publication-on-trial",
            "publication-proposed",
            "publication-withdrawn",
            "published",
            "question-answered",
            "question-asked",
            "question-lapsed",
            "rejected",
            "request-ended",
            "request-submitted",
            "revocation-failing",
            "revocation-ordered",
            "sign-in-failed",
            "sign-in-slowed",
            "task-done",
            "task-gone",
            "task-opened",
            "verdict-given"));

    private Kinds() {}
}
