package dev.drawbridge.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.Crowd;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What operators see of everything that is open, and what they can do about it. */
@DrawbridgeTest
class OperationsTest {
    @Autowired
    World world;

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

    private List<String> found(String q) {
        List<String> who = new ArrayList<>();
        world.get("operator", "/api/v1/open-access?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8))
                .json()
                .path("access")
                .forEach(access -> who.add(access.path("requester").asText()));
        return who;
    }

    @Test
    void findsWhatIsOpenByPersonThingAndLogin() {
        UUID logs = world.request("engineer", "app-logs-read", "PT30M");
        world.request("engineer2", "app-logs-read", "PT10M");
        world.request("engineer2", "orders-read", "PT20M");

        assertThat(found("")).hasSize(3);
        assertThat(found("engineer2")).containsExactly("engineer2", "engineer2");
        assertThat(found("APP-logs")).containsExactly("engineer2", "engineer");
        assertThat(found(open().path("access").get(2).path("principal").asText()))
                .hasSize(1);
        assertThat(found("drawbridge_" + logs.toString().substring(0, 8))).containsExactly("engineer");
        assertThat(found("%")).as("a sign like any other").isEmpty();
        assertThat(found("nobody")).isEmpty();
        assertThat(world.get("operator", "/operations?q=nobody").text())
                .contains("Nothing that is open has “nobody” in its person, thing or login.");
        assertThat(world.get("operator", "/api/v1/open-access?from=-1").detail())
                .contains("'from'");
        assertThat(world.get("engineer", "/api/v1/open-access?q=engineer").status())
                .isEqualTo(403);
    }

    @Test
    void showsAHundredAtOnceAndLeadsToTheOthers() {
        try (Crowd crowd = new Crowd(world, 103)) {
            crowd.access(103, "app-logs-read");

            String first = world.get("operator", "/operations").text();
            String next = world.get("operator", "/operations?q=&from=100").text();

            assertThat(first.split("data-request=", -1)).hasSize(101);
            assertThat(first).contains("These are 1 to 100 of 103.", "from=100");
            assertThat(next.split("data-request=", -1)).hasSize(4);
            assertThat(next).contains("These are 101 to 103 of 103.").doesNotContain("rel=\"next\"");
        }
    }

    @Test
    void showsWhatIsLateAndFailingFirstWithItsResidualExposure() {
        UUID late = world.request("engineer", "app-logs-read", "PT30M");
        UUID fine = world.request("engineer2", "app-logs-read", "PT10M");
        world.whileTheTargetIsDown(() -> {
            world.post("security", "/api/v1/access-requests/" + late + "/revocation", Map.of("reason", "Stolen"));
            world.runDueJobs();
            world.clock().advance(Duration.ofMinutes(4).plusSeconds(30));

            JsonNode access = open().path("access");
            assertThat(access).hasSize(2);
            assertThat(access.get(0).path("requestId").asText()).isEqualTo(late.toString());
            assertThat(access.get(0).path("state").asText()).isEqualTo("REVOKING");
            assertThat(access.get(0).path("residualMinutes").asInt()).isEqualTo(5);
            assertThat(access.get(0).path("failures").asInt()).isPositive();
            assertThat(access.get(0).path("lastFailure").asText()).startsWith("The target 'orders'");
            assertThat(access.get(1).path("requestId").asText()).isEqualTo(fine.toString());
            assertThat(access.get(1).path("residualMinutes").asInt()).isZero();
            assertThat(world.outcome(late)).as("not revoked before it is").isEqualTo("null");

            assertThat(metric("drawbridge.grants.open")).isEqualTo(2);
            assertThat(metric("drawbridge.grants.overdue")).isEqualTo(1);
            assertThat(metric("drawbridge.revocations.failing")).isEqualTo(1);
            assertThat(metric("drawbridge.grants.overdue.oldest.seconds")).isGreaterThan(270);
            assertThat(world.get(null, "/actuator/health").status()).isEqualTo(503);
            assertThat(world.get(null, "/actuator/health/readiness").status())
                    .as("a node that cannot reach a target still serves")
                    .isEqualTo(200);
        });

        world.clock().advance(Duration.ofMinutes(2));
        world.sweep();
        assertThat(world.outcome(late)).isEqualTo("REVOKED");
        assertThat(open().path("overdue").asInt()).isZero();
        assertThat(world.get(null, "/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void triesAgainAfterGrowingPausesAndNeverGivesUp() {
        UUID id = world.request("engineer", "app-logs-read", "PT1M");
        world.whileTheTargetIsDown(() -> {
            world.pass(Duration.ofMinutes(1));
            for (int hour = 0; hour < 12; hour++) {
                world.clock().advance(Duration.ofHours(1));
                world.sweep();
                int failures = open().path("access").get(0).path("failures").asInt();
                world.sweep();
                assertThat(open().path("access").get(0).path("failures").asInt())
                        .as("it waits before the next try")
                        .isEqualTo(failures);
            }
            assertThat(open().path("access").get(0).path("failures").asInt()).isGreaterThan(12);
        });
        world.clock().advance(Duration.ofMinutes(2));
        world.sweep();

        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.outcome(id)).isEqualTo("EXPIRED");
        assertThat(world.trail(id).stream().filter(sentence -> sentence.contains("could not be ended yet")))
                .as("on record, but not each time")
                .hasSizeBetween(3, 6);
    }

    @Test
    void showsEverybodysAccessToNobodyElse() {
        assertThat(world.get("engineer", "/api/v1/open-access").status()).isEqualTo(403);
        assertThat(world.get("manager", "/api/v1/open-access").status()).isEqualTo(403);
        assertThat(world.get("auditor", "/api/v1/open-access").status()).isEqualTo(200);
    }

    @Test
    void revokesEverythingOfAPerson() {
        UUID logs = world.request("engineer", "app-logs-read", "PT1H");
        UUID orders = world.request("engineer", "orders-read", "PT1H");
        UUID other = world.request("engineer2", "app-logs-read", "PT1H");

        Answer answer = world.post(
                "security", "/api/v1/revocations", Map.of("requester", "engineer", "reason", "The laptop was stolen"));
        world.runDueJobs();

        assertThat(answer.json().path("requests")).hasSize(2);
        assertThat(world.outcome(logs)).isEqualTo("REVOKED");
        assertThat(world.outcome(orders)).isEqualTo("REVOKED");
        assertThat(world.state(other)).isEqualTo("ACTIVE");
        assertThat(world.logins()).hasSize(1);
    }

    @Test
    void dropsWhatAPersonStillWaitsForTogetherWithWhatTheyHold() {
        UUID pending = world.request("engineer", "orders-write", "PT1H");
        UUID other = world.request("engineer2", "orders-write", "PT1H");

        world.post("security", "/api/v1/revocations", Map.of("requester", "engineer", "reason", "Stolen"));
        world.runDueJobs();

        assertThat(world.outcome(pending)).isEqualTo("REVOKED");
        assertThat(world.trail(pending)).anyMatch(sentence -> sentence.endsWith("(security) revoked it: “Stolen”"));
        assertThat(world.state(other)).isEqualTo("PENDING_APPROVAL");
    }

    private UUID inTwoMinutes(String who) {
        return world.request(
                who,
                World.ask(
                        "app-logs-read",
                        "PT30M",
                        "startsAt",
                        world.clock().instant().plus(Duration.ofMinutes(2)).toString()));
    }

    @Test
    void foreseesExactlyWhatRevokingEndsScheduledAndWaitingIncluded() {
        UUID active = world.request("engineer", "orders-read", "PT1H");
        UUID scheduled = inTwoMinutes("engineer");
        UUID pending = world.request("engineer", "orders-write", "PT1H");
        UUID other = world.request("engineer2", "app-logs-read", "PT1H");
        UUID[] beingGiven = new UUID[1];
        world.whileTheTargetIsDown(() -> {
            beingGiven[0] = world.request("engineer", "orders-read-unmasked", "PT1H");
            JsonNode foreseen = world.get("security", "/api/v1/revocations?requester=engineer")
                    .json();

            assertThat(foreseen.findValuesAsText("requestId"))
                    .contains(active.toString(), scheduled.toString(), pending.toString(), beingGiven[0].toString())
                    .doesNotContain(other.toString());
            assertThat(foreseen.findValuesAsText("state")).contains("ACTIVE", "SCHEDULED", "PENDING_APPROVAL");

            JsonNode ended = world.post(
                            "security", "/api/v1/revocations", Map.of("requester", "engineer", "reason", "Stolen"))
                    .json()
                    .path("requests");
            assertThat(ended).hasSameSizeAs(foreseen);
        });
        world.clock().advance(Duration.ofMinutes(5));
        world.sweep();
        world.runDueJobs();

        assertThat(world.outcome(scheduled)).isEqualTo("REVOKED");
        assertThat(world.outcome(pending)).isEqualTo("REVOKED");
        assertThat(world.outcome(active)).isEqualTo("REVOKED");
        assertThat(world.show(scheduled).at("/ending/sentence").asText())
                .isEqualTo("Sami Security revoked it: “Stolen”");
        assertThat(world.loginExists(scheduled)).isFalse();
        assertThat(world.state(other)).isEqualTo("ACTIVE");
        assertThat(world.get("security", "/api/v1/revocations?requester=engineer")
                        .json())
                .isEmpty();
        assertThat(world.get("manager", "/api/v1/revocations?requester=engineer")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void revokesOneThatWaitsAndOneThatStartsLaterLikeAccessAndNothingTwice() {
        for (UUID id : new UUID[] {inTwoMinutes("engineer"), world.request("engineer", "orders-write", "PT1H")}) {
            assertThat(world.act("operator", id, "revocation", Map.of("reason", "Not now"))
                            .status())
                    .isEqualTo(200);

            assertThat(world.outcome(id)).isEqualTo("REVOKED");
            assertThat(world.trail(id))
                    .last()
                    .isEqualTo("The request ended without access. Otto Operator (operator) revoked it: “Not now”");
            assertThat(world.act("operator", id, "revocation", Map.of("reason", "Again"))
                            .get("code"))
                    .isEqualTo("access-not-active");
            world.pass(Duration.ofMinutes(3));
            assertThat(world.loginExists(id)).isFalse();
        }
    }

    @Test
    void revokesEverythingOfAnEntitlement() {
        UUID logs = world.request("engineer", "app-logs-read", "PT1H");
        UUID other = world.request("engineer2", "app-logs-read", "PT1H");
        UUID orders = world.request("engineer", "orders-read", "PT1H");

        world.post("operator", "/api/v1/revocations", Map.of("entitlement", "app-logs-read", "reason", "A leak"));
        world.runDueJobs();

        assertThat(world.outcome(logs)).isEqualTo("REVOKED");
        assertThat(world.outcome(other)).isEqualTo("REVOKED");
        assertThat(world.state(orders)).isEqualTo("ACTIVE");
    }

    @Test
    void revokesEverythingForNobodyElseAndNotWithoutSayingWhoseAndWhy() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");

        assertThat(world.post("manager", "/api/v1/revocations", Map.of("requester", "engineer", "reason", "x"))
                        .status())
                .isEqualTo(403);
        assertThat(world.post("security", "/api/v1/revocations", Map.of("reason", "x"))
                        .status())
                .isEqualTo(400);
        assertThat(world.post("security", "/api/v1/revocations", Map.of("requester", "engineer"))
                        .get("field"))
                .isEqualTo("reason");
        assertThat(world.lastEntry()).as("what cannot be read leaves none").contains("manager: Refused");

        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void revokesWhatIsStillBeingSetUp() {
        UUID[] id = new UUID[1];
        world.whileTheTargetIsDown(() -> {
            id[0] = world.request("engineer", "app-logs-read", "PT1H");
            assertThat(world.state(id[0])).isEqualTo("PROVISIONING");
            world.post("security", "/api/v1/access-requests/" + id[0] + "/revocation", Map.of("reason", "A mistake"));
        });
        world.clock().advance(Duration.ofMinutes(2));
        world.sweep();
        world.runDueJobs();

        assertThat(world.loginExists(id[0])).isFalse();
        assertThat(world.outcome(id[0])).isEqualTo("FAILED");
        assertThat(world.logins()).isEmpty();
    }

    @Test
    void measuresHowLateAccessIsGone() {
        double before = metric("drawbridge.revocation.lag");
        UUID id = world.request("engineer", "app-logs-read", "PT1M");
        world.clock().advance(Duration.ofSeconds(63));
        world.runDueJobs();

        assertThat(world.outcome(id)).isEqualTo("EXPIRED");
        assertThat(metric("drawbridge.revocation.lag")).isEqualTo(before + 1);
        assertThat(world.get("operator", "/actuator/prometheus").text())
                .contains("drawbridge_revocation_lag_seconds_bucket", "drawbridge_grants_overdue_oldest_seconds");
    }

    @Test
    void leavesTwoGrantsOfTheSameRightEachToItsOwnEnd() throws Exception {
        UUID one = world.request("engineer", "app-logs-read", "PT10M");
        UUID two = world.request("engineer2", "app-logs-read", "PT20M");
        world.pass(Duration.ofMinutes(10));

        assertThat(world.loginExists(one)).isFalse();
        try (var session = world.connect("engineer2", two)) {
            assertThat(World.values(session, "select count(*) from app_logs")).containsExactly("500");
        }
    }

    @Test
    void showsWhatATargetLacksWithTheStatementThatCuresIt() {
        world.superuser("postgres", "revoke pg_signal_backend from drawbridge_connector");
        try {
            world.runScheduled("TargetsSeen");

            assertThat(open().at("/targets/0/missing").findValuesAsText("cure"))
                    .containsExactly("grant pg_signal_backend to \"drawbridge_connector\";");
            assertThat(world.get("operator", "/operations").text())
                    .contains("Our account cannot end sessions.", "grant pg_signal_backend to");
            assertThat(world.get("operator", "/actuator/health")
                            .json()
                            .at("/components/targets/details/orders/0")
                            .asText())
                    .contains("cannot end sessions");
        } finally {
            world.superuser("postgres", "grant pg_signal_backend to drawbridge_connector");
        }
        world.runScheduled("TargetsSeen");
        assertThat(open().at("/targets/0/missing"))
                .as("the demonstration's own")
                .isEmpty();

        world.whileTheTargetIsDown(() -> world.runScheduled("TargetsSeen"));
        assertThat(open().at("/targets/0/unreachable").asText()).startsWith("The target 'orders'");
        world.runScheduled("TargetsSeen");
    }

    @Test
    void showsARoleThatCanDoMoreThanItIsHandedOutForAndWhere() {
        String wider = "The role orders_read_unmasked is handed out to read, and may do more: insert on public.orders.";
        world.superuser("orders", "grant insert on orders to orders_read_unmasked");
        try {
            world.runScheduled("TargetsSeen");

            JsonNode lack = open().at("/targets/0/missing/0");
            assertThat(lack.path("sentence").asText()).isEqualTo(wider);
            assertThat(lack.path("cure").asText())
                    .isEqualTo("revoke insert on public.orders from orders_read_unmasked;");
            assertThat(lack.at("/where/file").asText()).isEqualTo("rules/catalog.yaml");
            String place = "rules/catalog.yaml, line " + lack.at("/where/line").asInt();
            assertThat(world.get("operator", "/operations").text()).contains(wider, place);
            assertThat(world.get("operator", "/actuator/health")
                            .json()
                            .at("/components/targets/details/orders/0")
                            .asText())
                    .startsWith(place + ": " + wider);
            world.superuser("orders", lack.path("cure").asText());
        } finally {
            world.superuser("orders", "revoke insert on orders from orders_read_unmasked");
        }
        world.runScheduled("TargetsSeen");
        assertThat(open().at("/targets/0/missing")).isEmpty();
    }

    @Test
    void showsAGroupThatTheRulesNameAndNobodyIsInAndIsUpAllTheSame() {
        world.runScheduled("TargetsSeen");
        assertThat(open().path("catalog")).as("the demonstration's own").isEmpty();
        assertThat(world.get("operator", "/operations").text()).contains("Named in the rules, and not there");
        var identities = world.engine().getIdentityService();
        identities.deleteMembership("contractor", "contractors");
        try {
            world.runScheduled("TargetsSeen");

            JsonNode found = open().at("/catalog/0");
            assertThat(found.path("sentence").asText()).isEqualTo("Nobody is in the group 'contractors'.");
            String place = "rules/catalog.yaml, line " + found.at("/where/line").asInt();
            assertThat(world.get("operator", "/operations").text())
                    .contains(place, "Nobody is in the group &#39;contractors&#39;.");
            JsonNode health = world.get("operator", "/actuator/health").json().at("/components/targets");
            assertThat(health.path("status").asText()).isEqualTo("UP");
            assertThat(health.path("details").path("rules/catalog.yaml").path(0).asText())
                    .endsWith(": Nobody is in the group 'contractors'.");
        } finally {
            identities.createMembership("contractor", "contractors");
        }
        world.runScheduled("TargetsSeen");
        assertThat(open().path("catalog")).isEmpty();
    }
}
