package dev.drawbridge.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** More time for access that is held: judged like any request, by the time in all, without a gap and without a double. */
@DrawbridgeTest
class ExtensionTest {
    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    private Answer extend(String who, UUID id, String duration) {
        Map<String, String> body = new HashMap<>();
        body.put("duration", duration);
        body.put("justification", "The import takes longer than I thought");
        return world.act(who, id, "extension", body);
    }

    private Instant end(UUID id) {
        return Instant.parse(world.show(id).path("grant").path("expiresAt").asText());
    }

    private UUID lastExtension(UUID id) {
        var extensions = world.show(id).path("extensions");
        return UUID.fromString(extensions.get(extensions.size() - 1).asText());
    }

    private Instant endOnTheTarget(UUID id) {
        return Instant.ofEpochSecond(Long.parseLong(
                world.query("select extract(epoch from rolvaliduntil)::bigint::text from pg_roles where rolname = '"
                                + dev.drawbridge.grant.Access.principalFor(id) + "'")
                        .get(0)));
    }

    @Test
    void givesHarmlessAccessMoreTimeWithoutAHumanAndWithoutCuttingTheSession() throws Exception {
        UUID id = world.request("engineer", "app-logs-read", "PT20M");
        Instant before = end(id);
        try (Connection session = world.connect("engineer", id)) {
            assertThat(extend("engineer", id, "PT30M").status()).isEqualTo(200);

            assertThat(end(id)).isEqualTo(before.plus(Duration.ofMinutes(30)));
            assertThat(endOnTheTarget(id)).isEqualTo(end(id));
            assertThat(world.outcome(lastExtension(id))).isEqualTo("EXTENDED");

            world.pass(Duration.ofMinutes(20));
            world.sweep();
            assertThat(World.values(session, "select 1")).containsExactly("1");
            assertThat(world.logins()).as("one login, not two").hasSize(1);
        }
        world.pass(Duration.ofMinutes(30));
        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.outcome(id)).isEqualTo("EXPIRED");
        assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("The access lasts until"));
    }

    @Test
    void judgesByTheTimeInAllSoThatSmallStepsGetNoFurtherThanOneLargeOne() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");

        extend("engineer", id, "PT5M");

        assertThat(world.state(lastExtension(id))).isEqualTo("PENDING_APPROVAL");
        Instant before = end(id);
        world.decide("manager", lastExtension(id), "approve");
        assertThat(end(id)).isEqualTo(before.plus(Duration.ofMinutes(5)));
    }

    @Test
    void asksTheApproversAgainWhereTheGuardrailsSaySoAndEndsOnTimeWhereTheyRefuse() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "approve");
        world.decide("owner", id, "approve");
        Instant before = end(id);

        extend("engineer", id, "PT1H");
        UUID extension = lastExtension(id);
        assertThat(world.state(extension)).isEqualTo("PENDING_APPROVAL");
        world.decide("manager", extension, "reject");

        assertThat(world.outcome(extension)).isEqualTo("REJECTED");
        assertThat(end(id)).isEqualTo(before);
        world.pass(Duration.ofHours(1));
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void capsTheTimeInAll() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");

        Answer tooLong = extend("engineer", id, "PT7H1M");

        assertThat(tooLong.status()).isEqualTo(422);
        assertThat(tooLong.get("field")).isEqualTo("duration");
        assertThat(tooLong.detail()).contains("in all");
        assertThat(extend("engineer", id, "PT999999999999H").status()).isEqualTo(422);
        assertThat(world.show(id).path("extensions")).isEmpty();
    }

    @Test
    void refusesMoreTimeOnceTheLimitOfTheGuardrailsIsUsedUp() {
        UUID id = world.request("engineer", "orders-admin", "PT1H");
        world.decide("manager", id, "approve");
        world.decide("owner", id, "approve");
        world.decide("owner2", id, "approve");
        world.decide("security", id, "approve");
        Instant before = end(id);

        extend("engineer", id, "PT30M");

        assertThat(world.outcome(lastExtension(id))).isEqualTo("DENIED");
        assertThat(world.show(lastExtension(id)).path("verdict").toString()).contains("used up");
        assertThat(end(id)).isEqualTo(before);
    }

    @Test
    void opensNothingWhereTheAccessIsOverBeforeTheApproversAgree() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "approve");
        world.decide("owner", id, "approve");
        extend("engineer", id, "PT1H");
        UUID extension = lastExtension(id);
        world.decide("manager", extension, "approve");
        world.pass(Duration.ofHours(1));
        int grants = world.grants();

        world.decide("owner", extension, "approve");

        assertThat(world.outcome(extension)).isEqualTo("FAILED");
        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.loginExists(extension)).isFalse();
        assertThat(world.grants()).isEqualTo(grants);
    }

    @Test
    void endsARequestForMoreTimeThatStillWaitsWhenTheAccessIsOver() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        extend("engineer", id, "PT5M");
        UUID extension = lastExtension(id);
        world.pass(Duration.ofHours(1));

        world.sweep();

        assertThat(world.outcome(extension)).isEqualTo("FAILED");
        assertThat(world.trail(extension)).last().asString().contains("over before it could be given for longer");
        assertThat(world.engine()
                        .getTaskService()
                        .createTaskQuery()
                        .processInstanceId(world.instanceOf(extension))
                        .count())
                .isZero();
        assertThat(world.request("engineer", "app-logs-read", "PT1M"))
                .as("it can be asked for anew")
                .isNotNull();
    }

    @Test
    void refusesMoreTimeForWhatIsNotActiveOrNotOnesOwn() {
        UUID over = world.request("engineer", "app-logs-read", "PT1M");
        world.pass(Duration.ofMinutes(1));
        assertThat(extend("engineer", over, "PT5M").status()).isEqualTo(409);

        UUID id = world.request("engineer", "app-logs-read", "PT20M");
        Instant before = end(id);
        assertThat(extend("engineer2", id, "PT5M").status()).isEqualTo(404);
        assertThat(world.post(
                                "engineer2",
                                "/api/v1/access-requests",
                                World.ask("app-logs-read", "PT5M", "extending", id.toString()))
                        .status())
                .isEqualTo(409);
        assertThat(world.post(
                                "engineer",
                                "/api/v1/access-requests",
                                World.ask("orders-read", "PT5M", "extending", id.toString()))
                        .get("field"))
                .isEqualTo("entitlement");
        assertThat(end(id)).isEqualTo(before);
        assertThat(world.show(id).path("extensions")).isEmpty();
    }

    @Test
    void takesOneRequestForMoreTimeAtATime() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        extend("engineer", id, "PT5M");

        assertThat(extend("engineer", id, "PT5M").status()).isEqualTo(409);

        assertThat(world.show(id).path("extensions")).hasSize(1);
    }

    @Test
    void givesNoAccessOfItsOwnThroughARequestForMoreTime() {
        UUID id = world.request("engineer", "app-logs-read", "PT20M");
        world.post(
                "engineer", "/api/v1/access-requests", World.ask("app-logs-read", "PT30M", "extending", id.toString()));
        UUID extension = lastExtension(id);
        String instance = world.instanceOf(extension);
        int grants = world.grants();

        world.engine()
                .getRuntimeService()
                .createProcessInstanceModification(instance)
                .startBeforeActivity("task_grantAccess")
                .execute();
        world.runDueJobs();

        assertThat(world.grants()).isEqualTo(grants);
        assertThat(world.loginExists(extension)).isFalse();
        assertThat(world.trail(extension))
                .anyMatch(sentence -> sentence.contains("for more time of access that is held"));
        assertThat(world.outcome(extension)).isEqualTo("EXTENDED");
    }

    @Test
    void givesTheSameTimeOnceHoweverOftenTheStepRuns() {
        UUID id = world.request("engineer", "app-logs-read", "PT20M");
        world.post(
                "engineer", "/api/v1/access-requests", World.ask("app-logs-read", "PT10M", "extending", id.toString()));
        UUID extension = lastExtension(id);
        Instant before = end(id);
        world.engine()
                .getRuntimeService()
                .createProcessInstanceModification(world.instanceOf(extension))
                .startBeforeActivity("task_extendAccess")
                .execute();

        world.runDueJobs();

        assertThat(end(id)).isEqualTo(before.plus(Duration.ofMinutes(10)));
        assertThat(endOnTheTarget(id)).isEqualTo(end(id));
    }

    @Test
    void losesTheRaceToARevocation() {
        UUID id = world.request("engineer", "app-logs-read", "PT20M");
        world.post(
                "engineer", "/api/v1/access-requests", World.ask("app-logs-read", "PT10M", "extending", id.toString()));
        UUID extension = lastExtension(id);
        world.post("security", "/api/v1/access-requests/" + id + "/revocation", Map.of("reason", "Odd queries"));

        world.runDueJobs();

        assertThat(world.outcome(id)).isEqualTo("REVOKED");
        assertThat(world.outcome(extension)).isEqualTo("FAILED");
        assertThat(world.logins()).isEmpty();
    }

    /** The due date that Tasklist shows. */
    private Instant due(UUID id, String taskKey) {
        return world.engine()
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(world.instanceOf(id))
                .taskDefinitionKey(taskKey)
                .singleResult()
                .getDueDate()
                .toInstant();
    }

    private UUID moreTimeOfAnHourThatIsHalfOver() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "approve");
        world.decide("owner", id, "approve");
        world.clock().advance(Duration.ofMinutes(30));
        extend("engineer", id, "PT30M");
        return id;
    }

    @Test
    void isDueWhenTheAccessEndsAtEachLevelAndForEachQuestion() {
        UUID id = moreTimeOfAnHourThatIsHalfOver();
        UUID extension = lastExtension(id);

        assertThat(due(extension, "task_approveAccess")).isEqualTo(end(id));
        assertThat(world.get("manager", "/api/v1/access-requests/" + extension + "/approval")
                        .json()
                        .path("open")
                        .path("deadlineAt")
                        .asText())
                .isEqualTo(end(id).toString());

        world.decide("manager", extension, "ask");
        assertThat(due(extension, "task_answerQuestion")).isEqualTo(end(id));
        assertThat(world.get("engineer", "/api/v1/access-requests/" + extension + "/approval")
                        .json()
                        .path("open")
                        .path("answerDueAt")
                        .asText())
                .isEqualTo(end(id).toString());
        world.act("engineer", extension, "answer", Map.of("answer", "Two tables are left"));

        assertThat(due(extension, "task_approveAccess")).isEqualTo(end(id));
        world.decide("manager", extension, "approve");
        assertThat(due(extension, "task_approveAccess")).isEqualTo(end(id));
        Instant before = end(id);
        world.decide("owner", extension, "approve");
        assertThat(end(id)).isEqualTo(before.plus(Duration.ofMinutes(30)));
        assertThat(due(id, "task_useAccess")).isEqualTo(end(id));
    }

    @Test
    void saysOnTheStartPageNoLengthThatTheAccessHasNoMore() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        Map<String, String> narrower = Map.of("decision", "approve", "comment", "", "duration", "PT30M");
        world.act("manager", id, "decision", narrower);
        world.decide("owner", id, "approve");
        assertThat(world.get("engineer", "/").text()).contains("Mara Manager approved 30 minutes");

        extend("engineer", id, "PT45M");
        world.decide("manager", lastExtension(id), "approve");
        world.decide("owner", lastExtension(id), "approve");

        assertThat(world.outcome(lastExtension(id))).isEqualTo("EXTENDED");
        assertThat(world.get("engineer", "/").text())
                .contains("Mara Manager approved.")
                .doesNotContain("30 minutes");
    }
}
