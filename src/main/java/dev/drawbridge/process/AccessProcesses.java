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
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Moves access requests through the engine, with the rights of the person who moves them. */
@Component
public class AccessProcesses {
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final IdentityService identities;
    private final AuthorizationService authorizations;
    private final ManagementService management;
    private final People people;

    AccessProcesses(
            @Lazy RuntimeService runtime,
            @Lazy TaskService tasks,
            @Lazy IdentityService identities,
            @Lazy AuthorizationService authorizations,
            @Lazy ManagementService management,
            People people) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.identities = identities;
        this.authorizations = authorizations;
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
        complete(who, openTask(processInstanceId, taskKey).orElseThrow(AccessProcesses::settled), form);
    }

    /** Completes exactly this task, or refuses because it is open no more. */
    public void complete(SignIn who, String taskId, Map<String, Object> form) {
        if (instanceOfTask(taskId).isEmpty()) {
            throw settled();
        }
        try {
            as(who, () -> {
                tasks.complete(taskId, form);
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

    /**
     * Names exactly these people at the open task with this definition key, beside its groups, and takes it back from a
     * person who has claimed it and is not among those who may keep it. Whoever is neither has no right to see it any more.
     */
    public void showTo(String processInstanceId, String taskKey, Set<String> named, Set<String> mayKeep) {
        asEngine(() -> {
            for (Task task : openTasks(processInstanceId, taskKey)) {
                try {
                    show(task, named, mayKeep);
                } catch (NullValueException | OptimisticLockingException overtaken) {
                    // It was answered meanwhile, so there is nothing to show any more.
                }
            }
            return true;
        });
    }

    private void show(Task task, Set<String> named, Set<String> mayKeep) {
        Set<String> shown = tasks.getIdentityLinksForTask(task.getId()).stream()
                .filter(link -> IdentityLinkType.CANDIDATE.equals(link.getType()) && link.getUserId() != null)
                .map(IdentityLink::getUserId)
                .collect(Collectors.toSet());
        named.stream()
                .filter(person -> !shown.contains(person))
                .forEach(person -> tasks.addCandidateUser(task.getId(), person));
        shown.stream()
                .filter(person -> !named.contains(person))
                .forEach(person -> tasks.deleteCandidateUser(task.getId(), person));
        String claimedBy = task.getAssignee();
        if (claimedBy != null && !mayKeep.contains(claimedBy)) {
            tasks.setAssignee(task.getId(), null);
        }
        // The engine gives a right to whom a task is shown and who claims it, and leaves it there ever after.
        authorizations.createAuthorizationQuery().resourceType(Resources.TASK).resourceId(task.getId()).list().stream()
                .filter(right -> right.getUserId() != null
                        && !named.contains(right.getUserId())
                        && !mayKeep.contains(right.getUserId()))
                .forEach(right -> authorizations.deleteAuthorization(right.getId()));
    }

    /** Takes the open task with this definition key back from whoever has claimed it: others may answer it as well. */
    public void release(String processInstanceId, String taskKey) {
        asEngine(() -> {
            openTasks(processInstanceId, taskKey).forEach(task -> tasks.setAssignee(task.getId(), null));
            return true;
        });
    }

    /** As {@link #release}, for every open task with this definition key that a person has claimed. */
    public void releaseTasksOf(String person, String taskKey) {
        asEngine(() -> {
            tasks.createTaskQuery()
                    .taskDefinitionKey(taskKey)
                    .taskAssignee(person)
                    .list()
                    .forEach(task -> tasks.setAssignee(task.getId(), null));
            return true;
        });
    }

    private List<Task> openTasks(String processInstanceId, String taskKey) {
        return tasks.createTaskQuery()
                .processInstanceId(processInstanceId)
                .taskDefinitionKey(taskKey)
                .list();
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

    public boolean isRunning(String processInstanceId) {
        return asEngine(() -> runtime.createProcessInstanceQuery()
                        .processInstanceId(processInstanceId)
                        .count()
                > 0);
    }

    /** Whether an instance is at this activity now. */
    public boolean isAt(String processInstanceId, String activity) {
        return asEngine(() -> runtime.createExecutionQuery()
                        .processInstanceId(processInstanceId)
                        .activityId(activity)
                        .count()
                > 0);
    }

    /** Whether an instance waits to be told this. */
    public boolean awaits(String processInstanceId, String message) {
        return asEngine(() -> runtime.createEventSubscriptionQuery()
                        .processInstanceId(processInstanceId)
                        .eventType("message")
                        .eventName(message)
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
                    runtime.deleteProcessInstanceIfExists(
                            processInstanceId, "Its access has ended.", true, true, true, true);
                }
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
