package dev.drawbridge.approval;

import dev.drawbridge.guardrails.Level;
import dev.drawbridge.process.People;
import dev.drawbridge.request.AccessRequest;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Whom a level waits for: those who may answer and have not been heard. */
@Component
class Candidates {
    private final People people;
    private final LevelPeople levelPeople;
    private final Escalations escalations;
    private final Deputies deputies;
    private final HandedOvers handedOver;
    private final Clock clock;

    Candidates(
            People people,
            LevelPeople levelPeople,
            Escalations escalations,
            Deputies deputies,
            HandedOvers handedOver,
            Clock clock) {
        this.people = people;
        this.levelPeople = levelPeople;
        this.escalations = escalations;
        this.deputies = deputies;
        this.handedOver = handedOver;
        this.clock = clock;
    }

    /** In their own right; by id, in the order of the alphabet. */
    List<String> of(AccessRequest request, Level level, int position, List<Approval> answers) {
        Set<String> able = new TreeSet<>(levelPeople.of(level, request, clock.instant()));
        level.groups().forEach(group -> able.addAll(people.membersOf(group)));
        escalations
                .of(request.id(), position)
                .forEach(added -> added.groups().forEach(group -> able.addAll(people.membersOf(group))));
        able.removeIf(person -> person.equalsIgnoreCase(request.requester()));
        for (Approval answer : answers) {
            able.remove(answer.approver());
            if (answer.forPerson() != null) {
                able.remove(answer.forPerson());
            }
        }
        return List.copyOf(able);
    }

    /** In place of one of these people: their deputies, and whom they handed the request over to. */
    List<String> inPlaceOf(List<String> able, AccessRequest request, int position, List<Approval> answers) {
        Set<String> standing = new TreeSet<>(handedOver.from(able, position, request.id()));
        deputies.at(clock.instant()).stream()
                .filter(deputy -> able.contains(deputy.person()))
                .map(Deputies.Deputy::deputy)
                .forEach(standing::add);
        standing.removeIf(
                person -> person.equalsIgnoreCase(request.requester()) || Approvals.hasBeenHeard(person, answers));
        return List.copyOf(standing);
    }

    /** Everybody who may answer, in whichever capacity. */
    Set<String> all(AccessRequest request, Level level, int position, List<Approval> answers) {
        List<String> able = of(request, level, position, answers);
        Set<String> all = new TreeSet<>(able);
        all.addAll(inPlaceOf(able, request, position, answers));
        return all;
    }
}
