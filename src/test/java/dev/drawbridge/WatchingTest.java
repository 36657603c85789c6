package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.testing.Browser;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** What whoever keeps it running sees: the figures, the nodes, the log. */
@DrawbridgeTest
class WatchingTest {
    @Autowired
    World world;

    @Value("${drawbridge.metrics.token-file}")
    Path tokenFile;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    private HttpResponse<String> showing(String token, String method, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(world.url(path)))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(method.equals("GET") ? "" : "{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void readsTheFiguresWithTheTokenAndNothingElse() throws Exception {
        String token = Files.readString(tokenFile).strip();

        HttpResponse<String> figures = showing(token, "GET", "/actuator/prometheus");
        assertThat(figures.statusCode()).isEqualTo(200);
        assertThat(figures.body()).contains("drawbridge_grants_overdue");
        assertThat(figures.headers().firstValue("Set-Cookie")).isEmpty();

        for (String path : List.of(
                "/actuator/metrics",
                "/actuator/info",
                "/actuator/prometheus/",
                "/actuator",
                "/api/v1/open-access",
                "/api/v1/access-requests",
                "/engine-rest/task",
                "/camunda/api/engine/engine/default/task",
                "/operations",
                "/")) {
            assertThat(showing(token, "GET", path).statusCode()).as(path).isIn(302, 401, 403, 404);
        }
        int grants = world.grants();
        for (String path :
                List.of("/actuator/prometheus", "/api/v1/access-requests", "/api/v1/revocations", "/sign-in")) {
            assertThat(showing(token, "POST", path).statusCode()).as(path).isIn(401, 403, 405);
        }
        assertThat(world.grants()).isEqualTo(grants);
        assertThat(showing(token, "GET", "/actuator/health").body()).doesNotContain("components");
    }

    @Test
    void takesNoOtherTokenAndTheNewOneAsSoonAsItStandsInTheFile() throws Exception {
        String token = Files.readString(tokenFile).strip();
        for (String wrong :
                List.of("", "x", token.substring(1), token + "x", token.toUpperCase(java.util.Locale.ROOT))) {
            assertThat(showing(wrong, "GET", "/actuator/prometheus").statusCode())
                    .as(wrong)
                    .isEqualTo(401);
        }
        try {
            Files.writeString(tokenFile, "another-token-of-more-than-thirty-two-letters\n");
            assertThat(showing(token, "GET", "/actuator/prometheus").statusCode())
                    .isEqualTo(401);
            assertThat(showing("another-token-of-more-than-thirty-two-letters", "GET", "/actuator/prometheus")
                            .statusCode())
                    .isEqualTo(200);
            Files.writeString(tokenFile, "");
            assertThat(showing("", "GET", "/actuator/prometheus").statusCode()).isEqualTo(401);
        } finally {
            Files.writeString(tokenFile, token);
        }
        assertThat(world.get("operator", "/actuator/prometheus").status()).isEqualTo(200);
        assertThat(world.get("engineer", "/actuator/prometheus").status()).isEqualTo(403);
    }

    private JsonNode nodes() {
        return world.get("operator", "/actuator/health").json().at("/components/nodes/details");
    }

    @Test
    void saysWhichNodesDoNotRunTheSameAndForgetsThoseThatAreGone() {
        world.runScheduled("Nodes");
        assertThat(nodes().path("differing")).isEmpty();
        assertThat(nodes().path("running")).hasSize(1);
        JsonNode here = nodes().path("running").elements().next();
        assertThat(here.fieldNames()).toIterable().containsExactlyInAnyOrder("release", "publication");

        UUID other = UUID.randomUUID();
        world.jdbc()
                .sql("insert into node_runs select :other, 'other:8080', part,"
                        + " case part when 'publication' then 'older' else fingerprint end, now() from node_runs")
                .param("other", other)
                .update();
        assertThat(nodes().path("differing").get(0).asText()).isEqualTo("Not all nodes run the same publication.");
        assertThat(nodes().path("differing")).hasSize(1);
        assertThat(nodes().at("/running/other:8080/publication").asText()).isEqualTo("older");
        assertThat(world.get("operator", "/actuator/metrics/drawbridge.nodes.differing")
                        .json()
                        .at("/measurements/0/value")
                        .asInt())
                .isEqualTo(1);
        assertThat(world.get(null, "/actuator/health").status()).isEqualTo(200);
        assertThat(world.get(null, "/actuator/health").text()).doesNotContain("other:8080");

        world.jdbc()
                .sql("update node_runs set seen_at = now() - interval '2 minutes' where node = :other")
                .param("other", other)
                .update();
        assertThat(nodes().path("differing")).isEmpty();
        assertThat(nodes().path("running")).hasSize(1);
        world.runScheduled("Nodes");
        assertThat(world.jdbc()
                        .sql("select count(distinct node) from node_runs")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void refusesEverydayThingsWithoutAWordInTheLog() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger engine = (Logger) LoggerFactory.getLogger("org.camunda");
        Level before = engine.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        engine.setLevel(Level.WARN);
        root.addAppender(log);
        try {
            UUID id = world.request("engineer", "orders-write", "PT1H");
            assertThat(world.post("engineer", "/api/v1/access-requests", World.ask("orders-write", "PT1H"))
                            .status())
                    .as("already requested")
                    .isEqualTo(409);
            assertThat(world.post(
                                    "engineer",
                                    "/engine-rest/process-definition/key/access-request/start",
                                    Map.of(
                                            "variables",
                                            Map.of(
                                                    "entitlement", Map.of("value", "orders-write"),
                                                    "duration", Map.of("value", "PT1H"),
                                                    "justification", Map.of("value", "Find out why it is slow"),
                                                    "ticket", Map.of("value", "OPS-1234"))))
                            .status())
                    .as("already requested, at the engine's door")
                    .isBetween(400, 499);
            assertThat(world.decide("engineer2", id, "approve").status()).isBetween(400, 499);
            assertThat(world.act("engineer2", id, "withdrawal", null).status()).isBetween(400, 499);
            assertThat(world.act("engineer", id, "credentials", null).status()).isBetween(400, 499);
            assertThat(world.post("engineer", "/api/v1/access-requests", World.ask("orders-write", "P400D"))
                            .status())
                    .isBetween(400, 499);
            String task = world.engine()
                    .getTaskService()
                    .createTaskQuery()
                    .processInstanceId(world.instanceOf(id))
                    .singleResult()
                    .getId();
            assertThat(world.post("engineer2", "/engine-rest/task/" + task + "/complete", Map.of())
                            .status())
                    .isBetween(400, 499);
            assertThat(world.post("manager", "/engine-rest/task/" + task + "/complete", Map.of())
                            .status())
                    .as("without an answer")
                    .isBetween(400, 499);
            Browser browser = Browser.of(world, "engineer", "engineer");
            assertThat(browser.post("/api/v1/access-requests/" + UUID.randomUUID() + "/withdrawal", "{}")
                            .statusCode())
                    .isBetween(400, 499);
            assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
        } finally {
            root.detachAppender(log);
            engine.setLevel(before);
        }
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN)
                        && (event.getLevel() == Level.ERROR || event.getThrowableProxy() != null))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }
}
