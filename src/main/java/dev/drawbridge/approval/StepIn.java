package dev.drawbridge.approval;

import dev.drawbridge.catalog.LevelDefinition;
import dev.drawbridge.catalog.LevelDefinition.Tier;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Lets others answer at a level that asks people by what they are to the requester, once those have left: the next in order, and
 * where nobody is left, the groups, at once. They have their say until somebody is there again who is named; what they answered counts
 * on.
 */
@Component
public class StepIn {
    private final ApprovalCases cases;
    private final Electorates electorates;
    private final LevelDefinitions definitions;
    private final Directory people;
    private final AccessTasks tasks;
    private final ApplicationEventPublisher events;

    StepIn(
            ApprovalCases cases,
            Electorates electorates,
            LevelDefinitions definitions,
            Directory people,
            AccessTasks tasks,
            ApplicationEventPublisher events) {
        this.cases = cases;
        this.electorates = electorates;
        this.definitions = definitions;
        this.people = people;
        this.tasks = tasks;
        this.events = events;
    }

    /** Looks at a case that is locked; what it adds is on record, and told, before anybody is shown the task. */
    public void look(ApprovalCase approval) {
        approval.open()
                .filter(level -> approval.waits() && asksByName(approval, level))
                .ifPresent(level -> look(approval, level));
    }

    private static boolean asksByName(ApprovalCase approval, int level) {
        return InOrder.isKept(approval.level(level))
                && !approval.level(level).people().isEmpty();
    }

    private void look(ApprovalCase approval, int level) {
        Electorate electorate = electorates.now(approval);
        if (electorate.unheard(level).isEmpty()) {
            groupsStepIn(approval, level);
            return;
        }
        Set<String> shown = tasks.namedAt(approval.request().processInstanceId(), ProcessNames.APPROVE_ACCESS);
        List<String> next = electorate.inTheirOwnRight(level).stream()
                .filter(person -> electorate.isNamed(person, level) && !shown.contains(person))
                .toList();
        if (!next.isEmpty()) {
            events.publishEvent(
                    new ApproversChanged(approval.id(), approval.level(level).name(), List.of(), next));
        }
    }

    private void groupsStepIn(ApprovalCase approval, int level) {
        groups(approval, level).ifPresent(groups -> {
            Escalation stepsIn = new Escalation(
                    approval.id(),
                    level,
                    Escalation.STEPS_IN,
                    groups,
                    cases.times(approval).now());
            if (!approval.hasSteppedIn(level) && cases.add(stepsIn)) {
                Set<String> everybody = electorates.now(approval.with(stepsIn)).everybody(level);
                events.publishEvent(new ApproversChanged(
                        approval.id(), approval.level(level).name(), groups, List.copyOf(new TreeSet<>(everybody))));
            }
        });
    }

    /** The first that somebody is in: the level's own by its definition, or those that may answer later. */
    private Optional<List<String>> groups(ApprovalCase approval, int level) {
        return Stream.concat(
                        definitions.find(approval.level(level).name()).map(LevelDefinition::groups).stream(),
                        approval.level(level).escalations().stream().map(Tier::groups))
                .filter(groups -> people.membersOf(groups).stream()
                        .anyMatch(person -> !approval.isRequester(person) && !approval.hasBeenHeard(person)))
                .findFirst();
    }
}
