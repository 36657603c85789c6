package dev.drawbridge.approval;

import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * What the process asks about the verdict's levels, each named by its position, from 0; where one is open by the facts, it
 * is about that one. Public, since BPMN calls it.
 */
@Component
@UsedInProcess
public class ApprovalLevels {
    private static final Duration PAUSE = Duration.ofMinutes(15);

    private final AccessRequests requests;
    private final LevelClock clock;
    private final ApprovalTasks tasks;
    private final Clock now;

    ApprovalLevels(AccessRequests requests, LevelClock clock, ApprovalTasks tasks, Clock now) {
        this.requests = requests;
        this.clock = clock;
        this.tasks = tasks;
        this.now = now;
    }

    /** One position a level, in the order they are asked. */
    @UsedInProcess
    public List<Integer> indexes(DelegateExecution execution) {
        return IntStream.range(0, clock.levels(request(execution).id()).size())
                .boxed()
                .toList();
    }

    @UsedInProcess
    public String name(int level, DelegateExecution execution) {
        AccessRequest request = request(execution);
        return clock.levels(request.id()).get(open(level, request)).name();
    }

    /** The level's groups, and those of the tiers that were added to it; none once one of them has been heard. */
    @UsedInProcess
    public List<String> groups(int level, DelegateExecution execution) {
        AccessRequest request = request(execution);
        return List.copyOf(tasks.asked(request, open(level, request)).groups());
    }

    /**
     * The level's people, and who stands in for anybody that may answer at it. Once somebody has been heard, those who are
     * left are named one by one: nobody is asked again.
     */
    @UsedInProcess
    public List<String> people(int level, DelegateExecution execution) {
        AccessRequest request = request(execution);
        return List.copyOf(tasks.asked(request, open(level, request)).people());
    }

    @UsedInProcess
    public Date dueAt(int level, DelegateExecution execution) {
        AccessRequest request = request(execution);
        return Date.from(clock.deadline(request.id(), open(level, request)));
    }

    @UsedInProcess
    public boolean remindsAgain(int level, DelegateExecution execution) {
        AccessRequest request = request(execution);
        return clock.nextReminder(request.id(), open(level, request)).isPresent();
    }

    @UsedInProcess
    public Date reminderAt(int level, DelegateExecution execution) {
        AccessRequest request = request(execution);
        return notWhilePaused(
                clock.nextReminder(request.id(), open(level, request)).orElseThrow(), request);
    }

    @UsedInProcess
    public boolean hasAnotherTier(int level, DelegateExecution execution) {
        AccessRequest request = request(execution);
        return clock.nextTier(request.id(), open(level, request)).isPresent();
    }

    @UsedInProcess
    public Date tierAt(int level, DelegateExecution execution) {
        AccessRequest request = request(execution);
        return notWhilePaused(clock.nextTier(request.id(), open(level, request)).orElseThrow(), request);
    }

    @UsedInProcess
    public Date answerDueAt(int level, DelegateExecution execution) {
        AccessRequest request = request(execution);
        return Date.from(clock.answerDue(request.id(), open(level, request)));
    }

    /** By the facts: whoever completes a task may have set the variable that the process counts with. */
    private int open(int level, AccessRequest request) {
        return clock.open(request.id()).orElse(level);
    }

    /** While the clock stands still, what is due next moves along with the time: it need not be looked at all the while. */
    private Date notWhilePaused(Instant due, AccessRequest request) {
        Instant later = now.instant().plus(PAUSE);
        return Date.from(clock.isPaused(request.id()) && due.isBefore(later) ? later : due);
    }

    private AccessRequest request(DelegateExecution execution) {
        return requests.ofProcessInstance(execution.getProcessInstanceId());
    }
}
