package dev.drawbridge.process;

import dev.drawbridge.platform.SignIn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tasks at which access requests wait for people: who sees them, who has claimed them, who completes them. */
@Component
public class AccessTasks {
    private final TaskService tasks;
    private final AuthorizationService authorizations;
    private final Acting acting;
    private final JdbcClient jdbc;

    AccessTasks(
            @Lazy TaskService tasks, @Lazy AuthorizationService authorizations, Acting acting, @Lazy JdbcClient jdbc) {
        this.tasks = tasks;
        this.authorizations = authorizations;
        this.acting = acting;
        this.jdbc = jdbc;
    }

    /** Completes the one open task with this definition key; refuses if it is no longer there. */
    public void complete(SignIn who, String processInstanceId, String taskKey, Map<String, Object> form) {
        String task = openTask(processInstanceId, taskKey).orElseThrow(AccessProcesses::settled);
        try {
            acting.as(who, () -> tasks.complete(task, form));
        } catch (OptimisticLockingException | NullValueException overtaken) {
            throw AccessProcesses.settled();
        } catch (NullPointerException failed) {
            // The engine trips over an instance that somebody else ends at the same moment.
            if (openTask(processInstanceId, taskKey).filter(task::equals).isEmpty()) {
                throw AccessProcesses.settled();
            }
            throw failed;
        }
    }

    /**
     * To whom a task is shown.
     *
     * @param groups its candidate groups
     * @param people its candidates beside those
     * @param mayKeep who may keep a claim; anybody else loses it
     */
    public record Audience(Set<String> groups, Set<String> people, Set<String> mayKeep) {
        /** The same, but that none of these may keep a claim. */
        public Audience without(Predicate<String> these) {
            return new Audience(
                    groups, people, mayKeep.stream().filter(these.negate()).collect(Collectors.toSet()));
        }

        boolean mayWorkAtIt(String person) {
            return people.contains(person) || mayKeep.contains(person);
        }
    }

    /** Shows the open task with this definition key to exactly these people, and to nobody who saw it before. */
    public void showTo(String processInstanceId, String taskKey, Audience audience) {
        acting.asEngine(() -> openTasks(processInstanceId, taskKey).forEach(task -> show(task, audience)));
    }

    /**
     * The instances whose open task with this definition key is shown to others than these, or is claimed by one who may not
     * keep it, or leaves a right with somebody whom it is not shown to; by one statement for all.
     *
     * @param wanted by process instance
     */
    public List<String> notShownTo(String taskKey, Map<String, Audience> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        return jdbc
                .sql("""
                        select t.proc_inst_id_ as instance, t.assignee_ as claimed_by,
                               array(select l.user_id_ from act_ru_identitylink l
                                     where l.task_id_ = t.id_ and l.type_ = 'candidate' and l.user_id_ is not null) as people,
                               array(select l.group_id_ from act_ru_identitylink l
                                     where l.task_id_ = t.id_ and l.type_ = 'candidate' and l.group_id_ is not null) as groups,
                               array(select r.user_id_ from act_ru_authorization r
                                     where r.resource_type_ = :task and r.resource_id_ = t.id_
                                       and r.user_id_ is not null) as people_with_rights,
                               array(select r.group_id_ from act_ru_authorization r
                                     where r.resource_type_ = :task and r.resource_id_ = t.id_
                                       and r.user_id_ is null) as groups_with_rights
                        from act_ru_task t where t.task_def_key_ = :key and t.proc_inst_id_ in (:instances)
                        """)
                .param("task", Resources.TASK.resourceType())
                .param("key", taskKey)
                .param("instances", wanted.keySet())
                .query((row, number) -> {
                    Audience audience = wanted.get(row.getString("instance"));
                    return audience == null || isShownTo(audience, row)
                            ? Optional.<String>empty()
                            : Optional.of(row.getString("instance"));
                })
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean isShownTo(Audience audience, ResultSet row) throws SQLException {
        String claimedBy = row.getString("claimed_by");
        return audience.people().equals(texts(row, "people"))
                && audience.groups().equals(texts(row, "groups"))
                && (claimedBy == null || audience.mayKeep().contains(claimedBy))
                && audience.groups().containsAll(texts(row, "groups_with_rights"))
                && texts(row, "people_with_rights").stream().allMatch(audience::mayWorkAtIt);
    }

    private static Set<String> texts(ResultSet row, String column) throws SQLException {
        return Set.of((String[]) row.getArray(column).getArray());
    }

    private void show(Task task, Audience audience) {
        List<IdentityLink> shown = tasks.getIdentityLinksForTask(task.getId()).stream()
                .filter(link -> IdentityLinkType.CANDIDATE.equals(link.getType()))
                .toList();
        Set<String> people = named(shown, IdentityLink::getUserId);
        Set<String> groups = named(shown, IdentityLink::getGroupId);
        without(audience.people(), people).forEach(person -> tasks.addCandidateUser(task.getId(), person));
        without(audience.groups(), groups).forEach(group -> tasks.addCandidateGroup(task.getId(), group));
        without(people, audience.people()).forEach(person -> tasks.deleteCandidateUser(task.getId(), person));
        without(groups, audience.groups()).forEach(group -> tasks.deleteCandidateGroup(task.getId(), group));
        String claimedBy = task.getAssignee();
        if (claimedBy != null && !audience.mayKeep().contains(claimedBy)) {
            tasks.setAssignee(task.getId(), null);
        }
        // The engine gives a right to whom a task is shown and who claims it, and leaves it there ever after.
        authorizations.createAuthorizationQuery().resourceType(Resources.TASK).resourceId(task.getId()).list().stream()
                .filter(right -> right.getUserId() == null
                        ? !audience.groups().contains(right.getGroupId())
                        : !audience.mayWorkAtIt(right.getUserId()))
                .forEach(right -> authorizations.deleteAuthorization(right.getId()));
    }

    private static Set<String> named(List<IdentityLink> links, Function<IdentityLink, @Nullable String> by) {
        return links.stream().flatMap(link -> Stream.ofNullable(by.apply(link))).collect(Collectors.toSet());
    }

    private static List<String> without(Set<String> some, Set<String> others) {
        return some.stream().filter(one -> !others.contains(one)).sorted().toList();
    }

    /** The people to whom the open task with this definition key is shown by name. */
    public Set<String> namedAt(String processInstanceId, String taskKey) {
        return acting.asEngine(() -> openTasks(processInstanceId, taskKey).stream()
                .flatMap(task -> named(
                        tasks.getIdentityLinksForTask(task.getId()).stream()
                                .filter(link -> IdentityLinkType.CANDIDATE.equals(link.getType()))
                                .toList(),
                        IdentityLink::getUserId)
                        .stream())
                .collect(Collectors.toSet()));
    }

    /** Who has claimed the open task with this definition key. */
    public Optional<String> claimedBy(String processInstanceId, String taskKey) {
        return openTasks(processInstanceId, taskKey).stream()
                .flatMap(task -> Stream.ofNullable(task.getAssignee()))
                .findFirst();
    }

    /** Who has claimed the open task with this definition key, for those of these instances that have one. */
    public Map<String, Optional<String>> claims(String taskKey, Collection<String> instances) {
        Map<String, Optional<String>> claims = new HashMap<>();
        if (!instances.isEmpty()) {
            jdbc.sql("select proc_inst_id_, assignee_ from act_ru_task"
                            + " where task_def_key_ = :key and proc_inst_id_ in (:instances)")
                    .param("key", taskKey)
                    .param("instances", instances)
                    .query(row -> {
                        claims.put(row.getString("proc_inst_id_"), Optional.ofNullable(row.getString("assignee_")));
                    });
        }
        return claims;
    }

    /** Gives the open task with this definition key to a person, even if somebody else has claimed it. */
    public void assign(String processInstanceId, String taskKey, String person) {
        acting.asEngine(
                () -> openTasks(processInstanceId, taskKey).forEach(task -> tasks.setAssignee(task.getId(), person)));
    }

    /** Takes the open task with this definition key back from the person who claimed it, so that others can answer it. */
    public void release(String processInstanceId, String taskKey) {
        release(openTasks(processInstanceId, taskKey), task -> true);
    }

    /** As {@link #release}, where this person is who has claimed it. */
    public void releaseClaimOf(String person, String processInstanceId, String taskKey) {
        release(openTasks(processInstanceId, taskKey), task -> person.equals(task.getAssignee()));
    }

    /** As {@link #release}, where it was claimed before a moment. */
    public void releaseWhatWasClaimedBefore(Instant moment, String processInstanceId, String taskKey) {
        release(
                openTasks(processInstanceId, taskKey),
                task -> task.getLastUpdated() == null
                        || task.getLastUpdated().toInstant().isBefore(moment));
    }

    /** As {@link #release}, for every open task with this definition key that a person has claimed. */
    public void releaseTasksOf(String person, String taskKey) {
        release(
                acting.asEngine(() -> tasks.createTaskQuery()
                        .taskDefinitionKey(taskKey)
                        .taskAssignee(person)
                        .list()),
                task -> true);
    }

    private void release(List<Task> open, Predicate<Task> which) {
        acting.asEngine(() -> open.stream().filter(which).forEach(task -> tasks.setAssignee(task.getId(), null)));
    }

    /** The process instance that an open task belongs to. */
    public Optional<String> instanceOfTask(String taskId) {
        return acting.asEngine(
                () -> Optional.ofNullable(tasks.createTaskQuery().taskId(taskId).singleResult())
                        .map(Task::getProcessInstanceId));
    }

    /** The id of an open task with this definition key. */
    public Optional<String> openTask(String processInstanceId, String taskKey) {
        return openTasks(processInstanceId, taskKey).stream().map(Task::getId).findFirst();
    }

    /** The id of an open task that a company has put into its process, and that is shown to this person. */
    public Optional<String> ownTaskShownTo(String person, String processInstanceId) {
        return acting.asEngine(() -> tasks
                .createTaskQuery()
                .processInstanceId(processInstanceId)
                .taskCandidateUser(person)
                .includeAssignedTasks()
                .list()
                .stream()
                .filter(task -> !ProcessNames.FIXED_TASKS.contains(task.getTaskDefinitionKey()))
                .map(Task::getId)
                .findFirst());
    }

    /** The instances that have an open task with this definition key. */
    public List<String> instancesAt(String taskKey) {
        return acting.asEngine(() -> tasks.createTaskQuery().taskDefinitionKey(taskKey).list().stream()
                .map(Task::getProcessInstanceId)
                .toList());
    }

    /** The instances whose open task with this definition key is shown to a person, what is due first first. */
    public List<String> shownTo(String person, String taskKey, int most) {
        return acting.asEngine(() -> tasks
                .createTaskQuery()
                .taskDefinitionKey(taskKey)
                .taskCandidateUser(person)
                .includeAssignedTasks()
                .orderByDueDate()
                .asc()
                .listPage(0, most)
                .stream()
                .map(Task::getProcessInstanceId)
                .toList());
    }

    /**
     * The instances whose open task with this definition key is shown to a person who is in these groups, what is due first first,
     * and after those some others that have one; with who has claimed it.
     *
     * @param most of those that are shown to the person
     */
    public Map<String, Optional<String>> board(
            String person, Collection<String> groups, String taskKey, int most, Collection<String> others) {
        Map<String, Optional<String>> board = new LinkedHashMap<>();
        jdbc.sql("""
                        select t.proc_inst_id_, t.assignee_ from (
                            (select t.*, true as shown from act_ru_task t
                             where t.task_def_key_ = :key
                               and t.id_ in (select l.task_id_ from act_ru_identitylink l
                                             where l.type_ = 'candidate'
                                               and (l.user_id_ = :person or l.group_id_ = any(:groups)))
                             order by t.due_date_ limit :most)
                            union all
                            select t.*, false from act_ru_task t
                            where t.task_def_key_ = :key and t.proc_inst_id_ = any(:others)) t
                        order by t.shown desc, t.due_date_
                        """)
                .param("key", taskKey)
                .param("person", person)
                .param("groups", groups.toArray(String[]::new))
                .param("others", others.toArray(String[]::new))
                .param("most", most)
                .query(row -> {
                    board.putIfAbsent(row.getString("proc_inst_id_"), Optional.ofNullable(row.getString("assignee_")));
                });
        return board;
    }

    /** Shows another due date at the open task. */
    public void setDue(String processInstanceId, String taskKey, Instant due) {
        acting.asEngine(() -> openTasks(processInstanceId, taskKey).forEach(task -> {
            task.setDueDate(Date.from(due));
            tasks.saveTask(task);
        }));
    }

    private List<Task> openTasks(String processInstanceId, String taskKey) {
        return acting.asEngine(() -> tasks.createTaskQuery()
                .processInstanceId(processInstanceId)
                .taskDefinitionKey(taskKey)
                .list());
    }
}
