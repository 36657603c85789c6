package dev.drawbridge.approval;

import dev.drawbridge.approval.ApprovalCase.Reminder;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Reminds, and adds tiers, at the level that waits. Neither ever approves, and nobody loses the right to answer. */
@Component
public class TimePasses {
    private final ApprovalCases cases;
    private final Electorates electorates;
    private final AccessTasks tasks;
    private final ShowTask shown;
    private final ApplicationEventPublisher events;

    TimePasses(
            ApprovalCases cases,
            Electorates electorates,
            AccessTasks tasks,
            ShowTask shown,
            ApplicationEventPublisher events) {
        this.cases = cases;
        this.electorates = electorates;
        this.tasks = tasks;
        this.shown = shown;
        this.events = events;
    }

    /** Reminds, if it is time. */
    public void remind(AccessRequest request) {
        ApprovalCase approval = cases.lock(request.id());
        LevelTimes times = cases.times(approval);
        // The clock may have stood still since this was set: then it is not yet time.
        due(times, times::nextReminder).ifPresent(level -> {
            Reminder reminder = new Reminder(level, approval.remindersAt(level) + 1);
            if (cases.add(request.id(), reminder, times.now())) {
                events.publishEvent(new ApproversReminded(
                        request.id(), level, approval.level(level).name(), reminder.number()));
            }
        });
    }

    /** Adds the next tier, if it is time. */
    public void escalate(AccessRequest request) {
        ApprovalCase approval = cases.lock(request.id());
        LevelTimes times = cases.times(approval);
        due(times, times::nextTier).ifPresent(level -> escalate(approval, level, times.now()));
    }

    private void escalate(ApprovalCase approval, int level, Instant now) {
        int tier = approval.tiersAt(level).size();
        Escalation escalation = new Escalation(
                approval.id(),
                level,
                tier,
                approval.level(level).escalations().get(tier).groups(),
                now);
        if (cases.add(escalation)) {
            // Not to the whole groups: some of them may have been heard, or have handed it over.
            shown.show(approval.request());
            // Who has claimed it and does not answer must not block the others.
            tasks.release(approval.request().processInstanceId(), ProcessNames.APPROVE_ACCESS);
            Set<String> before = electorates.now(approval).everybody(level);
            List<String> added = electorates.now(approval.with(escalation)).everybody(level).stream()
                    .filter(person -> !before.contains(person))
                    .toList();
            events.publishEvent(
                    new ApprovalEscalated(escalation, approval.level(level).name(), added));
        }
    }

    /** The open level, if it is due by this; not while its clock stands still. */
    private static Optional<Integer> due(LevelTimes times, Function<Integer, Optional<Instant>> what) {
        ApprovalCase approval = times.approval();
        return approval.open()
                .filter(level -> approval.waits() && approval.openQuestion().isEmpty())
                .filter(level -> what.apply(level)
                        .filter(moment -> !moment.isAfter(times.now()))
                        .isPresent());
    }
}
