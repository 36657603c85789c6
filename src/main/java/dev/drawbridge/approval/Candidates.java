package dev.drawbridge.approval;

import dev.drawbridge.guardrails.Level;
import dev.drawbridge.process.People;
import dev.drawbridge.request.AccessRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Whom a level waits for: those who may answer in their own right and have not been heard. */
@Component
class Candidates {
    private final People people;
    private final Escalations escalations;

    Candidates(People people, Escalations escalations) {
        this.people = people;
        this.escalations = escalations;
    }

    /** By id, in the order of the alphabet. */
    List<String> of(AccessRequest request, Level level, int position, List<Approval> answers) {
        Set<String> able = new TreeSet<>(level.people());
        level.groups().forEach(group -> able.addAll(people.membersOf(group)));
        escalations
                .of(request.id(), position)
                .forEach(added -> added.groups().forEach(group -> able.addAll(people.membersOf(group))));
        able.remove(request.requester());
        for (Approval answer : answers) {
            able.remove(answer.approver());
            if (answer.forPerson() != null) {
                able.remove(answer.forPerson());
            }
        }
        return List.copyOf(able);
    }
}
