package dev.drawbridge.approval;

import dev.drawbridge.directory.AccountIds;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.request.AccessRequest;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Whether the answers on record are what a verdict asks for; the grant door asks again, at the moment of the grant. */
@Component
public class Clearance {
    private final ApprovalCases cases;
    private final Electorates electorates;

    Clearance(ApprovalCases cases, Electorates electorates) {
        this.cases = cases;
        this.electorates = electorates;
    }

    /**
     * How much the approvers have agreed to. Throws {@link ApprovalLapsed} where that holds no more, and refuses unless each
     * level has its quorum of distinct, still eligible people, none of whom asked; a deputy and the person they stand in for
     * are one.
     */
    public Scope require(AccessRequest request) {
        ApprovalCase approval = cases.fresh(request.id());
        return require(approval, moment -> electorates.at(approval, moment));
    }

    static Scope require(ApprovalCase approval, Function<Instant, Electorate> electorate) {
        if (approval.isRejected()) {
            throw notCleared("somebody refused it");
        }
        Set<String> counted = new HashSet<>();
        for (int position = 0; position < approval.levels().size(); position++) {
            Level level = approval.level(position);
            int eligible = 0;
            for (Approval answer : approval.answers()) {
                if (answer.level() == position
                        && !approval.goneApprovers().contains(answer.approver())
                        && electorate.apply(answer.at()).counts(answer)
                        && isNew(answer, counted)) {
                    eligible++;
                }
            }
            if (eligible < level.quorum() && approval.approvals(position) >= level.quorum()) {
                throw new ApprovalLapsed(level.name());
            }
            if (eligible < level.quorum()) {
                throw notCleared(
                        "level '" + level.name() + "' has " + eligible + " of " + level.quorum() + " valid approvals");
            }
        }
        return approval.scope();
    }

    private static boolean isNew(Approval answer, Set<String> counted) {
        boolean person = counted.add(AccountIds.oneOf(answer.approver()));
        return (answer.forPerson() == null || counted.add(AccountIds.oneOf(answer.forPerson()))) && person;
    }

    private static Refusal notCleared(String why) {
        return Refusal.of(Refusal.Kind.FORBIDDEN, "not-cleared", "Access is not given: " + why + ".");
    }
}
