package dev.drawbridge.approval;

import dev.drawbridge.approval.Electorate.Shown;
import dev.drawbridge.deputies.Deputies;
import dev.drawbridge.deputies.DeputyAppointed;
import dev.drawbridge.deputies.DeputyDismissed;
import dev.drawbridge.platform.Cluster;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.AccessTasks.Audience;
import dev.drawbridge.process.Acting;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Shows each open task to those who may answer it by now, and to nobody else: deputies come and go, people join groups and
 * leave them. Whether somebody may answer is asked again when they do.
 */
@Component
class ApprovalTasks {
    private static final Logger log = LoggerFactory.getLogger(ApprovalTasks.class);
    private static final int MOST = 500;

    private final Cluster cluster;
    private final AccessTasks tasks;
    private final ApprovalCases cases;
    private final Electorates electorates;
    private final TasklistRights rights;
    private final StepIn stepIn;
    private final Acting acting;
    private final TransactionTemplate apart;
    private final Clock clock;

    ApprovalTasks(
            Cluster cluster,
            AccessTasks tasks,
            ApprovalCases cases,
            Electorates electorates,
            TasklistRights rights,
            StepIn stepIn,
            Acting acting,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.cluster = cluster;
        this.tasks = tasks;
        this.cases = cases;
        this.electorates = electorates;
        this.rights = rights;
        this.stepIn = stepIn;
        this.acting = acting;
        // After a commit the transaction that is over would be joined, and nobody would commit what is done here.
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    @TransactionalEventListener
    void opened(LevelOpened event) {
        ApprovalCase approval = cases.load(event.requestId());
        approval.open()
                .map(level -> electorates.now(approval).shown(level).people())
                .ifPresent(rights::letIn);
    }

    @TransactionalEventListener
    void appointed(DeputyAppointed event) {
        Deputies.Deputy deputy = event.deputy();
        if (!deputy.startsAt().isAfter(clock.instant())) {
            // What the absent person has claimed would be hidden from the deputy.
            apart.executeWithoutResult(status -> tasks.releaseTasksOf(deputy.person(), ProcessNames.APPROVE_ACCESS));
        }
        show(tasks.shownTo(deputy.person(), ProcessNames.APPROVE_ACCESS, MOST));
    }

    @TransactionalEventListener
    void dismissed(DeputyDismissed event) {
        show(tasks.shownTo(event.deputy().deputy(), ProcessNames.APPROVE_ACCESS, MOST));
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.approval-tasks.every:PT30S}",
            initialDelayString = "${drawbridge.approval-tasks.every:PT30S}")
    void show() {
        cluster.onceAtATime("show approval tasks", () -> {
            List<String> waiting = tasks.instancesAt(ProcessNames.APPROVE_ACCESS);
            for (int from = 0; from < waiting.size(); from += MOST) {
                List<String> some = waiting.subList(from, Math.min(from + MOST, waiting.size()));
                try {
                    round(some);
                } catch (RuntimeException unreadable) {
                    // One that cannot be read must not stop the others.
                    log.warn("What waits is looked at one by one in this round", unreadable);
                    show(some);
                }
            }
        });
    }

    /** Looks at many with a few statements, and touches only what is shown to others than those whom it waits for. */
    private void round(List<String> instances) {
        Map<String, Audience> wanted = new HashMap<>();
        Set<String> named = new TreeSet<>();
        List<ApprovalCase> waiting = cases.ofInstances(instances);
        Map<UUID, Electorate> electorate = electorates.now(waiting);
        waiting.forEach(approval -> {
            Electorate now = Objects.requireNonNull(electorate.get(approval.id()));
            Audience audience = audience(approval, now);
            named.addAll(audience.people());
            wanted.put(approval.request().processInstanceId(), audience.without(now::isAbsent));
        });
        show(tasks.notShownTo(ProcessNames.APPROVE_ACCESS, wanted));
        rights.letIn(named);
    }

    /** Each by itself: a failure at one does not stop the others, and the next round tries again. */
    void show(Collection<String> instances) {
        acting.asEngine(() -> instances.forEach(this::showOne));
    }

    private void showOne(String instance) {
        try {
            cases.find(instance)
                    .map(approval -> apart.execute(status -> {
                        stepIn.look(cases.lock(approval.id()));
                        return show(approval.request());
                    }))
                    .ifPresent(rights::letIn);
        } catch (RuntimeException overtaken) {
            log.warn("The task of instance {} is shown to whom it waits for in the next round", instance, overtaken);
        }
    }

    /** Shows it as it is to be now, in the caller's transaction; whom the task names then. */
    Set<String> show(AccessRequest request) {
        // With an answer at the same moment, the next task would be shown to the people of the last one.
        ApprovalCase approval = cases.lock(request.id());
        if (approval.open().isEmpty()) {
            return Set.of();
        }
        Electorate electorate = electorates.now(approval);
        releaseWhatTheAbsentHold(request, electorate);
        Audience audience = audience(approval, electorate);
        tasks.showTo(request.processInstanceId(), ProcessNames.APPROVE_ACCESS, audience);
        return audience.people();
    }

    /** Nobody, once the request has ended: its process may come by after that. */
    private static Audience audience(ApprovalCase approval, Electorate electorate) {
        if (!approval.waits()) {
            return new Audience(Set.of(), Set.of(), Set.of());
        }
        int level = approval.open().orElseThrow();
        Shown shown = electorate.shown(level);
        return new Audience(shown.groups(), shown.people(), electorate.everybody(level));
    }

    /** What somebody claimed before their absence began would be hidden from the deputy; what they claim since is meant. */
    private void releaseWhatTheAbsentHold(AccessRequest request, Electorate electorate) {
        tasks.claimedBy(request.processInstanceId(), ProcessNames.APPROVE_ACCESS)
                .flatMap(person -> electorate.absenceOf(person).findFirst())
                .ifPresent(absence -> tasks.releaseWhatWasClaimedBefore(
                        absence, request.processInstanceId(), ProcessNames.APPROVE_ACCESS));
    }
}
