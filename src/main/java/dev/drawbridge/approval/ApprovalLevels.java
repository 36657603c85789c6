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
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** What the process asks about the verdict's levels, each named by its position, from 0. Public, since BPMN calls it. */
@Component
@UsedInProcess
public class ApprovalLevels {
    private static final Duration PAUSE = Duration.ofMinutes(15);

    private final AccessRequests requests;
    private final LevelClock clock;
    private final Escalations escalations;
    private final ApprovalTasks tasks;
    private final Candidates candidates;
    private final Approvals approvals;
    private final Clock now;

    ApprovalLevels(
            AccessRequests requests,
            LevelClock clock,
            Escalations escalations,
            ApprovalTasks tasks,
            Candidates candidates,
            Approvals approvals,
            Clock now) {
        this.requests = requests;
        this.clock = clock;
        this.escalations = escalations;
        this.tasks = tasks;
        this.candidates = candidates;
        this.approvals = approvals;
        this.now = now;
    }

    /** One position a level, in the order they are asked. */
    public List<Integer> indexes(DelegateExecution execution) {
        return IntStream.range(0, clock.levels(request(execution).id()).size())
                .boxed()
                .toList();
    }

    public String name(int level, DelegateExecution execution) {
        return clock.levels(request(execution).id()).get(level).name();
    }

    /** The level's groups, and those of the tiers that were added to it; none once one of them has been heard. */
    public List<String> groups(int level, DelegateExecution execution) {
        return someHaveBeenHeard(level, execution) ? List.of() : allGroups(level, execution);
    }

    /**
     * The level's people, and who stands in for anybody that may answer at it. Once somebody has been heard, those who are
     * left are named one by one: nobody is asked again.
     */
    public List<String> people(int level, DelegateExecution execution) {
        AccessRequest request = request(execution);
        return List.copyOf(tasks.candidatesOf(request, level, someHaveBeenHeard(level, execution)));
    }

    private List<String> allGroups(int level, DelegateExecution execution) {
        AccessRequest request = request(execution);
        return Stream.concat(
                        clock.levels(request.id()).get(level).groups().stream(),
                        escalations.of(request.id(), level).stream().flatMap(added -> added.groups().stream()))
                .distinct()
                .toList();
    }

    private List<String> left(int level, DelegateExecution execution) {
        AccessRequest request = request(execution);
        return candidates.of(request, clock.levels(request.id()).get(level), level, approvals.of(request.id()));
    }

    private boolean someHaveBeenHeard(int level, DelegateExecution execution) {
        AccessRequest request = request(execution);
        return candidates
                        .of(request, clock.levels(request.id()).get(level), level, List.of())
                        .size()
                != left(level, execution).size();
    }

    public Date dueAt(int level, DelegateExecution execution) {
        return Date.from(clock.deadline(request(execution).id(), level));
    }

    public boolean remindsAgain(int level, DelegateExecution execution) {
        return clock.nextReminder(request(execution).id(), level).isPresent();
    }

    public Date reminderAt(int level, DelegateExecution execution) {
        return notWhilePaused(clock.nextReminder(request(execution).id(), level).orElseThrow(), execution);
    }

    public boolean hasAnotherTier(int level, DelegateExecution execution) {
        return clock.nextTier(request(execution).id(), level).isPresent();
    }

    public Date tierAt(int level, DelegateExecution execution) {
        return notWhilePaused(clock.nextTier(request(execution).id(), level).orElseThrow(), execution);
    }

    public Date answerDueAt(int level, DelegateExecution execution) {
        return Date.from(clock.answerDue(request(execution).id(), level));
    }

    /** While the clock stands still, what is due next moves along with the time: it need not be looked at all the while. */
    private Date notWhilePaused(Instant due, DelegateExecution execution) {
        Instant later = now.instant().plus(PAUSE);
        return Date.from(clock.isPaused(request(execution).id()) && due.isBefore(later) ? later : due);
    }

    private AccessRequest request(DelegateExecution execution) {
        return requests.ofProcessInstance(execution.getProcessInstanceId());
    }
}
