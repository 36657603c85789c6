package dev.drawbridge.approval;

import dev.drawbridge.guardrails.Level;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccountIds;
import dev.drawbridge.request.AccessRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Whether the answers on record are what a verdict asks for; the grant door asks again, at the moment of the grant. */
@Component
public class Clearance {
    private final Approvals approvals;
    private final Eligibility eligibility;

    Clearance(Approvals approvals, Eligibility eligibility) {
        this.approvals = approvals;
        this.eligibility = eligibility;
    }

    /**
     * How much the approvers have agreed to. Throws {@link ApprovalLapsed} where that holds no more, and refuses unless each level has its quorum of distinct, still eligible people,
     * none of whom asked; a deputy and the person they stand in for are one.
     */
    public Scope require(AccessRequest request, Verdict.NeedsApproval verdict) {
        List<Approval> answers = approvals.of(request.id());
        if (answers.stream().anyMatch(answer -> answer.decision() == Approval.Decision.REJECT)) {
            throw notCleared("somebody refused it");
        }
        Set<String> counted = new HashSet<>();
        Set<String> gone = approvals.ofEarlierAccounts(request.id());
        for (int position = 0; position < verdict.levels().size(); position++) {
            Level level = verdict.levels().get(position);
            int eligible = 0;
            for (Approval answer : answers) {
                if (answer.level() == position
                        && !gone.contains(answer.approver())
                        && eligibility.counts(answer, level, request)
                        && isNew(answer, counted)) {
                    eligible++;
                }
            }
            if (eligible < level.quorum()
                    && Approvals.approvers(answers, position).size() >= level.quorum()) {
                throw new ApprovalLapsed(level.name());
            }
            if (eligible < level.quorum()) {
                throw notCleared(
                        "level '" + level.name() + "' has " + eligible + " of " + level.quorum() + " valid approvals");
            }
        }
        return Approvals.scope(request, answers);
    }

    private static boolean isNew(Approval answer, Set<String> counted) {
        boolean person = counted.add(AccountIds.oneOf(answer.approver()));
        return (answer.forPerson() == null || counted.add(AccountIds.oneOf(answer.forPerson()))) && person;
    }

    private static Refusal notCleared(String why) {
        return Refusal.of(Refusal.Kind.FORBIDDEN, "not-cleared", "Access is not given: " + why + ".");
    }
}
