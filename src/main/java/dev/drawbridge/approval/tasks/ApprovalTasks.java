package dev.drawbridge.approval.tasks;

import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.approval.Electorate;
import dev.drawbridge.approval.Electorates;
import dev.drawbridge.approval.LevelOpened;
import dev.drawbridge.platform.Cluster;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.AccessTasks.Audience;
import dev.drawbridge.process.ProcessNames;
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
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Goes round the open tasks and shows each to those who may answer it by now: deputies come and go, people join groups and
 * leave them. Whether somebody may answer is asked again when they do.
 */
@Component
class ApprovalTasks {
    static final int MOST = 500;

    private static final Logger log = LoggerFactory.getLogger(ApprovalTasks.class);

    private final Cluster cluster;
    private final AccessTasks tasks;
    private final ApprovalCases cases;
    private final Electorates electorates;
    private final TasklistRights rights;
    private final ShowEach each;

    ApprovalTasks(
            Cluster cluster,
            AccessTasks tasks,
            ApprovalCases cases,
            Electorates electorates,
            TasklistRights rights,
            ShowEach each) {
        this.cluster = cluster;
        this.tasks = tasks;
        this.cases = cases;
        this.electorates = electorates;
        this.rights = rights;
        this.each = each;
    }

    @TransactionalEventListener
    void opened(LevelOpened event) {
        ApprovalCase approval = cases.load(event.requestId());
        approval.open()
                .map(level -> electorates.now(approval).shown(level).people())
                .ifPresent(rights::letIn);
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
                    each.of(some);
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
            Audience audience = ShowToWhomItWaits.audience(approval, now);
            named.addAll(audience.people());
            wanted.put(approval.request().processInstanceId(), audience.without(now::isAbsent));
        });
        each.of(tasks.notShownTo(ProcessNames.APPROVE_ACCESS, wanted));
        rights.letIn(named);
    }
}
