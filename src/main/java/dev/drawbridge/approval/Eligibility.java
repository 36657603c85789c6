package dev.drawbridge.approval;

import dev.drawbridge.guardrails.Level;
import dev.drawbridge.process.People;
import dev.drawbridge.request.AccessRequest;
import java.util.Collections;
import org.springframework.stereotype.Component;

/** Who may answer at a level, asked of the accounts at the moment it matters. */
@Component
class Eligibility {
    private final People people;
    private final Escalations escalations;

    Eligibility(People people, Escalations escalations) {
        this.people = people;
        this.escalations = escalations;
    }

    /**
     * Whether this person may approve this request at this level now; never the requester, whatever the groups.
     *
     * @param position the level's, from 0: tiers that were added to it count as well
     */
    boolean mayApprove(String person, Level level, int position, AccessRequest request) {
        if (person.equalsIgnoreCase(request.requester())) {
            return false;
        }
        return people.find(person)
                .filter(found -> level.people().contains(person)
                        || !Collections.disjoint(level.groups(), found.groups())
                        || escalations.of(request.id(), position).stream()
                                .anyMatch(added -> !Collections.disjoint(added.groups(), found.groups())))
                .isPresent();
    }
}
