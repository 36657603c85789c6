package dev.drawbridge.approval;

import dev.drawbridge.guardrails.Level;
import dev.drawbridge.process.AccountIds;
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
    private final Substitutes substitutes;
    private final Clock clock;

    Candidates(People people, LevelPeople levelPeople, Escalations escalations, Substitutes substitutes, Clock clock) {
        this.people = people;
        this.levelPeople = levelPeople;
        this.escalations = escalations;
        this.substitutes = substitutes;
        this.clock = clock;
    }

    /** Whose answer is still to come, whoever gives it; by id, in the order of the alphabet. */
    Set<String> unheard(AccessRequest request, Level level, int position, List<Approval> answers) {
        Set<String> able = new TreeSet<>(levelPeople.of(level, request, clock.instant()));
        level.groups().forEach(group -> able.addAll(people.membersOf(group)));
        escalations
                .of(request.id(), position)
                .forEach(added -> added.groups().forEach(group -> able.addAll(people.membersOf(group))));
        able.removeIf(person -> AccountIds.isOne(person, request.requester()));
        able.removeIf(person -> Approvals.hasBeenHeard(person, answers));
        return able;
    }

    /** In their own right: who handed it over is waited for no more. */
    List<String> of(AccessRequest request, Level level, int position, List<Approval> answers) {
        return List.copyOf(waiting(request, level, position, answers).inTheirOwnRight());
    }

    /** In their own right, and whom it was handed to; the deputies need not be waited for. */
    Set<String> awaited(AccessRequest request, Level level, int position, List<Approval> answers) {
        return waiting(request, level, position, answers).awaited();
    }

    /** In place of somebody: whom it was handed to, and the deputies of those who may answer in their own right. */
    Set<String> inPlaceOfOthers(AccessRequest request, Level level, int position, List<Approval> answers) {
        Waited waited = waiting(request, level, position, answers);
        Set<String> standing = substitutes.deputiesOf(waited.inTheirOwnRight(), level, request, clock.instant());
        standing.removeIf(person -> Approvals.hasBeenHeard(person, answers));
        standing.addAll(waited.handedTo());
        return standing;
    }

    /** Everybody who may answer, in whichever capacity. */
    Set<String> all(AccessRequest request, Level level, int position, List<Approval> answers) {
        Set<String> all = inPlaceOfOthers(request, level, position, answers);
        all.addAll(of(request, level, position, answers));
        return all;
    }

    private record Waited(Set<String> inTheirOwnRight, Set<String> handedTo) {
        Set<String> awaited() {
            Set<String> all = new TreeSet<>(inTheirOwnRight);
            all.addAll(handedTo);
            return all;
        }
    }

    private Waited waiting(AccessRequest request, Level level, int position, List<Approval> answers) {
        Set<String> able = unheard(request, level, position, answers);
        List<HandedOvers.Passed> passed = substitutes.passed(level, position, request, clock.instant()).stream()
                .filter(one -> able.contains(one.from()))
                .toList();
        Set<String> handedTo = new TreeSet<>();
        passed.forEach(one -> {
            able.remove(one.from());
            handedTo.add(one.to());
        });
        return new Waited(able, handedTo);
    }
}
