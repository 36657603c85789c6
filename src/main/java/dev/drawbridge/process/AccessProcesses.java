package dev.drawbridge.process;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Moves access requests through the engine, with the rights of the person who moves them. */
@Component
public class AccessProcesses {
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final IdentityService identities;
    private final ManagementService management;
    private final People people;

    AccessProcesses(
            @Lazy RuntimeService runtime,
            @Lazy TaskService tasks,
            @Lazy IdentityService identities,
            @Lazy ManagementService management,
            People people) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.identities = identities;
        this.management = management;
        this.people = people;
    }

    /** Starts the process, as Tasklist's form does, and returns the instance's id. The guardrails have judged by then. */
    public String start(SignIn who, Map<String, String> form) {
        return as(
                who,
                () -> runtime.startProcessInstanceByKey(ProcessNames.ACCESS_REQUEST, new HashMap<>(form))
                        .getId());
    }

    /** Completes the one open task with this definition key, or refuses because there is none any more. */
    public void complete(SignIn who, String processInstanceId, String taskKey, Map<String, Object> form) {
        Task task = asEngine(() -> tasks.createTaskQuery()
                .processInstanceId(processInstanceId)
                .taskDefinitionKey(taskKey)
                .singleResult());
        if (task == null) {
            throw settled();
        }
        try {
            as(who, () -> {
                tasks.complete(task.getId(), form);
                return true;
            });
        } catch (OptimisticLockingException | NullValueException overtaken) {
            throw settled();
        }
    }

    /** Lets the members of more groups answer the open task with this definition key. */
    public void addCandidates(String processInstanceId, String taskKey, Collection<String> groups) {
        asEngine(() -> {
            tasks.createTaskQuery()
                    .processInstanceId(processInstanceId)
                    .taskDefinitionKey(taskKey)
                    .list()
                    .forEach(task -> groups.forEach(group -> tasks.addCandidateGroup(task.getId(), group)));
            return true;
        });
    }

    /** Lets one more person answer the open task with this definition key. */
    public void addCandidate(String processInstanceId, String taskKey, String person) {
        asEngine(() -> {
            tasks.createTaskQuery()
                    .processInstanceId(processInstanceId)
                    .taskDefinitionKey(taskKey)
                    .list()
                    .forEach(task -> tasks.addCandidateUser(task.getId(), person));
            return true;
        });
    }

    /** Lets a person answer every open task with this definition key that another person may answer. */
    public void addToTasksOf(String candidate, String taskKey, String person) {
        asEngine(() -> {
            tasks
                    .createTaskQuery()
                    .taskDefinitionKey(taskKey)
                    .taskCandidateUser(candidate)
                    .includeAssignedTasks()
                    .list()
                    .stream()
                    .filter(task -> tasks.getIdentityLinksForTask(task.getId()).stream()
                            .noneMatch(link -> person.equals(link.getUserId())))
                    .forEach(task -> tasks.addCandidateUser(task.getId(), person));
            return true;
        });
    }

    /** The process instance that an open task belongs to. */
    public Optional<String> instanceOfTask(String taskId) {
        return asEngine(
                () -> Optional.ofNullable(tasks.createTaskQuery().taskId(taskId).singleResult())
                        .map(Task::getProcessInstanceId));
    }

    /** The id of an open task with this definition key. */
    public Optional<String> openTask(String processInstanceId, String taskKey) {
        return asEngine(() ->
                tasks.createTaskQuery().processInstanceId(processInstanceId).taskDefinitionKey(taskKey).list().stream()
                        .map(Task::getId)
                        .findFirst());
    }

    /** The instances that have an open task with this definition key. */
    public List<String> instancesAt(String taskKey) {
        return asEngine(() -> tasks.createTaskQuery().taskDefinitionKey(taskKey).list().stream()
                .map(Task::getProcessInstanceId)
                .toList());
    }

    /** Lets the timers at these activities fall due at these moments. */
    public void moveTimers(String processInstanceId, Map<String, Instant> dueByActivity) {
        asEngine(() -> {
            dueByActivity.forEach((activity, due) -> management
                    .createJobQuery()
                    .processInstanceId(processInstanceId)
                    .activityId(activity)
                    .list()
                    .forEach(job -> management.setJobDuedate(job.getId(), Date.from(due))));
            return true;
        });
    }

    /** Shows another due date at the open task. */
    public void setDue(String processInstanceId, String taskKey, Instant due) {
        asEngine(() -> {
            tasks.createTaskQuery()
                    .processInstanceId(processInstanceId)
                    .taskDefinitionKey(taskKey)
                    .list()
                    .forEach(task -> {
                        task.setDueDate(Date.from(due));
                        tasks.saveTask(task);
                    });
            return true;
        });
    }

    /** Whether an instance is at this activity now. */
    public boolean isAt(String processInstanceId, String activity) {
        return asEngine(() -> runtime.createExecutionQuery()
                        .processInstanceId(processInstanceId)
                        .activityId(activity)
                        .count()
                > 0);
    }

    /** Tells a waiting instance something; refuses where it does not wait for that (any more). */
    public void tell(String processInstanceId, String message) {
        asEngine(() -> {
            try {
                runtime.createMessageCorrelation(message)
                        .processInstanceId(processInstanceId)
                        .correlate();
                return true;
            } catch (MismatchingMessageCorrelationException | OptimisticLockingException overtaken) {
                throw settled();
            }
        });
    }

    /**
     * Lets an instance go on to its end whose access has ended in another way. One that cannot, since it is suspended, goes
     * on when it can.
     */
    public void goOnToTheEnd(String processInstanceId) {
        asEngine(() -> {
            try {
                if (isAt(processInstanceId, ProcessNames.USE_ACCESS)) {
                    runtime.createMessageCorrelation(ProcessNames.MESSAGE_REVOKE_NOW)
                            .processInstanceId(processInstanceId)
                            .correlate();
                }
                management
                        .createJobQuery()
                        .processInstanceId(processInstanceId)
                        .activityId(ProcessNames.REVOKE_ACCESS)
                        .list()
                        .forEach(job -> {
                            management.setJobRetries(job.getId(), 1);
                            management.setJobDuedate(job.getId(), ClockUtil.getCurrentTime());
                        });
                return true;
            } catch (ProcessEngineException elsewhere) {
                return false;
            }
        });
    }

    /** Ends an instance whose request has ended in another way; one that is gone already is fine. */
    public void discard(String processInstanceId, String reason) {
        asEngine(() -> {
            runtime.deleteProcessInstanceIfExists(processInstanceId, reason, true, true, true, true);
            return true;
        });
    }

    private static Refusal settled() {
        return Refusal.of(
                Refusal.Kind.CONFLICT,
                "already-settled",
                "This has already been settled; nothing waits for your answer.");
    }

    private <T> T as(SignIn who, Supplier<T> work) {
        identities.setAuthentication(who.person(), new ArrayList<>(people.groupsOf(who.person())));
        try {
            return work.get();
        } catch (AuthorizationException forbidden) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "not-yours-to-do", "This is not yours to do.");
        } catch (ProcessEngineException failed) {
            // The engine wraps what a listener throws; the sentence inside is for the person.
            for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof Refusal refusal) {
                    throw refusal;
                }
            }
            throw failed;
        } finally {
            identities.clearAuthentication();
        }
    }

    private <T> T asEngine(Supplier<T> work) {
        var before = identities.getCurrentAuthentication();
        identities.clearAuthentication();
        try {
            return work.get();
        } finally {
            if (before != null) {
                identities.setAuthentication(before);
            }
        }
    }
}
