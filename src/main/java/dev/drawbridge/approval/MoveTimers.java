package dev.drawbridge.approval;

import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Moves the timers of levels that wait to where the calendar as it is now puts them. */
@Component
class MoveTimers {
    private static final Logger log = LoggerFactory.getLogger(MoveTimers.class);

    private final AccessProcesses processes;
    private final AccessTasks tasks;
    private final AccessRequests requests;
    private final LevelClock levels;
    private final AnswerBy answerBy;
    private final Approvals approvals;

    MoveTimers(
            AccessProcesses processes,
            AccessTasks tasks,
            AccessRequests requests,
            LevelClock levels,
            AnswerBy answerBy,
            Approvals approvals) {
        this.processes = processes;
        this.tasks = tasks;
        this.requests = requests;
        this.levels = levels;
        this.answerBy = answerBy;
        this.approvals = approvals;
    }

    /**
     * The calendar is read at the start, so that is when it may have changed. A request whose level cannot be reckoned any more
     * keeps the timers that it has; the others are moved, and the start goes on.
     */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @EventListener(ApplicationReadyEvent.class)
    void moveAll() {
        tasks.instancesAt(ProcessNames.APPROVE_ACCESS).forEach(this::moveAsFarAsPossible);
    }

    private void moveAsFarAsPossible(String instance) {
        try {
            requests.findByProcessInstance(instance).ifPresent(this::move);
        } catch (ProcessEngineException
                | DataAccessException
                | TransactionException
                | DateTimeException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NoSuchElementException unmoved) {
            // Of the engine or the database, a zone or a calendar that is no more, a verdict that cannot be read.
            log.error("The timers of the process instance {} stay as they are", instance, unmoved);
        }
    }

    /** The answer is in: what stood still runs again from here. */
    @EventListener
    void answered(QuestionAnswered event) {
        requests.find(event.question().requestId()).ifPresent(this::move);
    }

    private void move(AccessRequest request) {
        UUID id = request.id();
        Approvals.openLevel(levels.levels(id), approvals.of(id)).ifPresent(level -> {
            Map<String, Instant> timers = new HashMap<>();
            timers.put(ProcessNames.DEADLINE, levels.deadline(id, level));
            levels.nextReminder(id, level).ifPresent(due -> timers.put(ProcessNames.REMINDER_DUE, due));
            levels.nextTier(id, level).ifPresent(due -> timers.put(ProcessNames.TIER_DUE, due));
            processes.moveTimers(request.processInstanceId(), timers);
            tasks.setDue(request.processInstanceId(), ProcessNames.APPROVE_ACCESS, answerBy.ofLevel(request, level));
        });
    }
}
