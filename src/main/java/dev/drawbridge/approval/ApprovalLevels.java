package dev.drawbridge.approval;

import dev.drawbridge.process.People;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** What the process asks about the verdict's levels, each named by its position, from 0. Public, since BPMN calls it. */
@Component
@UsedInProcess
public class ApprovalLevels {
    private final AccessRequests requests;
    private final LevelClock clock;
    private final Escalations escalations;
    private final Deputies deputies;
    private final People people;
    private final Clock now;

    ApprovalLevels(
            AccessRequests requests,
            LevelClock clock,
            Escalations escalations,
            Deputies deputies,
            People people,
            Clock now) {
        this.requests = requests;
        this.clock = clock;
        this.escalations = escalations;
        this.deputies = deputies;
        this.people = people;
        this.now = now;
    }

    /** One position a level, in the order they are asked. */
    public List<Integer> indexes(DelegateExecution execution) {
        return IntStream.range(0, clock.levels(request(execution)).size())
                .boxed()
                .toList();
    }

    public String name(int level, DelegateExecution execution) {
        return clock.levels(request(execution)).get(level).name();
    }

    /** The level's groups, and those of the tiers that were added to it. */
    public List<String> groups(int level, DelegateExecution execution) {
        UUID request = request(execution);
        List<String> groups = new ArrayList<>(clock.levels(request).get(level).groups());
        escalations.of(request, level).forEach(added -> groups.addAll(added.groups()));
        return groups.stream().distinct().toList();
    }

    /** The level's people, and who stands in for anybody that may answer at it. */
    public List<String> people(int level, DelegateExecution execution) {
        List<String> asked = clock.levels(request(execution)).get(level).people();
        Set<String> able = new HashSet<>(asked);
        groups(level, execution).forEach(group -> able.addAll(people.membersOf(group)));
        return Stream.concat(
                        asked.stream(),
                        deputies.at(now.instant()).stream()
                                .filter(deputy -> able.contains(deputy.person()))
                                .map(Deputies.Deputy::deputy))
                .distinct()
                .toList();
    }

    public Date dueAt(int level, DelegateExecution execution) {
        return Date.from(clock.deadline(request(execution), level));
    }

    public boolean remindsAgain(int level, DelegateExecution execution) {
        return clock.nextReminder(request(execution), level).isPresent();
    }

    public Date reminderAt(int level, DelegateExecution execution) {
        return Date.from(clock.nextReminder(request(execution), level).orElseThrow());
    }

    public boolean hasAnotherTier(int level, DelegateExecution execution) {
        return clock.nextTier(request(execution), level).isPresent();
    }

    public Date tierAt(int level, DelegateExecution execution) {
        return Date.from(clock.nextTier(request(execution), level).orElseThrow());
    }

    private UUID request(DelegateExecution execution) {
        return requests.ofProcessInstance(execution.getProcessInstanceId()).id();
    }
}
