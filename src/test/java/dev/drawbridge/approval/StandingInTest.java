package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Who may stand in for whom, through the doors of the running product. */
@DrawbridgeTest
class StandingInTest {
    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    private OffsetDateTime now() {
        return world.clock().instant().atOffset(ZoneOffset.UTC);
    }

    private Answer appoint(String person, String deputy, Duration from, Duration until) {
        Instant now = world.clock().instant();
        return world.post(
                person,
                "/api/v1/deputies",
                Map.of(
                        "deputy", deputy,
                        "from", now.plus(from).toString(),
                        "until", now.plus(until).toString()));
    }

    /** As an earlier version would have taken it. */
    private void appointedBefore(String person, String deputy, Duration ago) {
        world.jdbc()
                .sql("insert into deputy values (:id, :person, :deputy, :from, :until, :at)")
                .param("id", UUID.randomUUID())
                .param("person", person)
                .param("deputy", deputy)
                .param("from", now().minusDays(1))
                .param("until", now().plusDays(1))
                .param("at", now().minus(ago))
                .update();
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

    private JsonNode open(UUID id) {
        return world.get("auditor", "/api/v1/access-requests/" + id + "/approval")
                .json()
                .path("open");
    }

    private List<String> colleagues(String person, UUID id) {
        return world.get(person, "/api/v1/access-requests/" + id + "/colleagues")
                .json()
                .findValuesAsText("id");
    }

    private List<String> tasksOf(String person) {
        return world.get(person, "/engine-rest/task").json().findValuesAsText("processInstanceId");
    }

    private Answer handOver(String from, UUID id, String to) {
        return world.act(from, id, "hand-over", Map.of("to", to));
    }

    /** Through every door that completes a task: none lets them, even where the engine shows them the task. */
    private void cannotApprove(String person, UUID id) {
        int before = world.show(id).path("approvals").size();
        String task = task(id);
        world.runScheduled("ApprovalTasks");
        assertThat(tasksOf(person)).doesNotContain(world.instanceOf(id));
        world.engine().getTaskService().addCandidateUser(task, person);
        Map<String, Object> variables =
                Map.of("variables", Map.of("decision", Map.of("value", "approve"), "comment", Map.of("value", "fine")));

        assertThat(world.decide(person, id, "approve").status()).isIn(403, 404);
        Answer completed = world.post(person, "/engine-rest/task/" + task + "/complete", variables);
        assertThat(completed.status()).as(completed.text()).isEqualTo(403);
        assertThat(world.post(person, "/engine-rest/task/" + task + "/submit-form", variables)
                        .status())
                .isEqualTo(403);
        assertThat(world.post(person, "/api/v1/access-requests/" + id + "/claim", null)
                        .status())
                .isIn(403, 404);

        world.runDueJobs();
        assertThat(world.show(id).path("approvals")).hasSize(before);
        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
    }

    private UUID atSecurity() {
        UUID id = world.request("engineer", "orders-admin", "PT1H");
        world.decide("manager", id, "approve");
        world.decide("owner", id, "approve");
        world.decide("owner2", id, "approve");
        assertThat(open(id).path("name").asText()).isEqualTo("security");
        return id;
    }

    @Test
    void refusesAContractorAsDeputyOfSecurityAndSaysWhoCan() {
        UUID id = atSecurity();

        Answer refused = appoint("security", "contractor", Duration.ZERO, Duration.ofHours(5));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.get("code")).isEqualTo("may-not-stand-in");
        assertThat(refused.detail())
                .isEqualTo(
                        "Casey Contractor may not stand in for you at any level; who can: Olga Owner, Omar Owner, Sina"
                                + " Security.");
        assertThat(world.get("security", "/api/v1/deputies").json()).isEmpty();
        cannotApprove("contractor", id);
    }

    @Test
    void takesNoVoteOfAContractorWhomSecurityNamedBeforeThatWasRefused() {
        appointedBefore("security", "contractor", Duration.ofDays(1));

        cannotApprove("contractor", atSecurity());
    }

    @Test
    void takesNoVoteOfAnEngineerInPlaceOfAnOwner() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "approve");
        assertThat(appoint("owner", "engineer2", Duration.ZERO, Duration.ofHours(5))
                        .get("code"))
                .isEqualTo("may-not-stand-in");
        cannotApprove("engineer2", id);

        appointedBefore("owner", "engineer2", Duration.ofDays(1));
        cannotApprove("engineer2", id);
    }

    @Test
    void looksAtTheLevelAgainWithEachAnswerAndNotOnlyWhenADeputyIsNamed() {
        world.engine().getIdentityService().createMembership("operator", "orders-owners");
        try {
            UUID id = world.request("engineer", "orders-admin", "PT1H");
            world.decide("manager", id, "approve");
            assertThat(appoint("security", "operator", Duration.ZERO, Duration.ofHours(5))
                            .status())
                    .as("where security stands in for whoever has duty, an owner may")
                    .isEqualTo(201);
            world.decide("owner", id, "approve");
            world.decide("owner2", id, "approve");
            assertThat(open(id).path("name").asText()).isEqualTo("security");

            cannotApprove("operator", id);
        } finally {
            world.engine().getIdentityService().deleteMembership("operator", "orders-owners");
        }
    }

    @Test
    void givesNothingOnTheWordOfADeputyWhoMayNotStandInAnyMore() {
        world.engine().getIdentityService().createMembership("operator", "managers");
        UUID id;
        try {
            appoint("manager", "operator", Duration.ZERO, Duration.ofHours(5));
            id = world.request("engineer", "orders-write", "PT1H");
            assertThat(world.decide("operator", id, "approve").status()).isEqualTo(200);
        } finally {
            world.engine().getIdentityService().deleteMembership("operator", "managers");
        }

        world.decide("owner", id, "approve");

        assertThat(world.outcome(id)).isEqualTo("FAILED");
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void refusesADeputyToWhoIsNeverAsked() {
        Answer refused = appoint("auditor", "security", Duration.ZERO, Duration.ofHours(5));

        assertThat(refused.detail())
                .isEqualTo("Sami Security may not stand in for you at any level; nobody can at the moment.");
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "4, 9", "1, 2", "-3, 1", "-3, 20"})
    void refusesASecondDeputyForTheSameTime(int from, int until) {
        appoint("owner", "security", Duration.ZERO, Duration.ofHours(5));

        Answer second = appoint("owner", "owner2", Duration.ofHours(from), Duration.ofHours(until));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.get("code")).isEqualTo("deputy-for-that-time");
        assertThat(second.detail())
                .startsWith("Sami Security is your deputy from ")
                .endsWith("already; dismiss them first, or name another time.");
        assertThat(world.get("owner", "/api/v1/deputies").json().findValuesAsText("deputy"))
                .containsExactly("security");
    }

    @Test
    void takesAnotherDeputyForAnotherTimeOrOnceTheFirstIsDismissed() {
        Answer first = appoint("owner", "security", Duration.ZERO, Duration.ofHours(5));
        assertThat(appoint("owner", "owner2", Duration.ofHours(5), Duration.ofHours(9))
                        .status())
                .isEqualTo(201);

        assertThat(world.call("owner", "DELETE", "/api/v1/deputies/" + first.get("id"), null)
                        .status())
                .isEqualTo(204);
        assertThat(appoint("owner", "security2", Duration.ofHours(-2), Duration.ofHours(5))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void countsOfTwoDeputiesForTheSameTimeTheOneWhoWasNamedFirst() {
        appointedBefore("owner", "security2", Duration.ofHours(1));
        appointedBefore("owner", "security", Duration.ofHours(2));
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "approve");

        cannotApprove("security2", id);

        assertThat(world.decide("security", id, "approve").status()).isEqualTo(200);
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void offersOnThePageThoseOnlyWhoMayStandIn() {
        String page = world.get("manager", "/").text();

        assertThat(page).contains("value=\"manager2\"");
        assertThat(page)
                .doesNotContain("value=\"engineer\"", "value=\"contractor\"", "value=\"owner\"", "value=\"manager\"");
    }

    @Test
    void offersForAHandOverThoseOnlyWhoMayStandInAtThatLevel() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        assertThat(colleagues("manager", id)).containsExactly("manager2");
        assertThat(colleagues("engineer", id))
                .as("who has nothing to hand over")
                .isEmpty();
        assertThat(colleagues("auditor", id)).isEmpty();

        world.decide("manager", id, "approve");

        assertThat(colleagues("owner", id)).containsExactly("owner2", "security", "security2");
        assertThat(colleagues("manager2", id)).isEmpty();
    }

    @Test
    void handsOverToNobodyWhoMayNotStandInThereThoughTheyShareAGroup() {
        for (String person : List.of("manager", "engineer2")) {
            world.engine().getIdentityService().createMembership(person, "operators");
        }
        try {
            UUID id = world.request("engineer", "orders-write", "PT1H");

            Answer refused = handOver("manager", id, "engineer2");

            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.get("code")).isEqualTo("may-not-stand-in");
            assertThat(refused.detail())
                    .isEqualTo("Emil Engineer may not stand in for you at level 'manager'; who can: Milo Manager.");
            assertThat(tasksOf("manager")).contains(world.instanceOf(id));
            cannotApprove("engineer2", id);
        } finally {
            for (String person : List.of("manager", "engineer2")) {
                world.engine().getIdentityService().deleteMembership(person, "operators");
            }
        }
    }

    @Test
    void waitsNoMoreForWhoHandedItOver() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "approve");
        world.post("owner", "/engine-rest/task/" + task(id) + "/claim", Map.of("userId", "owner"));

        assertThat(handOver("owner", id, "security").status()).isEqualTo(200);

        assertThat(open(id).path("waitsFor").toString()).isEqualTo("[\"Omar Owner\",\"Sami Security\"]");
        assertThat(open(id).path("claimedBy").isNull()).isTrue();
        assertThat(tasksOf("owner")).doesNotContain(world.instanceOf(id));
        assertThat(tasksOf("owner2")).contains(world.instanceOf(id));
        assertThat(tasksOf("security")).contains(world.instanceOf(id));
        assertThat(world.get("owner", "/").text()).doesNotContain("Waiting for your answer");
        assertThat(world.get("security", "/").text()).contains("Waiting for your answer");
        world.runScheduled("ApprovalTasks");
        assertThat(tasksOf("owner")).doesNotContain(world.instanceOf(id));
        cannotApprove("owner", id);
        assertThat(colleagues("owner", id)).isEmpty();
        assertThat(handOver("owner", id, "owner2").get("code")).isEqualTo("handed-over");

        assertThat(world.decide("security", id, "approve").status()).isEqualTo(200);
        assertThat(world.trail(id))
                .anyMatch(sentence -> sentence.startsWith(
                        "Sami Security (security) approved at level owner in place of Olga Owner (owner)"));
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void remindsWhomItWasHandedToAndNotWhoHandedIt() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        handOver("manager", id, "manager2");
        int before = mails("manager", id);

        world.pass(Duration.ofHours(5));

        assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("reminded (1)"));
        assertThat(mails("manager", id)).isEqualTo(before);
        assertThat(mails("manager2", id)).as("handed over, and a reminder").isEqualTo(2);
        assertThat(mailsWith(id, "Mara Manager asks you to answer in their place."))
                .isEqualTo(1);
    }

    private int mails(String person, UUID id) {
        return world.jdbc()
                .sql("select count(*) from mail where person = :who and request_id = :id")
                .param("who", person)
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    private int mailsWith(UUID id, String sentence) {
        return world.jdbc()
                .sql("select count(*) from mail where request_id = :id and position(:sentence in text) > 0")
                .param("id", id)
                .param("sentence", sentence)
                .query(Integer.class)
                .single();
    }

    @Test
    void isBackWithWhoHandedItOverOnceWhomTheyHandedItToMayStandInNoMore() {
        world.engine().getIdentityService().createMembership("operator", "managers");
        UUID id;
        try {
            id = world.request("engineer", "orders-write", "PT1H");
            handOver("manager", id, "operator");
            assertThat(open(id).path("waitsFor").toString()).isEqualTo("[\"Otto Operator\"]");
        } finally {
            world.engine().getIdentityService().deleteMembership("operator", "managers");
        }
        cannotApprove("operator", id);

        assertThat(open(id).path("waitsFor").toString()).isEqualTo("[\"Mara Manager\"]");
        world.runScheduled("ApprovalTasks");
        assertThat(tasksOf("manager")).contains(world.instanceOf(id));
        assertThat(world.decide("manager", id, "approve").status()).isEqualTo(200);
    }

    @Test
    void goesOnThroughTheTiersThoughItWasHandedOver() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.engine().getIdentityService().createMembership("operator", "managers");
        try {
            handOver("manager", id, "manager2");

            world.pass(Duration.ofHours(24));

            assertThat(open(id).path("waitsFor").toString()).isEqualTo("[\"Milo Manager\",\"Otto Operator\"]");
            assertThat(tasksOf("operator")).contains(world.instanceOf(id));
            assertThat(tasksOf("manager")).doesNotContain(world.instanceOf(id));
            assertThat(world.decide("operator", id, "approve").status()).isEqualTo(200);
        } finally {
            world.engine().getIdentityService().deleteMembership("operator", "managers");
        }
    }

    @Test
    void handsBackWhatWasHandedToThemAndToNobodyElse() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.engine().getIdentityService().createMembership("operator", "managers");
        try {
            handOver("manager", id, "manager2");
            assertThat(colleagues("manager2", id)).containsExactly("manager");
            assertThat(handOver("manager2", id, "operator").detail())
                    .isEqualTo("This was handed to you; it can be handed back to Mara Manager, and to nobody else.");
            cannotApprove("operator", id);

            assertThat(handOver("manager2", id, "manager").status()).isEqualTo(200);

            assertThat(world.trail(id))
                    .last()
                    .isEqualTo("Milo Manager (manager2) handed it back to Mara Manager (manager) at level manager.");
            assertThat(tasksOf("manager2")).doesNotContain(world.instanceOf(id));
            assertThat(mailsWith(id, "Milo Manager leaves the answer to you.")).isEqualTo(1);
            cannotApprove("manager2", id);
            assertThat(handOver("manager", id, "manager2").status())
                    .as("once more")
                    .isEqualTo(200);
            assertThat(world.decide("manager2", id, "approve").status()).isEqualTo(200);
        } finally {
            world.engine().getIdentityService().deleteMembership("operator", "managers");
        }
    }

    @Test
    void takesBackWhatTheyHandedOver() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        String path = "/api/v1/access-requests/" + id + "/hand-over";
        assertThat(world.call("manager", "DELETE", path, null).get("code")).isEqualTo("nothing-handed-over");
        handOver("manager", id, "manager2");
        assertThat(world.call("manager2", "DELETE", path, null).status()).isEqualTo(409);

        assertThat(world.call("manager", "DELETE", path, null).status()).isEqualTo(200);

        assertThat(world.trail(id))
                .last()
                .isEqualTo("Mara Manager (manager) took it back from Milo Manager (manager2) at level manager.");
        assertThat(open(id).path("waitsFor").toString()).isEqualTo("[\"Mara Manager\"]");
        cannotApprove("manager2", id);
        assertThat(world.decide("manager", id, "approve").status()).isEqualTo(200);
        assertThat(world.call("manager", "DELETE", path, null).status()).isEqualTo(409);
    }

    @Test
    void passesOnTheirOwnAnswerAloneAndGivesBackWhatWasHandedToThem() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "approve");
        handOver("owner", id, "owner2");
        assertThat(open(id).path("waitsFor").toString()).isEqualTo("[\"Omar Owner\"]");

        assertThat(handOver("owner2", id, "security").status()).isEqualTo(200);

        assertThat(open(id).path("waitsFor").toString()).isEqualTo("[\"Olga Owner\",\"Sami Security\"]");
        assertThat(world.trail(id))
                .contains(
                        "Omar Owner (owner2) handed it back to Olga Owner (owner) at level owner.",
                        "Omar Owner (owner2) handed it over to Sami Security (security) at level owner.");
        cannotApprove("owner2", id);
        assertThat(world.decide("security", id, "approve").status()).isEqualTo(200);
        assertThat(world.show(id).path("approvals"))
                .filteredOn(given -> given.path("approver").asText().equals("security"))
                .extracting(given -> given.path("forPerson").asText())
                .containsExactly("owner2");
    }

    @Test
    void handsOverToNobodyWhoIsNeededBesideThemOrLater() {
        UUID id = world.request("engineer", "orders-admin", "PT1H");
        world.decide("manager", id, "approve");

        Answer beside = handOver("owner", id, "owner2");
        assertThat(beside.get("code")).isEqualTo("needed-elsewhere");
        assertThat(colleagues("owner", id)).containsExactly("security", "security2");
        assertThat(handOver("owner", id, "security").status()).isEqualTo(200);
        assertThat(colleagues("owner2", id))
                .as("one of security is needed at the last level")
                .isEmpty();
        assertThat(handOver("owner2", id, "security2").detail())
                .isEqualTo("Sina Security is needed for another answer to this request; hand it to somebody else.");

        assertThat(world.decide("security", id, "approve").status()).isEqualTo(200);
        assertThat(world.decide("owner2", id, "approve").status()).isEqualTo(200);
        assertThat(world.decide("security", id, "approve").status())
                .as("nobody counts for two levels")
                .isEqualTo(409);
        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.decide("security2", id, "approve").status()).isEqualTo(200);
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }
}
