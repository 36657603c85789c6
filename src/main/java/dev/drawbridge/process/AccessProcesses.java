package dev.drawbridge.process;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Starts access requests in the engine, and moves what the engine holds of them. */
@Component
public class AccessProcesses {
    private static final String ITS_ACCESS_HAS_ENDED = "Its access has ended.";

    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final RuntimeService runtime;
    private final ManagementService management;
    private final Acting acting;
    private final JdbcClient jdbc;
    private final ObjectProvider<ProcessInForce> inForce;

    AccessProcesses(
            @Lazy RuntimeService runtime,
            @Lazy ManagementService management,
            Acting acting,
            @Lazy JdbcClient jdbc,
            ObjectProvider<ProcessInForce> inForce) {
        this.inForce = inForce;
        this.runtime = runtime;
        this.management = management;
        this.acting = acting;
        this.jdbc = jdbc;
    }

    /**
     * Starts the process, as Tasklist's form does, and returns the id of the request, which its first step has recorded. The
     * guardrails have judged by then, and what needs no human is granted, unless the target takes longer than a moment.
     */
    public UUID start(SignIn who, Map<String, String> form) {
        return RunAtOnce.andWait(
                MOMENT, () -> UUID.fromString(acting.as(who, () -> started(form).getBusinessKey())));
    }

    /**
     * By the process of the publication by which this call goes, though the engine may have a newer one that this node cannot read. Whoever
     * may do that in the engine can have deleted it: then by the newest that is left.
     */
    private ProcessInstance started(Map<String, String> form) {
        try {
            return runtime.startProcessInstanceById(inForce.getObject().definition(), new HashMap<>(form));
        } catch (NotFoundException deleted) {
            return runtime.startProcessInstanceByKey(ProcessNames.ACCESS_REQUEST, new HashMap<>(form));
        }
    }

    /** Lets the timers at these activities fall due at these moments. */
    public void moveTimers(String processInstanceId, Map<String, Instant> dueByActivity) {
        acting.asEngine(() -> dueByActivity.forEach((activity, due) -> management
                .createJobQuery()
                .processInstanceId(processInstanceId)
                .activityId(activity)
                .list()
                .forEach(job -> management.setJobDuedate(job.getId(), Date.from(due)))));
    }

    public boolean isRunning(String processInstanceId) {
        return acting.asEngine(() -> runtime.createProcessInstanceQuery()
                        .processInstanceId(processInstanceId)
                        .count()
                > 0);
    }

    /** Whether an instance has something to do by itself that it will do, or try again, at once. */
    public boolean isOnItsWay(String processInstanceId) {
        return acting.asEngine(() -> management
                        .createJobQuery()
                        .processInstanceId(processInstanceId)
                        .messages()
                        .withRetriesLeft()
                        .active()
                        .count()
                > 0);
    }

    /** Whether an instance is at this activity now. */
    public boolean isAt(String processInstanceId, String activity) {
        return acting.asEngine(() -> runtime.createExecutionQuery()
                        .processInstanceId(processInstanceId)
                        .activityId(activity)
                        .count()
                > 0);
    }

    /** Whether an instance waits to be told this. */
    public boolean awaits(String processInstanceId, String message) {
        return acting.asEngine(() -> runtime.createEventSubscriptionQuery()
                        .processInstanceId(processInstanceId)
                        .eventType("message")
                        .eventName(message)
                        .count()
                > 0);
    }

    /** Tells a waiting instance something; refuses where it does not wait for that (any more). */
    public void tell(String processInstanceId, String message) {
        acting.asEngine(() -> {
            try {
                runtime.createMessageCorrelation(message)
                        .processInstanceId(processInstanceId)
                        .correlate();
            } catch (MismatchingMessageCorrelationException | OptimisticLockingException overtaken) {
                throw settled();
            }
        });
    }

    /**
     * Lets an instance go on to its end whose access has ended in another way. One that is suspended goes on when it can; one
     * that cannot be told, or comes to no end, is deleted.
     */
    public void goOnToTheEnd(String processInstanceId) {
        acting.asEngine(() -> {
            try {
                if (isAt(processInstanceId, ProcessNames.USE_ACCESS)) {
                    if (!awaits(processInstanceId, ProcessNames.MESSAGE_REVOKE_NOW)) {
                        discard(processInstanceId, ITS_ACCESS_HAS_ENDED);
                        return true;
                    }
                    runtime.createMessageCorrelation(ProcessNames.MESSAGE_REVOKE_NOW)
                            .processInstanceId(processInstanceId)
                            .correlate();
                }
                List<Job> revoking = management
                        .createJobQuery()
                        .processInstanceId(processInstanceId)
                        .activityId(ProcessNames.REVOKE_ACCESS)
                        .list();
                revoking.forEach(job -> {
                    management.setJobRetries(job.getId(), 1);
                    management.setJobDuedate(job.getId(), ClockUtil.getCurrentTime());
                });
                if (revoking.isEmpty() && isAt(processInstanceId, ProcessNames.REVOKE_ACCESS)) {
                    // Its job was deleted: it stands where nothing will ever move it on.
                    discard(processInstanceId, ITS_ACCESS_HAS_ENDED);
                }
                return true;
            } catch (SuspendedEntityInteractionException | OptimisticLockingException later) {
                return false;
            } catch (ProcessEngineException | Refusal endless) {
                if (isSuspended(processInstanceId)) {
                    // The engine finds nobody to tell there.
                    return false;
                }
                discard(processInstanceId, ITS_ACCESS_HAS_ENDED);
                return false;
            }
        });
    }

    /**
     * As {@link #goOnToTheEnd} for many in the running transaction, step by step to where each rests or ends; throws where one
     * of them cannot.
     */
    public void goOnTogether(Set<String> processInstanceIds) {
        acting.asEngine(() -> RunAtOnce.byHand(() -> processInstanceIds.forEach(instance -> {
            runtime.createMessageCorrelation(ProcessNames.MESSAGE_REVOKE_NOW)
                    .processInstanceId(instance)
                    .correlate();
            // One by one: the engine writes a query that fails where many instances and an activity are asked for
            // together.
            management
                    .createJobQuery()
                    .processInstanceId(instance)
                    .activityId(ProcessNames.REVOKE_ACCESS)
                    .list()
                    .forEach(revoking -> management.executeJob(revoking.getId()));
        })));
    }

    /**
     * Keeps every node's job executor from the timers of these instances until then, as if one of them were at it: whoever is
     * lets the instances go on, or dies and lets the timers come.
     */
    public void holdTimers(Collection<String> processInstanceIds, Instant now, Instant until) {
        jdbc.sql("""
                        update act_ru_job set lock_owner_ = 'ended together', lock_exp_time_ = :until, rev_ = rev_ + 1
                        where process_instance_id_ = any(:instances) and type_ = 'timer'
                          and (lock_exp_time_ is null or lock_exp_time_ < :now)
                        """)
                .param("until", Timestamp.from(until))
                .param("instances", processInstanceIds.toArray(String[]::new))
                .param("now", Timestamp.from(now))
                .update();
    }

    private boolean isSuspended(String processInstanceId) {
        return runtime.createProcessInstanceQuery()
                        .processInstanceId(processInstanceId)
                        .suspended()
                        .count()
                > 0;
    }

    /** Ends an instance whose request has ended in another way; one that is gone already is fine. */
    public void discard(String processInstanceId, String reason) {
        acting.asEngine(() -> runtime.deleteProcessInstanceIfExists(processInstanceId, reason, true, true, true, true));
    }

    /** The refusal for an answer that comes too late. */
    public static Refusal settled() {
        return Refusal.of(Refusal.Kind.CONFLICT, "already-settled", "This has already been settled.");
    }
}
