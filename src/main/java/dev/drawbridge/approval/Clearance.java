package dev.drawbridge.approval;

import dev.drawbridge.approval.Approval.Decision;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.platform.Refusal;
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

    /** Refuses unless each level has its quorum of distinct, still eligible people, none of whom asked. */
    public void require(AccessRequest request, Verdict.NeedsApproval verdict) {
        List<Approval> answers = approvals.of(request.id());
        if (answers.stream().anyMatch(answer -> answer.decision() == Decision.REJECT)) {
            throw notCleared("somebody refused it");
        }
        Set<String> counted = new HashSet<>();
        for (int place = 0; place < verdict.levels().size(); place++) {
            int position = place;
            Level level = verdict.levels().get(position);
            long eligible = Approvals.approvers(answers, position).stream()
                    .filter(person -> eligibility.mayApprove(person, level, position, request))
                    .filter(counted::add)
                    .count();
            if (eligible < level.quorum()) {
                throw notCleared(
                        "level '" + level.name() + "' has " + eligible + " of " + level.quorum() + " valid approvals");
            }
        }
    }

    private static Refusal notCleared(String why) {
        return Refusal.of(Refusal.Kind.FORBIDDEN, "not-cleared", "Access is not given: " + why + ".");
    }
}
