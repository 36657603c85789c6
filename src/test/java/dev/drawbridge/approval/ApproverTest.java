package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What an approver can do beside saying yes and no, and who may stand in. */
@DrawbridgeTest
class ApproverTest {
    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    private Answer narrow(String who, UUID id, String duration, String entitlement) {
        Map<String, String> body = new HashMap<>();
        body.put("decision", "approve");
        body.put("duration", duration);
        body.put("entitlement", entitlement);
        Answer answer = world.post(who, "/api/v1/access-requests/" + id + "/decision", body);
        world.runDueJobs();
        return answer;
    }

    private JsonNode approval(UUID id) {
        return world.get("auditor", "/api/v1/access-requests/" + id + "/approval")
                .json();
    }

    private long due(UUID id) {
        return world.engine()
                .getManagementService()
                .createJobQuery()
                .processInstanceId(world.instanceOf(id))
                .executable()
                .count();
    }

    private List<String> timers(UUID id) {
        return world
                .engine()
                .getManagementService()
                .createJobQuery()
                .processInstanceId(world.instanceOf(id))
                .timers()
                .list()
                .stream()
                .map(timer -> timer.getDuedate().toInstant().toString())
                .toList();
    }

    private String task(UUID id) {
        return world.engine()
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(world.instanceOf(id))
                .taskDefinitionKey("task_approveAccess")
                .singleResult()
                .getId();
    }

    @Test
    void approvesForAShorterTime() {
        UUID id = world.request("engineer", "orders-read", "PT2H");

        Answer answer = narrow("manager", id, "PT30M", null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.get("id")).isEqualTo(id.toString());
        assertThat(answer.json()
                        .path("approvals")
                        .get(0)
                        .path("narrowedTo")
                        .path("duration")
                        .asText())
                .isEqualTo("PT30M");

        assertThat(world.show(id).path("grant").path("expiresAt").asText())
                .isEqualTo(world.clock().instant().plus(Duration.ofMinutes(30)).toString());
        assertThat(world.trail(id))
                .anyMatch(sentence -> sentence.contains("but only Orders, masked (orders-read) for 30 minutes"));
    }

    @Test
    void approvesALesserEntitlementOfTheSameResource() throws Exception {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        assertThat(approval(id).path("narrower").findValuesAsText("id"))
                .containsExactly("orders-read", "orders-read-unmasked");

        narrow("manager", id, null, "orders-read");
        world.decide("owner", id, "approve");

        assertThat(
                        world.query(
                                "select g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid"
                                        + " join pg_roles l on l.oid = m.member where l.rolname like 'drawbridge\\_%\\_' or l.rolname ~ '^drawbridge_[0-9a-f]{12}$'"))
                .containsExactly("orders_read");
        try (var connection = world.connect("engineer", id)) {
            assertThat(World.values(connection, "select name from customers limit 1"))
                    .allMatch(name -> name.endsWith("***"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "PT2H, null",
                "PT0S, null",
                "-PT1M, null",
                "soon, null",
                "null, orders-admin",
                "null, app-logs-read",
                "null, no-such-thing"
            })
    void refusesToWidenOrToApproveSomethingElse(String duration, String entitlement) {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        Answer answer = narrow("manager", id, duration, entitlement);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.get("code")).isEqualTo("not-narrower");
        assertThat(world.show(id).path("approvals")).isEmpty();
    }

    @Test
    void doesNotLetALaterApproverWidenWhatAnEarlierOneNarrowed() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        narrow("manager", id, "PT30M", "orders-read-unmasked");

        assertThat(narrow("owner", id, "PT1H", null).status()).isEqualTo(422);
        assertThat(narrow("owner", id, null, "orders-write").status()).isEqualTo(422);
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void tellsWhoeverAsksBackThatItIsAskedThoughTheyAreNotAskedThemselvesMeanwhile() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.pass(Duration.ofDays(1));
        world.runScheduled("ApprovalTasks");

        Answer asked = world.post(
                "manager2",
                "/api/v1/access-requests/" + id + "/decision",
                Map.of("decision", "ask", "comment", "Which order?"));

        assertThat(asked.status()).as(asked.text()).isEqualTo(200);
        assertThat(asked.get("id")).isEqualTo(id.toString());
        assertThat(approval(id).path("open").path("awaitsAnswer").asBoolean()).isTrue();
    }

    @Test
    void showsARequestToWhomATierAddedOrItWasHandedToWhileTheRequesterIsAsked() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.pass(Duration.ofDays(1));
        String decision = "/api/v1/access-requests/" + id + "/decision";
        String path = "/api/v1/access-requests/" + id;
        assertThat(world.post("manager", decision, Map.of("decision", "ask", "comment", "Which order?"))
                        .status())
                .isEqualTo(200);

        assertThat(world.get("manager2", path).status()).as("the tier's").isEqualTo(200);
        assertThat(world.get("owner", path).status()).as("a later level's").isEqualTo(200);
        assertThat(world.get("security", path).status()).isEqualTo(200);
        assertThat(world.get("engineer2", path).status()).as("nobody's").isEqualTo(404);

        UUID other = world.request("engineer2", "orders-write", "PT1H");
        String given = "/api/v1/access-requests/" + other;
        assertThat(world.act("manager", other, "hand-over", Map.of("to", "manager2"))
                        .status())
                .isEqualTo(200);
        assertThat(world.act("manager2", other, "decision", Map.of("decision", "ask", "comment", "Which?"))
                        .status())
                .isEqualTo(200);
        assertThat(world.get("manager2", given).status()).as("handed to them").isEqualTo(200);
        assertThat(world.act("manager2", other, "hand-over", Map.of("to", "manager"))
                        .status())
                .as("back")
                .isEqualTo(200);
        assertThat(world.get("manager2", given).status()).as("no more").isEqualTo(404);
    }

    @Test
    void asksTheRequesterBackAndLetsTheClockStandStillUntilTheAnswerIsIn() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        Instant deadline =
                Instant.parse(approval(id).path("open").path("deadlineAt").asText());
        world.pass(Duration.ofHours(1));
        assertThat(world.post(
                                "manager",
                                "/api/v1/access-requests/" + id + "/decision",
                                Map.of("decision", "ask", "comment", "Which order?"))
                        .status())
                .isEqualTo(200);
        assertThat(world.trail(id))
                .last()
                .asString()
                .startsWith("Mara Manager (manager) asked back at level manager: “Which order?”");

        for (int hour = 0; hour < 24; hour++) {
            world.clock().advance(Duration.ofHours(1));
            // What is looked at again in between moves on by itself, and not more often than that.
            world.runDueJobs();
            assertThat(due(id)).as("what stands still is not due again at once").isZero();
        }
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
        assertThat(world.trail(id)).noneMatch(sentence -> sentence.contains("reminded"));
        Answer early = world.decide("manager", id, "approve");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.get("code")).isEqualTo("awaiting-answer");
        assertThat(world.act("engineer2", id, "answer", Map.of("answer", "mine"))
                        .status())
                .isEqualTo(404);
        assertThat(world.act("manager", id, "answer", Map.of("answer", "mine")).status())
                .isEqualTo(403);
        assertThat(world.act("engineer", id, "answer", Map.of("answer", " ")).status())
                .isEqualTo(400);

        Answer given = world.act("engineer", id, "answer", Map.of("answer", "Order 4711"));
        assertThat(given.status()).isEqualTo(200);
        assertThat(given.get("id")).isEqualTo(id.toString());

        assertThat(world.trail(id))
                .last()
                .isEqualTo("Erin Engineer (engineer) answered Mara Manager (manager): “Order 4711”");
        assertThat(world.engine().getRuntimeService().getVariables(world.instanceOf(id)))
                .as("the answer to the next question starts empty")
                .doesNotContainKey("answer");

        JsonNode around = approval(id);
        assertThat(timers(id))
                .as("the timers have moved along")
                .contains(
                        around.path("open").path("deadlineAt").asText(),
                        around.path("open").path("reminderAt").asText(),
                        around.path("open").path("escalatesAt").asText());
        assertThat(around.path("names").path("manager").asText()).isEqualTo("Mara Manager");
        assertThat(around.path("thread").findValuesAsText("text")).containsExactly("Which order?");
        assertThat(around.path("thread").findValuesAsText("answer")).containsExactly("Order 4711");
        assertThat(Instant.parse(around.path("open").path("deadlineAt").asText()))
                .isEqualTo(deadline.plus(Duration.ofDays(1)));
        world.pass(Duration.ofHours(3));
        assertThat(world.trail(id)).last().asString().contains("reminded (1)");
        assertThat(world.decide("manager", id, "approve").status()).isEqualTo(200);
    }

    @Test
    void goesOnWithoutAnAnswerThatDoesNotComeAndLetsTheClockRunAgain() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "ask");
        for (int hour = 0; hour < 49; hour++) {
            world.pass(Duration.ofHours(1));
        }

        assertThat(world.trail(id))
                .anyMatch(sentence -> sentence.contains("did not answer Mara Manager (manager) in time"));
        assertThat(approval(id).path("open").path("awaitsAnswer").asBoolean()).isFalse();
        assertThat(world.decide("manager", id, "reject").status()).isEqualTo(200);
        assertThat(world.outcome(id)).isEqualTo("REJECTED");
    }

    @Test
    void takesNoAnswerOnceTheDeadlineIsOverHoweverLateItsTimerIs() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.clock().advance(Duration.ofDays(3));

        assertThat(world.post(
                                "manager",
                                "/api/v1/access-requests/" + id + "/decision",
                                Map.of("decision", "approve", "comment", ""))
                        .get("code"))
                .isEqualTo("deadline-passed");
        world.runDueJobs();
        assertThat(world.outcome(id)).isEqualTo("TIMED_OUT");
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void takesNoWordOfTheRequesterForTheAnswerOfAnApprover() {
        Map<String, Object> variables = new java.util.HashMap<>();
        World.ask("orders-write", "PT1H").forEach((name, value) -> variables.put(name, Map.of("value", value)));
        variables.put("decision", Map.of("value", "approve"));
        variables.put("comment", Map.of("value", "Checked with everybody"));
        world.post(
                "engineer", "/engine-rest/process-definition/key/access-request/start", Map.of("variables", variables));
        UUID id = UUID.fromString(world.get("engineer", "/api/v1/access-requests?state=PENDING_APPROVAL")
                .json()
                .path("items")
                .get(0)
                .path("id")
                .asText());

        Answer empty = world.post("manager", "/engine-rest/task/" + task(id) + "/complete", Map.of());

        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.get("message"))
                .as("the sentence alone, without the engine's names for it")
                .isEqualTo("Say whether you approve, reject or ask back: 'approve', 'reject' or 'ask'.");
        assertThat(world.show(id).path("approvals")).isEmpty();
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void letsNobodyEndATaskAroundItsAnswer() {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        assertThat(world.post(
                                "manager",
                                "/engine-rest/task/" + task(id) + "/bpmnError",
                                Map.of("errorCode", "rejected"))
                        .status())
                .isEqualTo(403);
        assertThat(world.post(
                                "manager",
                                "/engine-rest/task/" + task(id) + "/bpmnEscalation",
                                Map.of("escalationCode", "x"))
                        .status())
                .isEqualTo(403);

        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void keepsATaskFromNobodyElseBecauseSomebodyHasClaimedIt() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        assertThat(world.post("manager", "/engine-rest/task/" + task(id) + "/claim", Map.of("userId", "manager"))
                        .status())
                .isEqualTo(204);
        world.pass(Duration.ofHours(24));

        assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("may answer as well"));
        assertThat(world.post("manager2", "/engine-rest/task/" + task(id) + "/claim", Map.of("userId", "manager2"))
                        .status())
                .isEqualTo(204);
        assertThat(world.decide("manager2", id, "approve").status()).isEqualTo(200);
    }

    @Test
    void letsNoRequesterClaimTheTaskThatDecidesOnTheirRequest() {
        world.engine().getIdentityService().createMembership("engineer", "orders-owners");
        try {
            UUID id = world.request("engineer", "orders-write", "PT1H");
            world.decide("manager", id, "approve");
            assertThat(approval(id).path("open").path("waitsFor").toString())
                    .contains("Owner")
                    .doesNotContain("Erin");

            assertThat(world.post("engineer", "/engine-rest/task/" + task(id) + "/claim", Map.of("userId", "engineer"))
                            .status())
                    .isGreaterThanOrEqualTo(400);

            assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("Nobody decides on their own request"));
            assertThat(world.decide("owner", id, "approve").status()).isEqualTo(200);
        } finally {
            world.engine().getIdentityService().deleteMembership("engineer", "orders-owners");
        }
    }

    @Test
    void keepsAHandOverThroughAQuestion() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.act("manager", id, "hand-over", Map.of("to", "manager2"));
        world.decide("manager2", id, "ask");
        world.act("engineer", id, "answer", Map.of("answer", "Order 4711"));

        assertThat(world.decide("manager2", id, "approve").status()).isEqualTo(200);
        assertThat(world.show(id).path("approvals").get(0).path("forPerson").asText())
                .isEqualTo("manager");
    }

    @Test
    void asksWhoeverLeadsTheRequesterNow() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.engine().getIdentityService().setUserInfo("engineer", "manager", "manager2");
        try {
            world.runScheduled("ApprovalTasks");

            assertThat(world.decide("manager", id, "approve").status()).isEqualTo(403);
            assertThat(world.show(id).path("approvals")).isEmpty();
            assertThat(world.decide("manager2", id, "approve").status()).isEqualTo(200);
        } finally {
            world.engine().getIdentityService().setUserInfo("engineer", "manager", "manager");
        }
    }

    @Test
    void approvesNothingForARequesterWhoMayNotHaveItAnyMore() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.engine().getIdentityService().deleteMembership("engineer", "engineers");
        try {
            assertThat(world.decide("manager", id, "approve").get("code")).isEqualTo("requester-not-eligible");
            assertThat(world.show(id).path("approvals")).isEmpty();
        } finally {
            world.engine().getIdentityService().createMembership("engineer", "engineers");
        }
    }

    @Test
    void handsOverToAColleagueWhoAnswersInTheirPlace() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        for (String nobody : List.of("engineer", "owner", "manager", "no-such-person", "")) {
            assertThat(world.act("manager", id, "hand-over", Map.of("to", nobody))
                            .status())
                    .as(nobody)
                    .isEqualTo(422);
        }
        assertThat(world.get("manager", "/api/v1/access-requests/" + id + "/colleagues")
                        .json()
                        .findValuesAsText("id"))
                .containsExactly("manager2");
        world.post("manager", "/engine-rest/task/" + task(id) + "/claim", Map.of("userId", "manager"));
        Answer handed = world.act("manager", id, "hand-over", Map.of("to", "manager2"));
        assertThat(handed.status()).isEqualTo(200);
        assertThat(handed.get("id")).isEqualTo(id.toString());
        assertThat(assignee(id)).as("it is free for whom it was handed to").isNull();

        assertThat(world.decide("manager2", id, "approve").status()).isEqualTo(200);

        assertThat(world.trail(id))
                .anyMatch(sentence -> sentence.equals(
                        "Mara Manager (manager) handed it over to Milo Manager (manager2) at level manager."))
                .anyMatch(sentence -> sentence.startsWith(
                        "Milo Manager (manager2) approved at level manager in place of Mara Manager (manager)"));
        assertThat(world.decide("manager", id, "approve").status()).isIn(403, 409);
    }

    @Test
    void handsOverNothingThatIsOverAndToNobodyWhoHasBeenHeard() {
        UUID withdrawn = world.request("engineer", "orders-write", "PT1H");
        world.act("engineer", withdrawn, "withdrawal", null);
        UUID id = world.request("engineer2", "orders-admin", "PT1H");
        world.decide("manager", id, "approve");
        world.decide("owner", id, "approve");

        assertThat(world.act("manager", withdrawn, "hand-over", Map.of("to", "manager2"))
                        .get("code"))
                .isEqualTo("already-settled");
        assertThat(world.act("owner2", id, "hand-over", Map.of("to", "owner")).detail())
                .contains("Olga Owner has been heard");
        assertThat(world.act("owner", id, "hand-over", Map.of("to", "owner2")).get("code"))
                .isEqualTo("already-answered");
        assertThat(world.get("owner2", "/api/v1/access-requests/" + id + "/colleagues")
                        .json()
                        .findValuesAsText("id"))
                .as("who steps in for the owners, and has not been heard")
                .containsExactly("security", "security2");
        assertThat(world.trail(id)).noneMatch(sentence -> sentence.contains("handed it over"));
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void letsAColleagueTakeOverWhatSomebodyHasClaimedAndNobodyElse() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "approve");
        world.post("owner", "/engine-rest/task/" + task(id) + "/claim", Map.of("userId", "owner"));
        assertThat(world.get("owner2", "/api/v1/access-requests/" + id + "/approval")
                        .json()
                        .at("/open/claimedBy")
                        .asText())
                .isEqualTo("Olga Owner");

        for (String other : List.of("engineer", "manager", "security", "auditor")) {
            assertThat(world.act(other, id, "claim", null).status()).as(other).isEqualTo(403);
        }
        assertThat(assignee(id)).isEqualTo("owner");
        assertThat(world.act("owner2", id, "claim", null).status()).isEqualTo(200);
        assertThat(assignee(id)).isEqualTo("owner2");
        String claim = "/api/v1/access-requests/" + id + "/claim";
        assertThat(world.call("owner", "DELETE", claim, null).status()).isEqualTo(200);
        assertThat(assignee(id)).as("only one's own is given back").isEqualTo("owner2");
        assertThat(world.call("owner2", "DELETE", claim, null).status()).isEqualTo(200);

        assertThat(assignee(id)).isNull();
        assertThat(world.decide("owner2", id, "approve").status()).isEqualTo(200);
    }

    @Test
    void claimsNothingThatIsOver() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.act("engineer", id, "withdrawal", null);

        assertThat(world.act("manager", id, "claim", null).get("code")).isEqualTo("already-settled");
    }

    @Test
    void saysOfACommentHoweverLongHowManyCharactersItMayHave() {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        Answer answer =
                world.act("manager", id, "decision", Map.of("decision", "approve", "comment", "x".repeat(30_000)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo("The comment has 30000 characters; at most 2000 are taken.");
        assertThat(world.show(id).path("approvals")).isEmpty();
    }

    @Test
    void isAskedBackThreeTimesAtALevelAtMost() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        for (int n = 0; n < 3; n++) {
            assertThat(world.decide("manager", id, "ask").status()).isEqualTo(200);
            world.act("engineer", id, "answer", Map.of("answer", "As I said"));
        }

        assertThat(world.decide("manager", id, "ask").get("code")).isEqualTo("asked-enough");
        assertThat(world.decide("manager", id, "approve").status()).isEqualTo(200);
    }

    @Test
    void freesWhatSomebodyClaimedBeforeTheirAbsenceOnceItBegins() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        appoint("manager", "manager2", Duration.ofHours(1), Duration.ofHours(5));
        world.post("manager", "/engine-rest/task/" + task(id) + "/claim", Map.of("userId", "manager"));
        world.runScheduled("ApprovalTasks");
        assertThat(assignee(id)).isEqualTo("manager");

        world.pass(Duration.ofHours(1));
        world.runScheduled("ApprovalTasks");
        assertThat(assignee(id)).isNull();

        world.post("manager", "/engine-rest/task/" + task(id) + "/claim", Map.of("userId", "manager"));
        world.pass(Duration.ofMinutes(1));
        world.runScheduled("ApprovalTasks");
        assertThat(assignee(id)).as("who claims it while absent means it").isEqualTo("manager");
    }

    @Test
    void changesNoRightsBecauseSomebodyIsNamedADeputy() {
        var authorizations = world.engine().getAuthorizationService();
        Authorization ban = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_REVOKE);
        ban.setUserId("engineer2");
        ban.setResource(Resources.PROCESS_DEFINITION);
        ban.setResourceId("access-request");
        ban.setPermissions(new Permission[] {ProcessDefinitionPermissions.CREATE_INSTANCE});
        authorizations.saveAuthorization(ban);
        world.engine().getIdentityService().createMembership("engineer2", "managers");
        try {
            UUID id = world.request("engineer", "orders-write", "PT1H");
            appoint("manager", "engineer2", Duration.ZERO, Duration.ofHours(5));

            assertThat(world.post("engineer2", "/api/v1/access-requests", World.ask("app-logs-read", "PT1H"))
                            .status())
                    .isEqualTo(403);
            assertThat(world.decide("engineer2", id, "approve").status())
                    .as("a deputy all the same")
                    .isEqualTo(200);
        } finally {
            world.engine().getIdentityService().deleteMembership("engineer2", "managers");
            authorizations.deleteAuthorization(ban.getId());
        }
    }

    @Test
    void namesTenDeputiesAtMostAndNoneFarAway() {
        for (int n = 0; n < 10; n++) {
            appoint("manager2", "manager", Duration.ofDays(n), Duration.ofDays(n + 1));
        }
        Map<String, String> another = Map.of(
                "deputy", "manager",
                "from", world.clock().instant().plus(Duration.ofDays(20)).toString(),
                "until", world.clock().instant().plus(Duration.ofDays(21)).toString());

        assertThat(world.post("manager2", "/api/v1/deputies", another).get("code"))
                .isEqualTo("too-many-deputies");
        assertThat(world.post(
                                "manager",
                                "/api/v1/deputies",
                                Map.of(
                                        "deputy",
                                        "owner2",
                                        "from",
                                        "+999999998-12-31T00:00:00Z",
                                        "until",
                                        "+999999999-12-31T00:00:00Z"))
                        .status())
                .isEqualTo(422);
        assertThat(world.post(
                                "manager",
                                "/api/v1/deputies",
                                Map.of(
                                        "deputy",
                                        "owner\u0000",
                                        "from",
                                        world.clock().instant().toString(),
                                        "until",
                                        world.clock()
                                                .instant()
                                                .plus(Duration.ofHours(1))
                                                .toString()))
                        .status())
                .isEqualTo(422);
    }

    /** While a person is in a group. */
    private void asMember(String person, String group, Runnable what) {
        world.engine().getIdentityService().createMembership(person, group);
        try {
            what.run();
        } finally {
            world.engine().getIdentityService().deleteMembership(person, group);
        }
    }

    private UUID appoint(String person, String deputy, Duration from, Duration until) {
        Instant now = world.clock().instant();
        Answer answer = world.post(
                person,
                "/api/v1/deputies",
                Map.of(
                        "deputy", deputy,
                        "from", now.plus(from).toString(),
                        "until", now.plus(until).toString()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return UUID.fromString(answer.get("id"));
    }

    @Test
    void letsADeputyAnswerForThePeriodAndPutsBothOnRecord() {
        UUID before = world.request("engineer", "orders-write", "PT1H");
        appoint("manager", "manager2", Duration.ZERO, Duration.ofHours(3));
        UUID during = world.request("engineer2", "orders-write", "PT1H");

        assertThat(world.get("manager2", "/engine-rest/task").json().findValuesAsText("processInstanceId"))
                .contains(world.instanceOf(before), world.instanceOf(during));
        assertThat(world.decide("manager2", before, "approve").status()).isEqualTo(200);
        assertThat(world.trail(before)).anyMatch(sentence -> sentence.contains("in place of Mara Manager"));

        world.pass(Duration.ofHours(3));
        assertThat(world.decide("manager2", during, "approve").status()).isEqualTo(403);
        assertThat(world.get("manager2", "/api/v1/deputies").json()).isEmpty();
    }

    private String assignee(UUID id) {
        return world.engine()
                .getTaskService()
                .createTaskQuery()
                .taskId(task(id))
                .singleResult()
                .getAssignee();
    }

    @Test
    void setsFreeForTheDeputyWhatTheAbsentPersonHasClaimed() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.post("manager", "/engine-rest/task/" + task(id) + "/claim", Map.of("userId", "manager"));

        appoint("manager", "manager2", Duration.ZERO, Duration.ofHours(3));

        assertThat(assignee(id)).isNull();
        assertThat(world.get("manager", "/api/v1/deputies").json().findValuesAsText("deputy"))
                .containsExactly("manager2");
        assertThat(world.get("manager2", "/api/v1/deputies").json().findValuesAsText("person"))
                .containsExactly("manager");
    }

    @Test
    void showsATaskNoMoreToWhoHasAnswered() {
        UUID id = world.request("engineer", "orders-admin", "PT1H");
        world.decide("manager", id, "approve");
        String instance = world.instanceOf(id);
        assertThat(world.get("owner", "/engine-rest/task").json().findValuesAsText("processInstanceId"))
                .contains(instance);

        world.decide("owner", id, "approve");

        assertThat(world.get("owner", "/engine-rest/task").json().findValuesAsText("processInstanceId"))
                .doesNotContain(instance);
        assertThat(world.get("owner2", "/engine-rest/task").json().findValuesAsText("processInstanceId"))
                .contains(instance);
    }

    @Test
    void showsADeputyTheOpenTasksOnceThePeriodBegins() {
        asMember("owner2", "managers", () -> {
            UUID id = world.request("engineer", "orders-write", "PT1H");
            appoint("manager", "owner2", Duration.ofHours(1), Duration.ofHours(5));
            assertThat(world.decide("owner2", id, "approve").status()).isIn(403, 404);

            world.pass(Duration.ofHours(1));
            world.runScheduled("ApprovalTasks");

            assertThat(world.decide("owner2", id, "approve").status()).isEqualTo(200);
            assertThat(world.decide("owner2", id, "approve").status())
                    .as("but not as an owner as well")
                    .isEqualTo(409);
            world.runScheduled("ApprovalTasks");
            assertThat(world.get("owner", "/engine-rest/task?candidateUser=owner")
                            .json())
                    .as("who is left is asked as long as it waits")
                    .hasSize(1);
            assertThat(world.decide("owner", id, "approve").status()).isEqualTo(200);
            assertThat(world.state(id)).isEqualTo("ACTIVE");
        });
    }

    @Test
    void neverLetsADeputyAnswerOnTheirOwnRequest() {
        asMember("engineer", "managers", () -> {
            appoint("manager", "engineer", Duration.ZERO, Duration.ofHours(5));
            UUID id = world.request("engineer", "orders-write", "PT1H");

            assertThat(world.decide("engineer", id, "approve").status()).isEqualTo(403);
            assertThat(world.show(id).path("approvals")).isEmpty();

            UUID others = world.request("engineer2", "orders-write", "PT1H");
            assertThat(world.decide("engineer", others, "approve").status()).isEqualTo(200);
        });
    }

    @Test
    void goesOneHopOnly() {
        asMember("operator", "managers", () -> {
            appoint("manager", "manager2", Duration.ZERO, Duration.ofHours(5));
            appoint("manager2", "operator", Duration.ZERO, Duration.ofHours(5));
            UUID id = world.request("engineer", "orders-write", "PT1H");

            assertThat(world.decide("operator", id, "approve").status()).isEqualTo(403);
            assertThat(world.show(id).path("approvals")).isEmpty();
        });
    }

    @Test
    void countsADeputyAndThePersonTheyStandInForOnce() {
        appoint("owner", "security2", Duration.ZERO, Duration.ofHours(5));
        UUID id = world.request("engineer", "orders-admin", "PT1H");
        world.decide("manager", id, "approve");
        assertThat(world.decide("security2", id, "approve").status()).isEqualTo(200);

        assertThat(world.decide("owner", id, "approve").status()).isEqualTo(409);

        assertThat(world.decide("owner2", id, "approve").status()).isEqualTo(200);
        assertThat(approval(id).path("open").path("name").asText()).isEqualTo("security");
    }

    @Test
    void letsAPersonDismissTheirDeputyAndNobodyElses() {
        UUID appointed = appoint("manager", "manager2", Duration.ZERO, Duration.ofHours(5));
        UUID id = world.request("engineer", "orders-write", "PT1H");
        String path = "/api/v1/deputies/" + appointed;
        assertThat(world.post("manager2", "/engine-rest/task/" + task(id) + "/claim", Map.of("userId", "manager2"))
                        .status())
                .isEqualTo(204);
        assertThat(world.call("manager2", "DELETE", path, null).status()).isEqualTo(404);

        assertThat(world.get("manager2", "/engine-rest/task").json().findValuesAsText("processInstanceId"))
                .contains(world.instanceOf(id));

        assertThat(world.call("manager", "DELETE", path, null).status()).isEqualTo(204);

        assertThat(world.lastEntry())
                .isEqualTo("manager: Milo Manager (manager2) is no longer deputy of Mara Manager (manager).");
        assertThat(world.get("manager2", "/engine-rest/task").json().findValuesAsText("processInstanceId"))
                .doesNotContain(world.instanceOf(id));
        assertThat(assignee(id)).isNull();

        world.clock().advance(Duration.ofSeconds(1));
        assertThat(world.decide("manager2", id, "approve").status()).isEqualTo(404);
        assertThat(world.show(id).path("approvals")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "manager, 2035-01-01T00:00:00Z, 2099-01-01T00:00:00Z, no-such-deputy",
        "nobody-here, 2035-01-01T00:00:00Z, 2099-01-01T00:00:00Z, no-such-deputy",
        "security, 2035-01-01T00:00:00Z, 2035-01-02T00:00:00Z, period-over",
        "security, 2098-01-02T00:00:00Z, 2098-01-01T00:00:00Z, period-over",
        "security, 2098-01-01T00:00:00Z, 2099-01-01T00:00:00Z, period-too-long",
        "security, soon, 2099-01-01T00:00:00Z, invalid-from",
        "security, 2098-01-01T00:00:00Z, later, invalid-until"
    })
    void refusesADeputyThatCannotBe(String deputy, String from, String until, String code) {
        Answer answer =
                world.post("manager", "/api/v1/deputies", Map.of("deputy", deputy, "from", from, "until", until));

        assertThat(answer.get("code")).isEqualTo(code);
        assertThat(world.get("manager", "/api/v1/deputies").json()).isEmpty();
    }

    @Test
    void answersSeveralRequestsEachJudgedOnItsOwn() {
        UUID fine = world.request("engineer", "orders-write", "PT1H");
        UUID also = world.request("engineer2", "orders-write", "PT1H");
        UUID unknown = UUID.randomUUID();

        Answer answer = world.post(
                "manager",
                "/api/v1/decisions",
                List.of(
                        Map.of("id", fine, "decision", "approve"),
                        Map.of("id", unknown, "decision", "approve"),
                        Map.of("id", also, "decision", "perhaps"),
                        Map.of("id", also, "decision", "reject", "comment", "Not today")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().findValuesAsText("code"))
                .containsExactly("null", "unknown-request", "invalid-decision", "null");
        assertThat(answer.json().get(0).path("request").path("id").asText()).isEqualTo(fine.toString());
        assertThat(answer.json().get(1).path("request").isNull()).isTrue();
        assertThat(world.outcome(also)).isEqualTo("REJECTED");
        assertThat(approval(fine).path("open").path("name").asText()).isEqualTo("owner");
    }

    @Test
    void answersTwoHundredAtOnceAndNotOneMore() {
        Map<String, Object> one = Map.of("id", UUID.randomUUID(), "decision", "approve");

        assertThat(world.post("manager", "/api/v1/decisions", java.util.Collections.nCopies(200, one))
                        .json())
                .hasSize(200);
        assertThat(world.post("manager", "/api/v1/decisions", java.util.Collections.nCopies(201, one))
                        .get("code"))
                .isEqualTo("too-many");
    }

    @Test
    void tellsTheRequesterWhomItWaitsForAndWhatComesNext() {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        JsonNode open = world.get("engineer", "/api/v1/access-requests/" + id + "/approval")
                .json()
                .path("open");

        Instant noon = world.clock().instant();
        assertThat(open.path("name").asText()).isEqualTo("manager");
        assertThat(open.path("waitsFor").toString()).isEqualTo("[\"Mara Manager\"]");
        assertThat(open.path("since").asText()).isEqualTo(noon.toString());
        assertThat(open.path("reminderAt").asText())
                .isEqualTo(noon.plus(Duration.ofHours(4)).toString());
        assertThat(open.path("escalatesTo").toString()).isEqualTo("[\"Managers\"]");
        assertThat(open.path("deadlineAt").asText())
                .isEqualTo(noon.plus(Duration.ofHours(48)).toString());
    }
}
