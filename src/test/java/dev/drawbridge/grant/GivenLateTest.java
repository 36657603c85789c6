package dev.drawbridge.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Granting that fails is seen, is tried again while there is time, and takes none of the time that was agreed to. */
@DrawbridgeTest
class GivenLateTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Autowired
    World world;

    @Autowired
    Give give;

    @Autowired
    Grants grants;

    @Autowired
    TransactionTemplate transaction;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    private JsonNode open() {
        return world.get("operator", "/api/v1/open-access").json();
    }

    private double metric(String name) {
        // The figures are five seconds old at most.
        world.clock().advance(Duration.ofSeconds(6));
        return world.get("operator", "/actuator/metrics/" + name)
                .json()
                .at("/measurements/0/value")
                .asDouble();
    }

    private void passInSteps(Duration time) {
        Instant until = world.clock().instant().plus(time);
        while (world.clock().instant().isBefore(until)) {
            world.pass(Duration.ofSeconds(2));
        }
    }

    private Instant validUntil(UUID id) {
        return Instant.parse(world.query("select to_char(rolvaliduntil at time zone 'UTC',"
                        + " 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') from pg_roles where rolname = '"
                        + Access.principalFor(id) + "'")
                .get(0));
    }

    @Test
    void isSeenByOperatorsWhileItsTargetDoesNotGiveIt() {
        UUID fine = world.request("engineer2", "app-logs-read", "PT5M");
        world.whileTheTargetIsDown(() -> {
            UUID id = world.request("engineer", "app-logs-read", "PT10M");
            passInSteps(Duration.ofMinutes(2));

            JsonNode state = open();
            JsonNode access = state.path("access").get(0);
            assertThat(access.path("requestId").asText())
                    .as("what needs somebody comes first")
                    .isEqualTo(id.toString());
            assertThat(access.path("state").asText()).isEqualTo("PROVISIONING");
            assertThat(access.path("failures").asInt())
                    .as("tries within two minutes")
                    .isGreaterThan(4);
            assertThat(access.path("lastFailure").asText()).startsWith("The target 'orders'");
            assertThat(state.path("notGiven").asInt()).isEqualTo(1);
            assertThat(state.path("failing").asInt()).as("nothing is to end").isZero();
            assertThat(metric("drawbridge.grants.failing")).isEqualTo(1);
            assertThat(world.get("operator", "/actuator/health")
                            .json()
                            .at("/components/revocation/details/notGiven")
                            .asInt())
                    .isEqualTo(1);
            assertThat(world.get("operator", "/operations").text())
                    .contains("could not be given yet")
                    .containsPattern("[0-9]+ tries to give it have failed; it is tried again until its time is over\\.")
                    .contains("The target &#39;orders&#39; cannot be reached");
            assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("is tried again"));
        });
        assertThat(world.state(fine)).isEqualTo("ACTIVE");

        passInSteps(Duration.ofMinutes(1));

        assertThat(open().path("notGiven").asInt()).isZero();
        assertThat(open().at("/access/1/failures").asInt()).isZero();
        assertThat(open().at("/access/1/lastFailure").isNull()).isTrue();
        assertThat(metric("drawbridge.grants.failing")).isZero();
        assertThat(world.get("operator", "/operations").text()).doesNotContain("tries to give it");
        world.whatIsOpenAgreesWithTheFacts();
    }

    @Test
    void hasItsWholeTimeFromWhenItIsThere() {
        UUID[] id = new UUID[1];
        world.whileTheTargetIsDown(() -> {
            id[0] = world.request("engineer", "app-logs-read", "PT10M");
            passInSteps(Duration.ofMinutes(4));
        });
        Instant back = world.clock().instant();

        passInSteps(Duration.ofMinutes(1));

        JsonNode grant = world.show(id[0]).path("grant");
        Instant started = Instant.parse(grant.path("startedAt").asText());
        Instant expires = Instant.parse(grant.path("expiresAt").asText());
        assertThat(world.state(id[0])).isEqualTo("ACTIVE");
        assertThat(started).isAfterOrEqualTo(back);
        assertThat(expires).isEqualTo(started.plus(TEN_MINUTES));
        assertThat(validUntil(id[0])).isEqualTo(expires);
        assertThat(Instant.parse(open().at("/access/0/expiresAt").asText())).isEqualTo(expires);
        world.whatIsOpenAgreesWithTheFacts();

        world.clock().set(expires.minusSeconds(1));
        world.runDueJobs();
        world.sweep();
        assertThat(world.state(id[0]))
                .as("nothing ends it at the end that was decided on first")
                .isEqualTo("ACTIVE");
        world.pass(Duration.ofSeconds(1));
        assertThat(world.outcome(id[0])).isEqualTo("EXPIRED");
        assertThat(world.loginExists(id[0])).isFalse();
    }

    @Test
    void failsWhenItCouldNotBeGivenForAsLongAsItWasAskedFor() {
        UUID[] id = new UUID[1];
        world.whileTheTargetIsDown(() -> {
            id[0] = world.request("engineer", "app-logs-read", "PT10M");
            passInSteps(Duration.ofMinutes(10));
        });

        world.pass(Duration.ofMinutes(1));
        world.sweep();
        world.runDueJobs();

        assertThat(world.outcome(id[0])).isEqualTo("FAILED");
        assertThat(world.loginExists(id[0])).isFalse();
        assertThat(open().path("notGiven").asInt()).isZero();
    }

    @Test
    void keepsTheEndOfWhatWasAskedForAtATimeOfItsOwn() {
        Instant start = world.clock().instant().plus(Duration.ofMinutes(30));
        UUID id = world.request("engineer", World.ask("app-logs-read", "PT10M", "startsAt", start.toString()));
        world.whileTheTargetIsDown(() -> passInSteps(Duration.ofMinutes(34)));

        passInSteps(Duration.ofMinutes(1));

        assertThat(world.state(id)).isEqualTo("ACTIVE");
        assertThat(validUntil(id)).isEqualTo(start.plus(TEN_MINUTES));
        world.pass(Duration.ofMinutes(5));
        assertThat(world.outcome(id)).isEqualTo("EXPIRED");
    }

    @Test
    void comesToNoAccessWhereTheRulesRefuseItByTheTimeItsTargetIsBack() {
        UUID[] id = new UUID[1];
        world.whileTheTargetIsDown(() -> {
            id[0] = world.request("engineer", "orders-admin", "PT1H");
            for (String who : List.of("manager", "owner", "owner2", "security")) {
                world.decide(who, id[0], "approve");
            }
            world.runDueJobs();
            assertThat(world.state(id[0])).isEqualTo("PROVISIONING");
            passInSteps(Duration.ofSeconds(20));
        });
        world.jdbc()
                .sql("insert into act_id_membership (user_id_, group_id_) values ('engineer', 'contractors')")
                .update();
        try {
            passInSteps(Duration.ofMinutes(6));
            world.sweep();

            // At once, and not when its time is over.
            assertThat(world.outcome(id[0])).isEqualTo("FAILED");
            assertThat(world.trail(id[0])).anyMatch(sentence -> sentence.contains("The guardrails refuse it by now"));
            assertThat(world.loginExists(id[0])).isFalse();
            world.whatIsOpenAgreesWithTheFacts();
        } finally {
            world.jdbc()
                    .sql("delete from act_id_membership where user_id_ = 'engineer' and group_id_ = 'contractors'")
                    .update();
        }
    }

    @Test
    void movesTheEndOfNothingThatWasGiven() {
        UUID id = world.request("engineer", "app-logs-read", "PT10M");
        Instant end = grants.find(id).orElseThrow().expiresAt();
        world.clock().advance(Duration.ofMinutes(5));

        transaction.executeWithoutResult(status -> give.accessOf(world.instanceOf(id)));

        assertThat(grants.find(id).orElseThrow().expiresAt()).isEqualTo(end);
        assertThat(validUntil(id)).isEqualTo(end);
    }

    @Test
    void revokedWhileItIsBeingSetUpComesToNoAccess() {
        UUID[] id = new UUID[1];
        world.whileTheTargetIsDown(() -> {
            id[0] = world.request("engineer", "app-logs-read", "PT10M");
            Answer revoked = world.post(
                    "security", "/api/v1/access-requests/" + id[0] + "/revocation", Map.of("reason", "Stolen"));
            assertThat(revoked.status()).isLessThan(300);
            passInSteps(Duration.ofSeconds(30));
        });

        passInSteps(Duration.ofMinutes(2));
        world.sweep();

        assertThat(world.state(id[0])).isEqualTo("ENDED");
        assertThat(world.loginExists(id[0])).isFalse();
        world.whatIsOpenAgreesWithTheFacts();
    }
}
