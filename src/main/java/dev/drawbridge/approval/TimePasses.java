package dev.drawbridge.approval;

import dev.drawbridge.catalog.LevelDefinition.Tier;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Reminds, and adds tiers, at the level that waits. Neither ever approves, and nobody loses the right to answer. */
@Component
class TimePasses {
    private final AccessRequests requests;
    private final LevelClock levels;
    private final RequestEnds ends;
    private final Escalations escalations;
    private final Approvals approvals;
    private final Candidates candidates;
    private final AccessTasks tasks;
    private final ApprovalTasks shown;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    TimePasses(
            AccessRequests requests,
            LevelClock levels,
            RequestEnds ends,
            Escalations escalations,
            Approvals approvals,
            Candidates candidates,
            AccessTasks tasks,
            ApprovalTasks shown,
            ApplicationEventPublisher events,
            Clock clock) {
        this.requests = requests;
        this.levels = levels;
        this.ends = ends;
        this.escalations = escalations;
        this.approvals = approvals;
        this.candidates = candidates;
        this.tasks = tasks;
        this.shown = shown;
        this.events = events;
        this.clock = clock;
    }

    void remind(UUID requestId) {
        requests.lock(requestId);
        levels.open(requestId).ifPresent(level -> remind(requestId, level));
    }

    private void remind(UUID requestId, int level) {
        // The clock may have stood still since this was set: then it is not yet time.
        if (!isDue(levels.nextReminder(requestId, level), requestId)) {
            return;
        }
        int number = escalations.reminders(requestId, level) + 1;
        if (escalations.addReminder(requestId, level, number, clock.instant())) {
            events.publishEvent(new ApproversReminded(
                    requestId, level, levels.levels(requestId).get(level).name(), number));
        }
    }

    void escalate(AccessRequest request) {
        requests.lock(request.id());
        levels.open(request.id()).ifPresent(level -> escalate(request, level));
    }

    private void escalate(AccessRequest request, int level) {
        if (!isDue(levels.nextTier(request.id(), level), request.id())) {
            return;
        }
        List<Approval> answers = approvals.of(request.id());
        Level waiting = levels.levels(request.id()).get(level);
        Set<String> before = candidates.all(request, waiting, level, answers);
        int position = escalations.of(request.id(), level).size();
        Tier tier = waiting.escalations().get(position);
        Escalation escalation = new Escalation(request.id(), level, position, tier.groups(), clock.instant());
        if (escalations.add(escalation)) {
            // Not to the whole groups: some of them may have been heard, or have handed it over.
            shown.show(request);
            // Whoever has claimed it and does not answer keeps nobody else from it.
            tasks.release(request.processInstanceId(), ProcessNames.APPROVE_ACCESS);
            List<String> added = candidates.all(request, waiting, level, answers).stream()
                    .filter(person -> !before.contains(person))
                    .toList();
            events.publishEvent(new ApprovalEscalated(escalation, waiting.name(), added));
        }
    }

    private boolean isDue(Optional<Instant> moment, UUID requestId) {
        return ends.isUndecided(requestId)
                && !levels.isPaused(requestId)
                && moment.filter(due -> !due.isAfter(clock.instant())).isPresent();
    }
}
