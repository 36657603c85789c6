package dev.drawbridge.approval;

import dev.drawbridge.approval.ApprovalCase.Errand;
import dev.drawbridge.approval.ApprovalCase.HandOverFact;
import dev.drawbridge.approval.ApprovalCase.Opening;
import dev.drawbridge.approval.ApprovalCase.Reminder;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.guardrails.RecordedVerdict;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.request.AccessRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A case in the making: what is on record of it. */
public final class CaseOf {
    final AccessRequest request;
    final Instant judgedAt;
    final List<Level> levels;
    final List<Approval> answers = new ArrayList<>();
    final List<Question> questions = new ArrayList<>();
    final List<Escalation> tiers = new ArrayList<>();
    final List<Reminder> reminders = new ArrayList<>();
    final List<Opening> openings = new ArrayList<>();
    final List<Errand> errands = new ArrayList<>();
    final List<HandOverFact> handOvers = new ArrayList<>();

    public CaseOf(AccessRequest request, Instant judgedAt, List<Level> levels) {
        this.request = request;
        this.judgedAt = judgedAt;
        this.levels = levels;
    }

    /** Of a request of Ada's. */
    static CaseOf ada(Instant judgedAt, Level... levels) {
        AccessRequest request = new AccessRequest(
                UUID.randomUUID(), "instance", "ada", "write", Duration.ofHours(2), "why", null, null, judgedAt, null);
        return new CaseOf(request, judgedAt, List.of(levels));
    }

    CaseOf answered(int level, String approver, String forPerson) {
        answers.add(
                new Approval(request.id(), level, approver, Approval.Decision.APPROVE, "", judgedAt, forPerson, null));
        return this;
    }

    CaseOf handedOver(int level, String from, String to) {
        handOvers.add(new HandOverFact(UUID.randomUUID(), level, from, to));
        return this;
    }

    /** As far as it has come. */
    public ApprovalCase now() {
        return new ApprovalCase(
                request,
                new RecordedVerdict(
                        request.id(),
                        new Verdict.NeedsApproval(List.of(), levels, null, List.of(), "book"),
                        null,
                        request.digest(),
                        judgedAt),
                answers,
                Set.of(),
                questions,
                tiers,
                reminders,
                openings,
                errands,
                handOvers,
                false);
    }
}
