package dev.drawbridge.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Everything that somebody might try to be granted what the guardrails and the approvers did not agree to. */
@DrawbridgeTest
class GrantDoorTest {
    @Autowired
    World world;

    int grantsBefore;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        grantsBefore = world.grants();
    }

    @AfterEach
    void nothingWasGranted() {
        world.pass(Duration.ofMinutes(30));
        assertThat(world.grants()).isEqualTo(grantsBefore);
        assertThat(world.logins()).isEmpty();
    }

    private static Map<String, Object> variables(Map<String, String> values) {
        Map<String, Object> variables = new HashMap<>();
        values.forEach((name, value) -> variables.put(name, Map.of("value", value)));
        return variables;
    }

    private Answer startAt(String who, String activity, boolean skipListeners) {
        Map<String, Object> variables = variables(World.ask("orders-admin", "PT1H"));
        variables.put("verdict", Map.of("value", "ALLOWED"));
        variables.put("requestId", Map.of("value", UUID.randomUUID().toString()));
        return world.post(
                who,
                "/engine-rest/process-definition/key/access-request/start",
                Map.of(
                        "variables", variables,
                        "skipCustomListeners", skipListeners,
                        "skipIoMappings", skipListeners,
                        "startInstructions", List.of(Map.of("type", "startBeforeActivity", "activityId", activity))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task_grantAccess",
                "gateway_verdict",
                "gateway_cleared",
                "gateway_due",
                "task_useAccess",
                "task_approveAccess",
                "task_revokeAccess",
                "catchEvent_startReached"
            })
    void refusesAnInstanceThatIsStartedBehindTheGuardrails(String activity) {
        for (boolean skipListeners : new boolean[] {false, true}) {
            Answer answer = startAt("engineer", activity, skipListeners);

            assertThat(answer.status()).isGreaterThanOrEqualTo(400);
            assertThat(world.lastEntry()).startsWith("engineer: ").contains("started at its start, and nowhere else");
        }
        assertThat(world.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey("access-request")
                        .count())
                .isZero();
    }

    @Test
    void ignoresVariablesThatTheFormDoesNotHave() {
        Map<String, Object> variables = variables(World.ask("orders-write", "PT1H"));
        for (String claim :
                List.of("verdict", "approved", "levelOutcome", "expiresAt", "requestId", "endReason", "requester")) {
            variables.put(claim, Map.of("value", claim.equals("verdict") ? "ALLOWED" : "approved"));
        }
        Answer answer = world.post(
                "engineer", "/engine-rest/process-definition/key/access-request/start", Map.of("variables", variables));
        assertThat(answer.status()).isEqualTo(200);
        world.runDueJobs();

        UUID id = UUID.fromString(answer.get("businessKey"));
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
        assertThat(world.show(id).path("requester").asText()).isEqualTo("engineer");
    }

    @Test
    void refusesAPendingRequestThatIsMovedPastItsApproversInsideTheEngine() {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        world.engine()
                .getRuntimeService()
                .createProcessInstanceModification(world.instanceOf(id))
                .cancelAllForActivity("subProcess_approvalLevel")
                .startBeforeActivity("task_grantAccess")
                .execute();
        for (int minute = 0; minute < 10; minute++) {
            world.pass(Duration.ofMinutes(1));
        }

        assertThat(world.trail(id)).last().asString().contains("level 'manager' has 0 of 1 valid approvals");
        assertThat(world.engine()
                        .getRuntimeService()
                        .createIncidentQuery()
                        .processInstanceId(world.instanceOf(id))
                        .count())
                .as("an incident")
                .isEqualTo(1);
    }

    @Test
    void refusesARequestWhoseContentIsNotWhatTheVerdictWasGivenTo() {
        UUID id = world.request("engineer", later("orders-read"));
        world.superuser("drawbridge", "alter table access_request disable trigger all");
        world.superuser("drawbridge", "update access_request set entitlement = 'orders-admin' where id = '" + id + "'");
        world.superuser("drawbridge", "select set_open_right('" + id + "')");
        world.superuser("drawbridge", "alter table access_request enable trigger all");

        world.pass(Duration.ofHours(2));

        assertThat(world.trail(id)).last().asString().contains("given to another content");
    }

    @Test
    void refusesARequestWithoutAVerdict() {
        UUID id = world.request("engineer", later("orders-read"));
        world.superuser("drawbridge", "alter table verdict disable trigger all");
        world.superuser("drawbridge", "delete from verdict where request_id = '" + id + "'");
        world.superuser("drawbridge", "alter table verdict enable trigger all");

        world.pass(Duration.ofHours(2));

        assertThat(world.trail(id)).last().asString().contains("no verdict is on record");
    }

    @Test
    void refusesSelfApprovalThroughEveryDoorEvenForAnApprover() {
        IdentityService identities = world.engine().getIdentityService();
        identities.createMembership("engineer", "managers");
        identities.createMembership("engineer", "orders-owners");
        identities.setUserInfo("engineer", "manager", "engineer");
        try {
            UUID id = world.request("engineer", "orders-write", "PT1H");

            assertThat(world.decide("engineer", id, "approve").status()).isEqualTo(403);
            assertThat(world.lastEntry()).contains("Nobody decides on their own request");

            Answer task = complete("engineer", id, Map.of("decision", Map.of("value", "approve")));
            assertThat(task.status()).isGreaterThanOrEqualTo(400);
            assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
        } finally {
            identities.deleteMembership("engineer", "managers");
            identities.deleteMembership("engineer", "orders-owners");
            identities.setUserInfo("engineer", "manager", "manager");
        }
    }

    @Test
    void countsOnePersonOnceHoweverManyLevelsTheyBelongTo() {
        IdentityService identities = world.engine().getIdentityService();
        identities.createMembership("manager", "orders-owners");
        try {
            UUID id = world.request("engineer", "orders-write", "PT1H");
            world.decide("manager", id, "approve");

            Answer again = world.decide("manager", id, "approve");

            assertThat(again.status()).isEqualTo(409);
            assertThat(again.detail()).contains("from another person");
            assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
        } finally {
            identities.deleteMembership("manager", "orders-owners");
        }
    }

    @Test
    void refusesTheApprovalOfSomebodyWhoHasLeftTheGroupSince() {
        UUID id = world.request("engineer", later("orders-write"));
        world.decide("manager", id, "approve");
        world.decide("owner", id, "approve");
        assertThat(world.state(id)).isEqualTo("SCHEDULED");

        IdentityService identities = world.engine().getIdentityService();
        identities.deleteMembership("owner", "orders-owners");
        try {
            world.pass(Duration.ofHours(2));
            assertThat(world.outcome(id)).isEqualTo("FAILED");
            assertThat(world.trail(id)).last().asString().contains("level 'owner' counts no more");
        } finally {
            identities.createMembership("owner", "orders-owners");
        }
    }

    @Test
    void refusesARequesterWhoMayNoLongerHaveIt() {
        UUID id = world.request("engineer", later("orders-read"));
        IdentityService identities = world.engine().getIdentityService();
        identities.deleteMembership("engineer", "engineers");
        try {
            world.pass(Duration.ofHours(2));
            assertThat(world.outcome(id)).isEqualTo("FAILED");
            assertThat(world.trail(id)).last().asString().contains("may no longer have it");
        } finally {
            identities.createMembership("engineer", "engineers");
        }
    }

    @Test
    void refusesAnAnswerThatIsNeitherYesNorNoWhateverElseItClaims() {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        Answer answer = complete(
                "manager",
                id,
                Map.of(
                        "decision", Map.of("value", "sure"),
                        "levelOutcome", Map.of("value", "approved"),
                        "verdict", Map.of("value", "ALLOWED")));

        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void doesNotTakeTheNextLevelsApprovalFromAPositionThatAFormClaims() {
        UUID id = world.request("engineer", "orders-admin", "PT1H");

        Answer answer = complete(
                "manager",
                id,
                Map.of(
                        "decision", Map.of("value", "approve"),
                        "level", Map.of("value", 2, "type", "Integer"),
                        "nrOfCompletedInstances", Map.of("value", 3, "type", "Integer"),
                        "loopCounter", Map.of("value", 2, "type", "Integer")));
        world.runDueJobs();

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("is not a field of this form");
        assertThat(world.show(id).path("approvals")).isEmpty();
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void letsNobodyLayWordsBeneathAnothersAnswer() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "ask");
        Map<String, Object> planted = Map.of(
                "answer", Map.of("value", "because"),
                "decision", Map.of("value", "approve"),
                "comment", Map.of("value", "Fine by me"));
        assertThat(complete("engineer", id, planted).status()).isEqualTo(403);
        assertThat(complete("engineer", id, Map.of("answer", Map.of("value", "because")))
                        .status())
                .isEqualTo(204);

        String task = "/engine-rest/task/" + openTask(id);
        for (String door : List.of("/resolve", "/delegate", "/variables", "/localVariables")) {
            assertThat(world.post(
                                    "manager",
                                    task + door,
                                    Map.of("userId", "manager2", "variables", planted, "modifications", planted))
                            .status())
                    .as(door)
                    .isGreaterThanOrEqualTo(400);
        }
        assertThat(world.call("manager", "PUT", task + "/variables/decision", Map.of("value", "approve"))
                        .status())
                .isGreaterThanOrEqualTo(400);
        assertThat(world.post("manager", task + "/comment/create", Map.of("message", "Off the record"))
                        .status())
                .isGreaterThanOrEqualTo(400);

        assertThat(complete("manager", id, Map.of()).status()).isGreaterThanOrEqualTo(400);
        assertThat(world.show(id).path("approvals")).isEmpty();
        assertThat(world.trail(id)).noneMatch(sentence -> sentence.contains("Fine by me"));
    }

    @Test
    void takesPlainWordsInAFormAndNothingThatTheProcessCountsWith() {
        UUID id = world.request("engineer", "orders-admin", "PT1H");
        for (String counted : List.of("nrOfInstances", "loopCounter", "level", "levelOutcome", "verdict")) {
            assertThat(complete(
                                    "manager",
                                    id,
                                    Map.of(
                                            "decision",
                                            Map.of("value", "approve"),
                                            counted,
                                            Map.of("value", 1, "type", "Integer")))
                            .text())
                    .as(counted)
                    .contains("'" + counted + "' is not a field of this form");
        }
        assertThat(complete("manager", id, Map.of("decision", Map.of("value", "YXBwcm92ZQ==", "type", "Bytes")))
                        .status())
                .isEqualTo(403);
        assertThat(complete("manager", id, Map.of("note", Map.of("value", "YXBw", "type", "Bytes")))
                        .status())
                .isEqualTo(403);
        assertThat(world.post(
                                "manager",
                                "/engine-rest/task/" + openTask(id) + "/submit-form",
                                Map.of(
                                        "variables",
                                        Map.of(
                                                "decision", Map.of("value", "approve"),
                                                "nrOfInstances", Map.of("value", 1, "type", "Integer"))))
                        .status())
                .isEqualTo(403);
        assertThat(world.show(id).path("approvals")).isEmpty();
    }

    @Test
    void aRequestThatIsStuckBeforeItsGrantCanBeWithdrawn() {
        UUID id = world.request("engineer", "orders-admin", "PT1H");
        RuntimeService runtime = world.engine().getRuntimeService();
        VariableInstance levels = runtime.createVariableInstanceQuery()
                .processInstanceIdIn(world.instanceOf(id))
                .variableName("nrOfInstances")
                .singleResult();
        runtime.setVariableLocal(levels.getExecutionId(), "nrOfInstances", 1);
        world.decide("manager", id, "approve");
        for (int tries = 0; tries < 6; tries++) {
            world.pass(Duration.ofMinutes(2));
        }
        assertThat(world.loginExists(id)).as("the door stays shut").isFalse();
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");

        assertThat(world.act("manager", id, "withdrawal", null).status()).isEqualTo(403);
        assertThat(world.act("engineer", id, "withdrawal", null).status()).isEqualTo(200);

        assertThat(world.outcome(id)).isEqualTo("WITHDRAWN");
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceId(world.instanceOf(id))
                        .count())
                .isZero();
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void letsNobodyButTheRequesterReveal() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        grantsBefore++;
        for (String other : List.of("engineer2", "manager", "security", "operator", "auditor")) {
            Answer answer = world.act(other, id, "credentials", null);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).doesNotContain("password\":");
        }
        assertThat(world.trail(id)).last().asString().contains("Only who asked can reveal");
        world.act("engineer", id, "return", null);
        assertThat(world.act("engineer", id, "credentials", null).status()).isEqualTo(409);
    }

    private String openTask(UUID id) {
        return world.engine()
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(world.instanceOf(id))
                .singleResult()
                .getId();
    }

    private Answer complete(String who, UUID id, Map<String, Object> variables) {
        return world.post(who, "/engine-rest/task/" + openTask(id) + "/complete", Map.of("variables", variables));
    }

    private Map<String, String> later(String entitlement) {
        return World.ask(
                entitlement,
                "PT1H",
                "startsAt",
                world.clock().instant().plus(Duration.ofHours(1)).toString());
    }
}
