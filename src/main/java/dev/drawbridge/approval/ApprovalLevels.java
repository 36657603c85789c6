package dev.drawbridge.approval;

import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequests;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** What the process asks about the verdict's levels, each named by its position, from 0. Public, since BPMN calls it. */
@Component
@UsedInProcess
public class ApprovalLevels {
    private final AccessRequests requests;
    private final LevelClock clock;
    private final Escalations escalations;

    ApprovalLevels(AccessRequests requests, LevelClock clock, Escalations escalations) {
        this.requests = requests;
        this.clock = clock;
        this.escalations = escalations;
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

    public List<String> people(int level, DelegateExecution execution) {
        return clock.levels(request(execution)).get(level).people();
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
