package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.Passed;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One test for each way through the process, from what people do to the end event it arrives at. */
@DrawbridgeTest
class AccessRequestProcessTest {
    @Autowired
    World world;

    @Autowired
    Passed steps;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    @Test
    void endsAsDeniedWhatTheGuardrailsRefuse() {
        UUID id = world.request("contractor", "orders-admin", "PT1H");

        assertThat(passed(id))
                .contains("task_checkGuardrails", "endEvent_denied")
                .doesNotContain("task_grantAccess");
        assertThat(world.outcome(id)).isEqualTo("DENIED");
        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.trail(id)).last().asString().contains("Contractors are never given critical access");
    }

    @Test
    void endsAsExpiredWhatIsGrantedAutomaticallyOnceItsTimeIsOver() {
        UUID id = world.request("engineer", "app-logs-read", "PT1M");
        assertThat(world.state(id)).isEqualTo("ACTIVE");
        assertThat(world.loginExists(id)).isTrue();

        world.pass(Duration.ofSeconds(59));
        assertThat(world.state(id)).isEqualTo("ACTIVE");

        world.pass(Duration.ofSeconds(1));
        assertThat(passed(id)).contains("task_useAccess", "endEvent_expired");
        assertThat(world.outcome(id)).isEqualTo("EXPIRED");
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void endsAsReturnedWhatIsHandedBackEarly() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");

        assertThat(world.act("engineer", id, "return", null).status()).isEqualTo(200);

        assertThat(passed(id)).contains("endEvent_returned");
        assertThat(world.outcome(id)).isEqualTo("RETURNED");
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void endsAsRevokedWhatSecurityRevokes() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");

        assertThat(world.act("security", id, "revocation", Map.of("reason", "The laptop was stolen"))
                        .status())
                .isEqualTo(200);

        assertThat(passed(id)).contains("endEvent_revoked");
        assertThat(world.outcome(id)).isEqualTo("REVOKED");
        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("The laptop was stolen"));
    }

    @Test
    void asksTheLevelsOneAfterTheOtherAndTheOwnersUntilTheirQuorumIsMet() {
        UUID id = world.request("engineer", "orders-admin", "PT1H");
        assertThat(candidates(id)).containsExactly("manager");

        world.decide("manager", id, "approve");
        assertThat(candidates(id)).containsExactly("orders-owners");

        world.decide("owner", id, "approve");
        assertThat(candidates(id)).as("nobody is asked twice").containsExactly("owner2");
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");

        world.decide("owner2", id, "approve");
        assertThat(candidates(id)).containsExactly("security");
        assertThat(world.loginExists(id)).isFalse();

        world.decide("security2", id, "approve");
        assertThat(world.state(id)).isEqualTo("ACTIVE");
        assertThat(passed(id)).contains("endEvent_levelApproved", "gateway_cleared");
        assertThat(world.show(id).path("approvals").findValuesAsText("approver"))
                .containsExactly("manager", "owner", "owner2", "security2");
    }

    @Test
    void asksTheRequesterBackAndThenTheApproverAgain() {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        world.decide("manager", id, "ask");
        assertThat(passed(id)).contains("task_answerQuestion");
        world.act("engineer", id, "answer", Map.of("answer", "The order 4711 is stuck"));
        world.decide("manager", id, "approve");

        assertThat(world.show(id).path("approvals").findValuesAsText("level")).containsExactly("manager");
    }

    @Test
    void remindsAndEscalatesBesideTheOpenTask() {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        for (int hour = 0; hour < 24; hour++) {
            world.pass(Duration.ofHours(1));
        }

        assertThat(passed(id)).contains("task_remindApprovers", "task_escalateApproval", "endEvent_noMoreTiers");
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void endsAsRejectedWhatAnApproverRefuses() {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        world.decide("manager", id, "reject");

        assertThat(passed(id)).contains("endEvent_levelRejected", "endEvent_rejected");
        assertThat(world.outcome(id)).isEqualTo("REJECTED");
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void endsAsTimedOutWhatNobodyDecidesBeforeTheDeadline() {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        // Twenty hours of office time from Tuesday noon: Thursday noon.
        world.pass(Duration.ofHours(48).minusSeconds(1));
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");

        world.pass(Duration.ofSeconds(1));
        assertThat(passed(id))
                .contains("endEvent_noMoreReminders", "endEvent_noMoreTiers")
                .contains("endEvent_levelTimedOut", "endEvent_timedOut");
        assertThat(world.outcome(id)).isEqualTo("TIMED_OUT");
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void givesTheSecondLevelADeadlineOfItsOwn() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        // Wednesday at eight, when the office opens: from here it is two whole working days, until Thursday at six.
        world.pass(Duration.ofHours(20));
        world.decide("manager", id, "approve");

        world.pass(Duration.ofHours(34).minusSeconds(1));
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");

        world.pass(Duration.ofSeconds(1));
        assertThat(world.outcome(id)).isEqualTo("TIMED_OUT");
    }

    @Test
    void endsAsWithdrawnWhatTheRequesterWithdrawsWhileItWaitsForApproval() {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        assertThat(world.act("engineer", id, "withdrawal", null).status()).isEqualTo(200);

        assertThat(passed(id)).contains("endEvent_withdrawn");
        assertThat(world.outcome(id)).isEqualTo("WITHDRAWN");
        assertThat(world.decide("manager", id, "approve").status()).isEqualTo(409);
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void endsAsWithdrawnWhatTheRequesterWithdrawsBeforeItStarts() {
        UUID id = world.request("engineer", later(Duration.ofHours(2), "PT1H"));
        assertThat(world.state(id)).isEqualTo("SCHEDULED");

        world.act("engineer", id, "withdrawal", null);
        world.pass(Duration.ofHours(3));

        assertThat(passed(id)).contains("catchEvent_withdrawn", "endEvent_withdrawn");
        assertThat(world.outcome(id)).isEqualTo("WITHDRAWN");
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void opensAWindowThatStartsLaterOnlyWhenItsTimeHasCome() {
        UUID id = world.request("engineer", later(Duration.ofHours(2), "PT1H"));

        world.pass(Duration.ofHours(2).minusSeconds(1));
        assertThat(world.loginExists(id)).isFalse();

        world.pass(Duration.ofSeconds(1));
        assertThat(passed(id)).contains("catchEvent_startReached", "task_grantAccess");
        assertThat(world.state(id)).isEqualTo("ACTIVE");

        world.pass(Duration.ofHours(1));
        assertThat(world.outcome(id)).isEqualTo("EXPIRED");
    }

    @Test
    void endsAsFailedWhatIsApprovedWhenItsWindowHasPassed() {
        Map<String, String> ask = later(Duration.ofHours(1), "PT2H");
        UUID id = world.request("engineer", ask);
        world.pass(Duration.ofHours(4));

        world.decide("manager", id, "approve");

        assertThat(passed(id)).contains("boundaryEvent_windowPassed", "endEvent_failed");
        assertThat(world.outcome(id)).isEqualTo("FAILED");
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void showsWhatIsNotYetSetUpAsProvisioningAndTriesAgainWhileTheTargetIsDown() {
        UUID[] id = new UUID[1];
        world.whileTheTargetIsDown(() -> {
            id[0] = world.request("engineer", "app-logs-read", "PT1H");
            assertThat(world.state(id[0])).isEqualTo("PROVISIONING");
            assertThat(world.trail(id[0])).anyMatch(sentence -> sentence.contains("is tried again"));
            for (int minute = 0; minute < 10; minute++) {
                world.pass(Duration.ofMinutes(1));
            }
        });
        assertThat(world.state(id[0])).isEqualTo("PROVISIONING");
        assertThat(world.loginExists(id[0])).isFalse();
        assertThat(world.engine()
                        .getRuntimeService()
                        .createIncidentQuery()
                        .processInstanceId(world.instanceOf(id[0]))
                        .count())
                .as("nobody is needed to try it again")
                .isZero();

        world.pass(Duration.ofMinutes(5));

        assertThat(world.state(id[0]))
                .as(() -> String.join("\n", world.trail(id[0])))
                .isEqualTo("ACTIVE");
        assertThat(world.loginExists(id[0])).isTrue();
    }

    @Test
    void saysRevokingAndTriesAgainUntilTheTargetConfirmsThatNothingIsLeft() {
        UUID id = world.request("engineer", "app-logs-read", "PT1M");
        world.whileTheTargetIsDown(() -> {
            for (int minute = 0; minute < 30; minute++) {
                world.pass(Duration.ofMinutes(1));
            }
        });
        assertThat(world.loginExists(id)).isTrue();
        assertThat(world.state(id)).isEqualTo("REVOKING");

        world.pass(Duration.ofMinutes(1));
        world.sweep();
        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.outcome(id)).isEqualTo("EXPIRED");
        world.runDueJobs();
        assertThat(passed(id)).contains("endEvent_expired");
    }

    @Test
    void endsAsExtendedARequestForMoreTimeAndMovesTheEndOfTheAccess() {
        UUID id = world.request("engineer", "app-logs-read", "PT20M");
        UUID extension = extension(id, "PT30M");

        assertThat(passed(extension)).contains("task_extendAccess", "endEvent_extended");
        assertThat(passed(id)).contains("boundaryEvent_extended", "task_moveEnd", "endEvent_endMoved");
        world.pass(Duration.ofMinutes(49));
        assertThat(world.state(id)).isEqualTo("ACTIVE");
        world.pass(Duration.ofMinutes(1));
        assertThat(world.outcome(id)).isEqualTo("EXPIRED");
    }

    @Test
    void endsAsTooLateARequestForMoreTimeOfAccessThatIsOver() {
        UUID id = world.request("engineer", "app-logs-read", "PT50M");
        UUID extension = extension(id, "PT30M");
        assertThat(world.state(extension)).isEqualTo("PENDING_APPROVAL");
        world.pass(Duration.ofMinutes(50));

        world.decide("manager", extension, "approve");

        assertThat(passed(extension)).contains("boundaryEvent_tooLate", "endEvent_tooLate");
        assertThat(world.outcome(extension)).isEqualTo("FAILED");
        assertThat(world.logins()).isEmpty();
    }

    @Test
    void tellsTheRequesterOnceThatAccessEndsSoon() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");

        world.pass(Duration.ofMinutes(49));
        assertThat(passed(id)).doesNotContain("endEvent_told");
        world.pass(Duration.ofMinutes(1));

        assertThat(passed(id)).contains("boundaryEvent_endsSoon", "task_tellEndsSoon", "endEvent_told");
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    private UUID extension(UUID id, String duration) {
        world.act("engineer", id, "extension", Map.of("duration", duration, "justification", "Not done yet"));
        return UUID.fromString(world.show(id).path("extensions").get(0).asText());
    }

    private Map<String, String> later(Duration delay, String duration) {
        return World.ask(
                "orders-read",
                duration,
                "startsAt",
                world.clock().instant().plus(delay).toString());
    }

    private List<String> passed(UUID id) {
        return steps.by(world.instanceOf(id));
    }

    private List<String> candidates(UUID id) {
        Task task = world.engine()
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(world.instanceOf(id))
                .singleResult();
        assertThat(task.getDueDate())
                .isEqualTo(java.util.Date.from(world.clock().instant().plus(Duration.ofHours(48))));
        return world.engine().getTaskService().getIdentityLinksForTask(task.getId()).stream()
                .map((IdentityLink link) -> link.getGroupId() == null ? link.getUserId() : link.getGroupId())
                .toList();
    }
}
