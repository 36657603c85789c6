package dev.drawbridge.approval.process;

import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.approval.Electorate;
import dev.drawbridge.approval.Electorates;
import dev.drawbridge.approval.LevelTimes;
import dev.drawbridge.process.UsedInProcess;
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

    private final ApprovalCases cases;
    private final Electorates electorates;

    ApprovalLevels(ApprovalCases cases, Electorates electorates) {
        this.cases = cases;
        this.electorates = electorates;
    }

    /** One position a level, in the order they are asked. */
    @UsedInProcess
    public List<Integer> indexes(DelegateExecution execution) {
        return IntStream.range(0, approval(execution).levels().size()).boxed().toList();
    }

    @UsedInProcess
    public String name(int level, DelegateExecution execution) {
        ApprovalCase approval = approval(execution);
        return approval.level(open(level, approval)).name();
    }

    /** The level's groups, and those of the tiers that were added to it; none once one of them has been heard. */
    @UsedInProcess
    public List<String> groups(int level, DelegateExecution execution) {
        return List.copyOf(shown(level, execution).groups());
    }

    /**
     * The level's people, and who stands in for anybody that may answer at it. Once somebody has been heard, those who are
     * left are named one by one: nobody is asked again.
     */
    @UsedInProcess
    public List<String> people(int level, DelegateExecution execution) {
        return List.copyOf(shown(level, execution).people());
    }

    private Electorate.Shown shown(int level, DelegateExecution execution) {
        ApprovalCase approval = approval(execution);
        return electorates.now(approval).shown(open(level, approval));
    }

    @UsedInProcess
    public Date dueAt(int level, DelegateExecution execution) {
        ApprovalCase approval = approval(execution);
        return Date.from(cases.times(approval).deadline(open(level, approval)));
    }

    @UsedInProcess
    public boolean remindsAgain(int level, DelegateExecution execution) {
        ApprovalCase approval = approval(execution);
        return cases.times(approval).nextReminder(open(level, approval)).isPresent();
    }

    @UsedInProcess
    public Date reminderAt(int level, DelegateExecution execution) {
        ApprovalCase approval = approval(execution);
        LevelTimes times = cases.times(approval);
        return notWhilePaused(times.nextReminder(open(level, approval)).orElseThrow(), times);
    }

    @UsedInProcess
    public boolean hasAnotherTier(int level, DelegateExecution execution) {
        ApprovalCase approval = approval(execution);
        return cases.times(approval).nextTier(open(level, approval)).isPresent();
    }

    @UsedInProcess
    public Date tierAt(int level, DelegateExecution execution) {
        ApprovalCase approval = approval(execution);
        LevelTimes times = cases.times(approval);
        return notWhilePaused(times.nextTier(open(level, approval)).orElseThrow(), times);
    }

    @UsedInProcess
    public Date answerDueAt(int level, DelegateExecution execution) {
        ApprovalCase approval = approval(execution);
        return Date.from(cases.times(approval).answerDue(open(level, approval)));
    }

    /** By the facts: who completes a task could have set the variable that the process counts with. */
    private static int open(int level, ApprovalCase approval) {
        return approval.open().orElse(level);
    }

    /** While the clock stands still, what is due next moves along with the time: it need not be looked at all the while. */
    private static Date notWhilePaused(Instant due, LevelTimes times) {
        Instant later = times.now().plus(PAUSE);
        return Date.from(times.approval().openQuestion().isPresent() && due.isBefore(later) ? later : due);
    }

    private ApprovalCase approval(DelegateExecution execution) {
        return cases.require(execution.getProcessInstanceId());
    }
}
