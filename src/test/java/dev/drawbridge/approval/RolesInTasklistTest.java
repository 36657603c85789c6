package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.Group;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** What is for a role waits in Tasklist for the members of the groups behind it, whatever a company calls those. */
@DrawbridgeTest
@TestPropertySource(properties = "drawbridge.roles.security=managers")
class RolesInTasklistTest {
    @Autowired
    World world;

    ProcessOfOnesOwn published;
    UUID request;
    String task;

    @BeforeEach
    void askForWhatSecurityIsToDoSomethingAbout() {
        world.startAfresh();
        published = new ProcessOfOnesOwn(world.engine());
        published.publish("""
            <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_inform"/>
            <bpmn:userTask id="task_inform" name="Inform" camunda:candidateGroups="security"/>
            """);
        request = world.request("engineer", "app-logs-read", "PT30M");
        task = world.engine()
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(world.instanceOf(request))
                .singleResult()
                .getId();
    }

    @AfterEach
    void takeBack() {
        published.takeBack();
    }

    @ParameterizedTest
    @CsvSource({"manager2, true", "security, false"})
    void findsItUnderMyApprovals(String person, boolean isOne) {
        String filter = world.engine()
                .getFilterService()
                .createFilterQuery()
                .filterName("My approvals")
                .singleResult()
                .getId();

        for (String door : List.of("/camunda/api/engine/engine/default", "/engine-rest")) {
            String found =
                    world.get(person, door + "/filter/" + filter + "/list").text();
            assertThat(found.contains(task)).as(door + ": " + found).isEqualTo(isOne);
        }
    }

    @Test
    void findsItByTheLinkOfTheMail() {
        assertThat(world.get("manager2", "/requests/" + request + "/task")
                        .headers()
                        .firstValue("location")
                        .orElse(""))
                .endsWith("/tasks/" + task);
    }

    @Test
    void showsAdministratorsTheGroupsAsTheAccountsHaveThem() {
        IdentityService identities = world.engine().getIdentityService();
        AuthorizationService authorizations = world.engine().getAuthorizationService();
        Authorization right = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        right.setUserId("somebody");
        right.setResource(Resources.GROUP);
        right.setResourceId(Authorization.ANY);
        right.addPermission(Permissions.READ);
        authorizations.saveAuthorization(right);
        identities.setAuthentication("somebody", List.of());
        try {
            assertThat(identities.createGroupQuery().groupMember("manager2").list())
                    .extracting(Group::getId)
                    .containsExactly("managers");
        } finally {
            identities.clearAuthentication();
            authorizations.deleteAuthorization(right.getId());
        }
    }
}
