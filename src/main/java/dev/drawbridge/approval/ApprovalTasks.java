package dev.drawbridge.approval;

import dev.drawbridge.guardrails.Level;
import dev.drawbridge.platform.Cluster;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Shows each open task to those who may answer it by now, and to nobody else: deputies come and go, people join groups and
 * leave them. Whether somebody may answer is asked again when they do.
 */
@Component
class ApprovalTasks {
    private final Cluster cluster;
    private final AccessTasks tasks;
    private final AccessRequests requests;
    private final LevelClock levels;
    private final LevelPeople levelPeople;
    private final Approvals approvals;
    private final Candidates candidates;
    private final TasklistRights rights;
    private final Clock clock;

    ApprovalTasks(
            Cluster cluster,
            AccessTasks tasks,
            AccessRequests requests,
            LevelClock levels,
            LevelPeople levelPeople,
            Approvals approvals,
            Candidates candidates,
            TasklistRights rights,
            Clock clock) {
        this.cluster = cluster;
        this.tasks = tasks;
        this.requests = requests;
        this.levels = levels;
        this.levelPeople = levelPeople;
        this.approvals = approvals;
        this.candidates = candidates;
        this.rights = rights;
        this.clock = clock;
    }

    @TransactionalEventListener
    void appointed(DeputyAppointed event) {
        show();
        // What the absent person has claimed would be hidden from the deputy.
        tasks.releaseTasksOf(event.deputy().person(), ProcessNames.APPROVE_ACCESS);
    }

    @TransactionalEventListener
    void dismissed(DeputyDismissed event) {
        show();
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.approval-tasks.every:PT30S}",
            initialDelayString = "${drawbridge.approval-tasks.every:PT30S}")
    void show() {
        cluster.onceAtATime(
                "show approval tasks",
                () -> tasks.instancesAt(ProcessNames.APPROVE_ACCESS).stream()
                        .flatMap(instance -> requests.findByProcessInstance(instance).stream())
                        .forEach(this::show));
    }

    private void show(AccessRequest request) {
        List<Approval> answers = approvals.of(request.id());
        List<Level> chain = levels.levels(request.id());
        Approvals.openLevel(chain, answers).ifPresent(position -> {
            Set<String> named = candidatesOf(request, position, hasBegun(position, answers));
            tasks.showTo(
                    request.processInstanceId(),
                    ProcessNames.APPROVE_ACCESS,
                    named,
                    candidates.all(request, chain.get(position), position, answers));
            rights.letIn(named);
        });
    }

    private static boolean hasBegun(int position, List<Approval> answers) {
        return answers.stream().anyMatch(answer -> answer.level() == position);
    }

    /**
     * Who is named at the task beside its groups. Once somebody has been heard, those who are left are named one by one, since
     * nobody is asked again.
     */
    Set<String> candidatesOf(AccessRequest request, int position, boolean someHaveBeenHeard) {
        List<Approval> answers = approvals.of(request.id());
        Level level = levels.levels(request.id()).get(position);
        List<String> able = candidates.of(request, level, position, answers);
        Set<String> named = new TreeSet<>(candidates.inPlaceOf(able, request, position, answers));
        if (someHaveBeenHeard) {
            named.addAll(able);
        } else {
            named.addAll(levelPeople.of(level, request, clock.instant()));
            named.removeIf(person -> person.equalsIgnoreCase(request.requester()));
        }
        return named;
    }
}
