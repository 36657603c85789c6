package dev.drawbridge.approval.tasks;

import dev.drawbridge.approval.AnswerBy;
import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.approval.LevelTimes;
import dev.drawbridge.approval.QuestionAnswered;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.publication.TakesEffect;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Moves the timers of levels that wait to where the calendar as it is now puts them. */
@Component
class MoveTimers {
    private static final Logger log = LoggerFactory.getLogger(MoveTimers.class);

    private final AccessProcesses processes;
    private final AccessTasks tasks;
    private final ApprovalCases cases;
    private final AnswerBy answerBy;
    private final TaskScheduler scheduler;

    MoveTimers(
            AccessProcesses processes,
            AccessTasks tasks,
            ApprovalCases cases,
            AnswerBy answerBy,
            TaskScheduler scheduler) {
        this.processes = processes;
        this.tasks = tasks;
        this.cases = cases;
        this.answerBy = answerBy;
        this.scheduler = scheduler;
    }

    /**
     * The calendar may have changed while this node did not run. A request whose level cannot be reckoned any more
     * keeps the timers that it has; the others are moved, and the start goes on.
     */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @EventListener(ApplicationReadyEvent.class)
    void moveAll() {
        tasks.instancesAt(ProcessNames.APPROVE_ACCESS).forEach(this::moveAsFarAsPossible);
    }

    /** By itself: whoever publishes does not wait for all that waits. */
    @EventListener
    void on(TakesEffect event) {
        if (event.cause() == TakesEffect.Cause.PUBLISHED_HERE && event.changed().contains("rules/calendar.yaml")) {
            scheduler.schedule(this::moveAll, Instant.EPOCH);
        }
    }

    private void moveAsFarAsPossible(String instance) {
        try {
            cases.find(instance).ifPresent(this::move);
        } catch (ProcessEngineException
                | DataAccessException
                | TransactionException
                | DateTimeException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NoSuchElementException unmoved) {
            // From the engine or the database; or a zone or calendar that no longer exists, or a verdict that cannot be
            // read.
            log.error("The timers of the process instance {} stay as they are", instance, unmoved);
        }
    }

    /** The answer is in: what stood still runs again from here. */
    @EventListener
    void answered(QuestionAnswered event) {
        move(cases.load(event.question().requestId()));
    }

    private void move(ApprovalCase approval) {
        approval.open().ifPresent(level -> {
            LevelTimes times = cases.times(approval);
            Map<String, Instant> timers = new HashMap<>();
            timers.put(ProcessNames.DEADLINE, times.deadline(level));
            times.nextReminder(level).ifPresent(due -> timers.put(ProcessNames.REMINDER_DUE, due));
            times.nextTier(level).ifPresent(due -> timers.put(ProcessNames.TIER_DUE, due));
            String instance = approval.request().processInstanceId();
            processes.moveTimers(instance, timers);
            tasks.setDue(instance, ProcessNames.APPROVE_ACCESS, answerBy.ofLevel(approval, level));
        });
    }
}
