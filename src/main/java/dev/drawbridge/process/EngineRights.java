package dev.drawbridge.process;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;

import jakarta.annotation.PostConstruct;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.AuthorizationQuery;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.stereotype.Component;

/**
 * The least that each role may do in the engine, and Tasklist's filters; made anew where they are missing. Who may ask and who
 * answers is for those to say who know the catalog and the levels.
 */
@Component
public class EngineRights {
    private static final List<String> ROLES =
            List.of("operators", "security", "auditors", "process-owners", "administrators");
    /** Who may look into what runs. */
    static final Set<String> COCKPIT = Set.of("operators", "auditors", "process-owners");

    private static final String MY_APPROVALS = "My approvals";
    private static final String MY_ACCESS = "My access";

    private final IdentityService identities;
    private final AuthorizationService authorizations;
    private final FilterService filters;
    private final ProcessEngine engine;

    EngineRights(ProcessEngine engine) {
        this.engine = engine;
        this.identities = engine.getIdentityService();
        this.authorizations = engine.getAuthorizationService();
        this.filters = engine.getFilterService();
    }

    @PostConstruct
    void prepare() {
        closeSetup();
        ROLES.forEach(this::letIn);
        for (String group : COCKPIT) {
            grant(group, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
        }
        lookIntoProcesses("auditors");
        lookIntoProcesses("process-owners");
        lookIntoProcesses("operators", ProcessDefinitionPermissions.RETRY_JOB);
        grant("process-owners", Resources.DEPLOYMENT, ANY, Permissions.READ, Permissions.CREATE);
        filter(
                MY_APPROVALS,
                0,
                "What waits for your answer",
                // A company's own tasks as well; what is the requester's has no candidates.
                tasks -> tasks.processDefinitionKeyIn(ProcessNames.ACCESS_REQUEST, ProcessNames.POLICY_CHANGE)
                        .taskCandidateUserExpression("${currentUser()}")
                        .includeAssignedTasks());
        filter(
                MY_ACCESS,
                10,
                "What you hold now, and what you are asked",
                tasks -> tasks.taskDefinitionKeyIn(ProcessNames.USE_ACCESS, ProcessNames.ANSWER_QUESTION)
                        .taskAssigneeExpression("${currentUser()}"));
        grant("process-owners", Resources.FILTER, filterId(MY_APPROVALS), Permissions.READ);
        letAllReadTheirOwnName();
    }

    /** Accounts of an earlier release have no such right; those made since have it from the beginning. */
    private void letAllReadTheirOwnName() {
        Set<String> readable = authorizations.createAuthorizationQuery().resourceType(Resources.USER).list().stream()
                .map(Authorization::getResourceId)
                .collect(Collectors.toSet());
        identities.createUserQuery().list().stream()
                .map(User::getId)
                .filter(person -> !readable.contains(person))
                .forEach(person -> alsoLet(person, Resources.USER, person, Permissions.READ));
    }

    private void letIn(String group) {
        ensureGroup(group);
        grant(group, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
        grant(group, Resources.APPLICATION, "welcome", Permissions.ACCESS);
    }

    /** Lets the members of a group ask for access in Tasklist, and find what they hold; the group is made where it is missing. */
    public void letAsk(String group) {
        letIn(group);
        grant(
                group,
                Resources.PROCESS_DEFINITION,
                ProcessNames.ACCESS_REQUEST,
                ProcessDefinitionPermissions.READ,
                ProcessDefinitionPermissions.CREATE_INSTANCE);
        grant(group, Resources.PROCESS_INSTANCE, ANY, Permissions.CREATE);
        grant(group, Resources.FILTER, filterId(MY_ACCESS), Permissions.READ);
    }

    /** Lets the members of a group find in Tasklist what waits for their answer; the group is made where it is missing. */
    public void letApprove(String group) {
        letIn(group);
        // Some ask as well: what they may do beyond this stays.
        also(
                authorizations.createAuthorizationQuery().groupIdIn(group),
                made -> made.setGroupId(group),
                Resources.PROCESS_DEFINITION,
                ProcessNames.ACCESS_REQUEST,
                ProcessDefinitionPermissions.READ);
        grant(group, Resources.FILTER, filterId(MY_APPROVALS), Permissions.READ);
    }

    /**
     * As {@link #letApprove}, for one person who is of no such group: a deputy, somebody's manager, who has duty. What the
     * person may do beyond this stays.
     */
    public void letPersonApprove(String person) {
        alsoLet(person, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
        alsoLet(person, Resources.APPLICATION, "welcome", Permissions.ACCESS);
        alsoLet(person, Resources.PROCESS_DEFINITION, ProcessNames.ACCESS_REQUEST, ProcessDefinitionPermissions.READ);
        alsoLet(person, Resources.FILTER, filterId(MY_APPROVALS), Permissions.READ);
    }

    private void alsoLet(String person, Resource resource, String id, Permission permission) {
        also(
                authorizations.createAuthorizationQuery().userIdIn(person),
                made -> made.setUserId(person),
                resource,
                id,
                permission);
    }

    private void also(
            AuthorizationQuery existing,
            Consumer<Authorization> whose,
            Resource resource,
            String id,
            Permission permission) {
        Authorization authorization = authorization(existing, whose, resource, id);
        authorization.addPermission(permission);
        authorizations.saveAuthorization(authorization);
    }

    private String filterId(String name) {
        return filters.createFilterQuery().filterName(name).singleResult().getId();
    }

    /**
     * While the engine has no administrator, its web applications let the first visitor become one. An
     * account that nobody can sign in to closes that door until {@code camunda.bpm.admin-user} names a real one.
     */
    private void closeSetup() {
        if (identities.createUserQuery().memberOfGroup(Groups.CAMUNDA_ADMIN).count() > 0) {
            return;
        }
        User nobody = identities.newUser("drawbridge-system");
        nobody.setFirstName("Drawbridge");
        nobody.setLastName("(nobody)");
        nobody.setPassword(UUID.randomUUID() + "-" + UUID.randomUUID());
        identities.saveUser(nobody);
        ensureGroup(Groups.CAMUNDA_ADMIN, "Administrators of the engine");
        identities.createMembership(nobody.getId(), Groups.CAMUNDA_ADMIN);
    }

    private void lookIntoProcesses(String group, Permission... further) {
        List<Permission> permissions = new ArrayList<>(List.of(further));
        permissions.add(ProcessDefinitionPermissions.READ);
        permissions.add(ProcessDefinitionPermissions.READ_INSTANCE);
        permissions.add(ProcessDefinitionPermissions.READ_HISTORY);
        grant(group, Resources.PROCESS_DEFINITION, ANY, permissions.toArray(Permission[]::new));
    }

    /** Makes a group where it is missing, under a name that reads as its id does. */
    void ensureGroup(String id) {
        ensureGroup(
                id,
                id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1).replace('-', ' '));
    }

    private void ensureGroup(String id, String name) {
        if (identities.createGroupQuery().groupId(id).count() == 0) {
            var group = identities.newGroup(id);
            group.setName(name);
            group.setType("WORKFLOW");
            identities.saveGroup(group);
        }
    }

    private void grant(String group, Resource resource, String id, Permission... permissions) {
        grant(
                authorizations.createAuthorizationQuery().groupIdIn(group),
                made -> made.setGroupId(group),
                resource,
                id,
                permissions);
    }

    private void grant(
            AuthorizationQuery existing,
            Consumer<Authorization> whose,
            Resource resource,
            String id,
            Permission... permissions) {
        Authorization authorization = authorization(existing, whose, resource, id);
        authorization.setPermissions(permissions);
        authorizations.saveAuthorization(authorization);
    }

    private Authorization authorization(
            AuthorizationQuery existing, Consumer<Authorization> whose, Resource resource, String id) {
        // What an administrator has forbidden somebody stays forbidden.
        Authorization found = existing.authorizationType(AUTH_TYPE_GRANT)
                .resourceType(resource)
                .resourceId(id)
                .singleResult();
        if (found != null) {
            return found;
        }
        Authorization made = authorizations.createNewAuthorization(AUTH_TYPE_GRANT);
        whose.accept(made);
        made.setResource(resource);
        made.setResourceId(id);
        return made;
    }

    private void filter(
            String name, int priority, String description, java.util.function.UnaryOperator<TaskQuery> query) {
        Filter existing = filters.createFilterQuery().filterName(name).singleResult();
        Filter filter = existing == null ? filters.newTaskFilter(name) : existing;
        filter.setQuery(query.apply(engine.getTaskService().createTaskQuery()));
        filter.setProperties(
                Map.of("priority", priority, "description", description, "refresh", true, "color", "#1f5f5b"));
        filters.saveFilter(filter);
    }
}
