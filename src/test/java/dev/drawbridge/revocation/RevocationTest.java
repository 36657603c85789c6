package dev.drawbridge.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.grant.Connector;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Access ends when its time is over, whatever happens to the process that carried it. */
@DrawbridgeTest
class RevocationTest {
    @Autowired
    World world;

    @Autowired
    Connector connector;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    @Test
    void throwsOutAPersonWhoIsConnectedWhenTheTimeIsOver() throws Exception {
        UUID id = world.request("engineer", "app-logs-read", "PT1M");
        try (Connection session = world.connect("engineer", id)) {
            assertThat(World.values(session, "select count(*) from app_logs")).isNotEmpty();

            world.pass(Duration.ofMinutes(1));

            assertThatThrownBy(() -> World.values(session, "select 1")).isInstanceOf(SQLException.class);
        }
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void endsAccessWhoseProcessInstanceWasDeleted() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        world.engine().getRuntimeService().deleteProcessInstance(world.instanceOf(id), "by hand");
        assertThat(world.loginExists(id)).isTrue();

        world.sweep();

        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.outcome(id)).isEqualTo("REVOKED");
        assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("The process behind it is gone"));
        assertThat(world.show(id).path("ending").path("sentence").asText())
                .isEqualTo("It was ended before its time. The process behind it is gone.");
    }

    @Test
    void letsAProcessGoOnThatCouldNotBeToldWhenItsAccessEnded() {
        UUID id = world.request("engineer", "app-logs-read", "PT1M");
        String instance = world.instanceOf(id);
        world.engine().getRuntimeService().suspendProcessInstanceById(instance);
        world.clock().advance(Duration.ofMinutes(2));
        world.sweep();
        assertThat(world.loginExists(id)).isFalse();
        assertThat(isRunning(instance)).isTrue();
        world.engine().getRuntimeService().activateProcessInstanceById(instance);

        world.clock().advance(Duration.ofMinutes(1));
        world.runScheduled("LetGoOn");
        world.runDueJobs();

        assertThat(isRunning(instance)).isFalse();
        assertThat(world.outcome(id)).isEqualTo("EXPIRED");
    }

    private boolean isRunning(String instance) {
        return world.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(instance)
                        .count()
                > 0;
    }

    @Test
    void endsARequestThatStillWaitsWhenItsProcessInstanceWasDeleted() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.engine().getRuntimeService().deleteProcessInstance(world.instanceOf(id), "by hand");

        world.sweep();

        assertThat(world.outcome(id)).isEqualTo("FAILED");
        assertThat(world.request("engineer", "orders-write", "PT1H"))
                .as("it may be asked for again")
                .isNotNull();
    }

    @Test
    void endsAccessWhoseTimerJobWasDeletedOnceItsTimeIsOver() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        world.engine()
                .getManagementService()
                .createJobQuery()
                .processInstanceId(world.instanceOf(id))
                .list()
                .forEach(job -> world.engine().getManagementService().deleteJob(job.getId()));
        world.pass(Duration.ofHours(1).plusSeconds(11));
        assertThat(world.loginExists(id)).isTrue();

        world.sweep();

        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.outcome(id)).isEqualTo("EXPIRED");
    }

    @Test
    void endsAccessWhoseProcessInstanceWasSuspended() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        world.engine().getRuntimeService().suspendProcessInstanceById(world.instanceOf(id));
        world.pass(Duration.ofHours(1).plusSeconds(11));

        world.sweep();

        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.outcome(id)).isEqualTo("EXPIRED");
        world.engine().getRuntimeService().activateProcessInstanceById(world.instanceOf(id));
    }

    @Test
    void revokesASuspendedInstanceAtOnceWhenSecuritySaysSo() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        world.engine().getRuntimeService().suspendProcessInstanceById(world.instanceOf(id));

        assertThat(world.act("security", id, "revocation", Map.of("reason", "Stolen"))
                        .get("state"))
                .isEqualTo("REVOKING");
        world.clock().advance(Duration.ofSeconds(11));
        world.sweep();

        assertThat(world.outcome(id)).isEqualTo("REVOKED");
        assertThat(world.loginExists(id)).isFalse();
        world.engine().getRuntimeService().activateProcessInstanceById(world.instanceOf(id));
    }

    @Test
    void waitsForNoTargetWhereNothingWasEverDone() {
        while (connector.serverAtHand("orders").isPresent()) {
            // A connection that was used a moment ago is taken for one that is there.
            Thread.onSpinWait();
        }
        world.whileTheTargetIsDown(() -> {
            UUID id = world.request("engineer", "app-logs-read", "PT1M");
            world.clock().advance(Duration.ofMinutes(2));
            world.sweep();

            assertThat(world.outcome(id)).isEqualTo("FAILED");
        });
        assertThat(world.get("operator", "/api/v1/open-access")
                        .json()
                        .path("open")
                        .asInt())
                .isZero();
        world.whatIsOpenAgreesWithTheFacts();
    }

    @Test
    void removesWhatWasLeftHalfMadeWhenTheTargetNeverConfirmed() {
        UUID[] id = new UUID[1];
        world.whileTheTargetIsDown(() -> {
            id[0] = world.request("engineer", "app-logs-read", "PT1M");
            // As if its answer had been lost.
            world.jdbc()
                    .sql("insert into grant_server values (:id, '')")
                    .param("id", id[0])
                    .update();
            world.clock().advance(Duration.ofMinutes(2));
            world.sweep();
            assertThat(world.state(id[0])).isEqualTo("REVOKING");
        });

        world.clock().advance(Duration.ofSeconds(4));
        world.sweep();

        assertThat(world.outcome(id[0])).isEqualTo("FAILED");
        assertThat(world.show(id[0]).path("ending").path("sentence").asText()).isEqualTo("It never became usable.");
        assertThat(world.loginExists(id[0])).isFalse();
        assertThat(world.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(world.instanceOf(id[0]))
                        .count())
                .isZero();
    }

    @Test
    void endsAccessOnceWhereTheClockJumpsForwardAndBackAgain() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        world.pass(Duration.ofDays(3));
        assertThat(world.outcome(id)).isEqualTo("EXPIRED");
        assertThat(world.loginExists(id)).isFalse();
        long entries = world.trail(id).size();

        world.clock().advance(Duration.ofDays(-3));
        world.runDueJobs();
        world.sweep();

        assertThat(world.outcome(id)).isEqualTo("EXPIRED");
        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.trail(id)).hasSize((int) entries);
    }

    @Test
    void endsAccessAtItsEndAlthoughTheClockHadGoneBackMeanwhile() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        world.clock().advance(Duration.ofHours(-2));
        world.runDueJobs();
        world.sweep();
        assertThat(world.state(id)).isEqualTo("ACTIVE");

        world.pass(Duration.ofHours(3));

        assertThat(world.outcome(id)).isEqualTo("EXPIRED");
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void confirmsOnceHoweverOftenItIsSwept() {
        UUID id = world.request("engineer", "app-logs-read", "PT1M");
        world.pass(Duration.ofMinutes(1));
        long entries = world.trail(id).size();

        world.sweep();
        world.sweep();

        assertThat(world.trail(id)).hasSize((int) entries);
    }

    @Test
    void doesNotStopAtOneThatCannotBeEndedYet() {
        UUID broken = world.request("engineer", "app-logs-read", "PT1M");
        UUID fine = world.request("engineer2", "app-logs-read", "PT1M");
        for (UUID id : new UUID[] {broken, fine}) {
            world.engine().getRuntimeService().deleteProcessInstance(world.instanceOf(id), "by hand");
        }
        // Somebody made the login own a table: it cannot be dropped by an account that is no superuser.
        String login = dev.drawbridge.grant.Access.principalFor(broken);
        world.superuser("orders", "create table obstacle (a int)");
        world.superuser("orders", "create role obstacle_owner superuser");
        world.superuser("orders", "grant " + login + " to obstacle_owner");
        world.superuser("orders", "alter role " + login + " superuser");

        world.sweep();

        assertThat(world.loginExists(fine)).isFalse();
        assertThat(world.state(broken)).isEqualTo("REVOKING");

        world.superuser("orders", "alter role " + login + " nosuperuser");
        world.superuser("orders", "drop role obstacle_owner");
        world.superuser("orders", "drop table obstacle");
        world.clock().advance(Duration.ofSeconds(11));
        world.sweep();
        assertThat(world.outcome(broken)).isEqualTo("REVOKED");
    }
}
