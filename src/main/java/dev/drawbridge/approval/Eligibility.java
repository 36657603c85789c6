package dev.drawbridge.approval;

import dev.drawbridge.guardrails.Level;
import dev.drawbridge.process.AccountIds;
import dev.drawbridge.process.People;
import dev.drawbridge.request.AccessRequest;
import java.time.Instant;
import java.util.Collections;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Who may answer at a level, asked of the accounts at the moment it matters. */
@Component
class Eligibility {
    private final People people;
    private final LevelPeople levelPeople;
    private final Escalations escalations;
    private final Substitutes substitutes;

    Eligibility(People people, LevelPeople levelPeople, Escalations escalations, Substitutes substitutes) {
        this.people = people;
        this.levelPeople = levelPeople;
        this.escalations = escalations;
        this.substitutes = substitutes;
    }

    /**
     * Whether a level asks this person for this request, by the groups and people it names; never the requester, whatever
     * the groups. They may have handed their answer over.
     *
     * @param position the level's, from 0: tiers that were added to it count as well
     * @param moment when: who has duty changes
     */
    boolean isAsked(String person, Level level, int position, AccessRequest request, Instant moment) {
        if (AccountIds.isOne(person, request.requester())) {
            return false;
        }
        return people.find(person)
                .filter(found -> levelPeople.of(level, request, moment).contains(person)
                        || !Collections.disjoint(level.groups(), found.groups())
                        || escalations.of(request.id(), position).stream()
                                .anyMatch(added -> !Collections.disjoint(added.groups(), found.groups())))
                .isPresent();
    }

    /** Whether this person may answer now in their own right: they are asked, and have not handed it over. */
    boolean mayApprove(String person, Level level, int position, AccessRequest request, Instant moment) {
        return isAsked(person, level, position, request, moment)
                && !hasHandedOver(person, level, position, request, moment);
    }

    /** Whether this person's answer rests with somebody else, who can still give it. */
    boolean hasHandedOver(String person, Level level, int position, AccessRequest request, Instant moment) {
        return substitutes.passed(level, position, request, moment).stream()
                .anyMatch(passed -> passed.from().equals(person));
    }

    /**
     * In whose place this person may answer at a moment: of those who handed this request over to them, or named them their
     * deputy, the ones who are asked; a deputy has no say where it was handed over to another. Never on their own request.
     */
    Stream<String> inPlaceOf(String person, Level level, int position, AccessRequest request, Instant moment) {
        return substitutes.principalsOf(person, level, position, request, moment).stream()
                .filter(principal ->
                        principal.handedOver() || !hasHandedOver(principal.id(), level, position, request, moment))
                .map(Substitutes.Principal::id)
                .distinct()
                .filter(principal -> isAsked(principal, level, position, request, moment));
    }

    /** In whichever capacity. */
    boolean mayAnswer(String person, Level level, int position, AccessRequest request, Instant moment) {
        return mayApprove(person, level, position, request, moment)
                || inPlaceOf(person, level, position, request, moment).findAny().isPresent();
    }

    /**
     * Whether an answer that was given counts now: who gave it is asked still; or may stand in still for whom they stood in
     * for, who is asked still.
     */
    boolean counts(Approval approval, Level level, AccessRequest request) {
        String principal = approval.forPerson();
        if (principal == null) {
            return isAsked(approval.approver(), level, approval.level(), request, approval.at());
        }
        return isAsked(principal, level, approval.level(), request, approval.at())
                && substitutes
                        .principalsOf(approval.approver(), level, approval.level(), request, approval.at())
                        .stream()
                        .anyMatch(stoodInFor -> stoodInFor.id().equals(principal));
    }
}
