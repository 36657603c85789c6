package dev.drawbridge.approval;

import dev.drawbridge.guardrails.Level;
import dev.drawbridge.process.People;
import dev.drawbridge.request.AccessRequest;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Who may answer at a level, asked of the accounts at the moment it matters. */
@Component
class Eligibility {
    private final People people;
    private final LevelPeople levelPeople;
    private final Escalations escalations;
    private final Deputies deputies;
    private final HandedOvers handedOver;

    Eligibility(
            People people,
            LevelPeople levelPeople,
            Escalations escalations,
            Deputies deputies,
            HandedOvers handedOver) {
        this.people = people;
        this.levelPeople = levelPeople;
        this.escalations = escalations;
        this.deputies = deputies;
        this.handedOver = handedOver;
    }

    /**
     * Whether this person may approve this request at this level now, in their own right; never the requester, whatever
     * the groups.
     *
     * @param position the level's, from 0: tiers that were added to it count as well
     * @param moment when: who has duty changes
     */
    boolean mayApprove(String person, Level level, int position, AccessRequest request, Instant moment) {
        if (person.equalsIgnoreCase(request.requester())) {
            return false;
        }
        return people.find(person)
                .filter(found -> levelPeople.of(level, request, moment).contains(person)
                        || !Collections.disjoint(level.groups(), found.groups())
                        || escalations.of(request.id(), position).stream()
                                .anyMatch(added -> !Collections.disjoint(added.groups(), found.groups())))
                .isPresent();
    }

    /**
     * In whose place this person may answer at a moment: of those who named them their deputy, or handed this request
     * over, the ones who may answer in their own right. Never on their own request.
     */
    Stream<String> inPlaceOf(String person, Level level, int position, AccessRequest request, Instant moment) {
        if (person.equalsIgnoreCase(request.requester()) || people.find(person).isEmpty()) {
            return Stream.empty();
        }
        Stream<String> appointed = deputies.at(moment).stream()
                .filter(deputy -> deputy.deputy().equals(person))
                .map(Deputies.Deputy::person);
        return Stream.concat(appointed, handedOver.to(person, position, request.id()).stream())
                .distinct()
                .filter(principal -> mayApprove(principal, level, position, request, moment));
    }

    /** In whichever capacity. */
    boolean mayAnswer(String person, Level level, int position, AccessRequest request, Instant moment) {
        return mayApprove(person, level, position, request, moment)
                || inPlaceOf(person, level, position, request, moment).findAny().isPresent();
    }

    /** Whether an answer that was given counts now: who gave it may still, or whom they stood in for still may. */
    boolean counts(Approval approval, Level level, AccessRequest request) {
        return Optional.ofNullable(approval.forPerson())
                .map(principal -> inPlaceOf(approval.approver(), level, approval.level(), request, approval.at())
                        .anyMatch(principal::equals))
                .orElseGet(() -> mayApprove(approval.approver(), level, approval.level(), request, approval.at()));
    }
}
