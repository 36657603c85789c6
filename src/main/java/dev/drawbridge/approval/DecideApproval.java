package dev.drawbridge.approval;

import static dev.drawbridge.platform.Refusal.Kind.CONFLICT;
import static dev.drawbridge.platform.Refusal.Kind.FORBIDDEN;
import static dev.drawbridge.platform.Refusal.Kind.INVALID;
import static dev.drawbridge.platform.Refusal.Kind.UNPROCESSABLE;

import dev.drawbridge.approval.Approval.Decision;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.guardrails.Verdicts;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Takes a person's answer at the level that is open, by the facts and not by what a form claims. */
@Component
class DecideApproval {
    private final AccessRequests requests;
    private final Verdicts verdicts;
    private final Approvals approvals;
    private final Eligibility eligibility;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    DecideApproval(
            AccessRequests requests,
            Verdicts verdicts,
            Approvals approvals,
            Eligibility eligibility,
            ApplicationEventPublisher events,
            Clock clock) {
        this.requests = requests;
        this.verdicts = verdicts;
        this.approvals = approvals;
        this.eligibility = eligibility;
        this.events = events;
        this.clock = clock;
    }

    /** What the level has come to with this answer. */
    enum LevelOutcome {
        OPEN,
        APPROVED,
        REJECTED
    }

    LevelOutcome decide(AccessRequest request, String approver, @Nullable String answer, @Nullable String remark) {
        requests.lock(request.id());
        Decision decision = decision(answer);
        String comment = comment(decision, remark);
        List<Level> levels = levels(request);
        List<Approval> answers = approvals.of(request.id());
        int position = Approvals.openLevel(levels, answers)
                .orElseThrow(() -> Refusal.of(CONFLICT, "already-settled", "This has already been decided."));
        Level level = levels.get(position);
        if (approver.equalsIgnoreCase(request.requester())) {
            throw Refusal.of(FORBIDDEN, "self-approval", "Nobody decides on their own request.");
        }
        if (!eligibility.mayApprove(approver, level, position, request)) {
            throw Refusal.of(
                    FORBIDDEN,
                    "not-an-approver",
                    "You are not among those who may decide on this request at level '" + level.name() + "'.");
        }
        if (answers.stream().anyMatch(given -> given.approver().equals(approver))) {
            throw Refusal.of(
                    CONFLICT,
                    "already-answered",
                    "You have already answered on this request; each approval has to come from another person.");
        }
        Approval approval = new Approval(
                request.id(),
                position,
                approver,
                decision,
                comment,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        approvals.add(approval);
        events.publishEvent(new ApprovalGiven(approval, level.name()));
        if (decision == Decision.REJECT) {
            return LevelOutcome.REJECTED;
        }
        boolean met = Approvals.approvers(approvals.of(request.id()), position).size() >= level.quorum();
        return met ? LevelOutcome.APPROVED : LevelOutcome.OPEN;
    }

    private List<Level> levels(AccessRequest request) {
        return verdicts.of(request.id())
                .map(recorded -> recorded.verdict())
                .filter(Verdict.NeedsApproval.class::isInstance)
                .map(verdict -> ((Verdict.NeedsApproval) verdict).levels())
                .orElseThrow(() -> Refusal.of(CONFLICT, "nothing-to-decide", "This request needs nobody's approval."));
    }

    private static Decision decision(@Nullable String answer) {
        if ("approve".equals(answer)) {
            return Decision.APPROVE;
        }
        if ("reject".equals(answer)) {
            return Decision.REJECT;
        }
        throw Refusal.ofField(
                INVALID, "decision", "invalid-decision", "Say whether you approve or reject: 'approve' or 'reject'.");
    }

    private static String comment(Decision decision, @Nullable String remark) {
        String comment = remark == null ? "" : remark.strip();
        if (decision == Decision.REJECT && comment.isEmpty()) {
            throw Refusal.ofField(
                    UNPROCESSABLE, "comment", "missing-comment", "Say why you reject it; the requester reads this.");
        }
        return PlainText.checked("comment", comment);
    }
}
