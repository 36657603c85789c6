package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.Stranger;
import dev.drawbridge.testing.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

/** What a call may cost, and what no call can cost others: the end of access. */
@DrawbridgeTest
class DoorsBudgetTest {
    @Autowired
    World world;

    @Autowired
    @Qualifier("peoplesConnections")
    HikariDataSource people;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    @ParameterizedTest
    @CsvSource({
        "/engine-rest/task/count, 65",
        "/camunda/api/engine/engine/default/task/count, 65",
        "/api/v1/access-requests, 257",
        "/api/v1/access-requests/preview, 257",
        "/sign-in, 257"
    })
    void refusesABodyThatIsTooLargeByItsOwnAccountAndWhenItGoesOnAndOn(String path, int kilobytes) {
        String body = "{\"justification\":\"" + "x".repeat(kilobytes * 1024) + "\"}";

        Answer declared = world.post("contractor", path, body);
        assertThat(declared.status()).isEqualTo(413);
        assertThat(declared.detail()).contains("larger than the " + (kilobytes - 1) + " kB");
        if (path.contains("/v1/") || path.startsWith("/engine-rest")) {
            HttpResponse<String> undeclared = chunked("contractor", path, "application/json", body);
            assertThat(undeclared.statusCode()).as(undeclared.body()).isEqualTo(413);
            assertThat(undeclared.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/problem+json");
        }
    }

    @Test
    void takesABodyOfUsualSizeInChunks() {
        HttpResponse<String> taken = chunked(
                "engineer",
                "/api/v1/access-requests/preview",
                "application/json",
                "{\"entitlement\":\"app-logs-read\",\"duration\":\"PT1H\",\"justification\":\"Why is it slow?\"}");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(chunked("engineer", "/engine-rest/task/count", "application/json", "{}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesAFormOnlyWithItsLength() {
        assertThat(chunked("engineer", "/sign-in", "application/x-www-form-urlencoded", "username=x")
                        .statusCode())
                .isEqualTo(411);
    }

    @Test
    void takesADeploymentThatIsLargerThanOtherBodies() {
        String boundary = "parts";
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\nx\r\n--"
                + boundary + "\r\nContent-Disposition: form-data; name=\"a.txt\"; filename=\"a.txt\"\r\n\r\n"
                + "x".repeat(300_000) + "\r\n--" + boundary + "--\r\n";
        for (String path : List.of("/engine-rest/deployment/create", "/engine-rest/engine/default/deployment/create")) {
            HttpResponse<String> refused = sent(
                    "engineer", path, "multipart/form-data; boundary=parts", HttpRequest.BodyPublishers.ofString(body));
            assertThat(refused.statusCode())
                    .as("read, and refused for who it is")
                    .isEqualTo(403);
        }
        assertThat(sent(
                                "engineer",
                                "/engine-rest/task/x/attachment/create",
                                "multipart/form-data; boundary=parts",
                                HttpRequest.BodyPublishers.ofString(body))
                        .statusCode())
                .isEqualTo(413);
    }

    private HttpResponse<String> chunked(String who, String path, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return sent(
                who,
                path,
                type,
                HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes)));
    }

    private HttpResponse<String> sent(String who, String path, String type, HttpRequest.BodyPublisher body) {
        try {
            String pair = Base64.getEncoder().encodeToString((who + ":" + who).getBytes(StandardCharsets.UTF_8));
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(world.url(path)))
                                    .header("Authorization", "Basic " + pair)
                                    .header("Content-Type", type)
                                    .POST(body)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/engine-rest/task/count", "/camunda/api/engine/engine/default/task/count"})
    void asksTheEngineNoQueryOfManyParts(String path) {
        Object or = Map.of("taskVariables", List.of());
        assertThat(refusedFor("contractor", path, Map.of("orQueries", Collections.nCopies(5, or))))
                .contains("at most 4 'orQueries'");
        assertThat(refusedFor("contractor", path, Map.of("orQueries", List.of(Map.of("orQueries", List.of(or))))))
                .contains("no further ones");
        assertThat(refusedFor(
                        "contractor",
                        path,
                        Map.of(
                                "processVariables",
                                Collections.nCopies(21, Map.of("name", "a", "operator", "eq", "value", "b")))))
                .contains("at most 20 conditions");
        assertThat(refusedFor("contractor", path, Map.of("taskDefinitionKeyIn", Collections.nCopies(201, "a"))))
                .contains("at most 200 values");
        assertThat(world.get("contractor", path + "?processVariables=" + "a_eq_1,".repeat(80))
                        .status())
                .isEqualTo(400);
        if (path.startsWith("/engine-rest")) {
            assertThat(refusedFor("contractor", path, "{\"orQueries\": [")).contains("not the JSON");
            assertThat(world.post("contractor", path, Map.of("orQueries", Collections.nCopies(4, Map.of("name", "x"))))
                            .status())
                    .as("what people ask is answered")
                    .isEqualTo(200);
        }
    }

    private String refusedFor(String who, String path, Object body) {
        Answer refused = world.post(who, path, body);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        return refused.detail();
    }

    @Test
    void answersWithNoMoreLinesThanAPageHas() {
        for (int person = 0; person < 3; person++) {
            world.request(person == 0 ? "engineer" : person == 1 ? "engineer2" : "contractor", "app-logs-read", "PT1H");
        }
        assertThat(world.get("operator", "/engine-rest/process-instance?maxResults=1")
                        .json())
                .hasSize(1);
        assertThat(world.get(
                                "operator",
                                "/engine-rest/process-instance?maxResults=99999999&%6DaxResults=7&firstResult=1")
                        .status())
                .isEqualTo(200);
        assertThat(world.get("operator", "/engine-rest/process-instance").status())
                .isEqualTo(200);
    }

    @Test
    void endsAccessThoughEveryConnectionOfThePeopleIsTaken() throws Exception {
        UUID late = world.request("engineer", "app-logs-read", "PT15M");
        UUID swept = world.request("engineer2", "app-logs-read", "PT15M");
        List<Connection> taken = new ArrayList<>();
        try {
            while (taken.size() < people.getMaximumPoolSize()) {
                taken.add(people.getConnection());
            }
            Answer busy = world.get("engineer", "/api/v1/catalog");
            assertThat(busy.status()).as(busy.text()).isEqualTo(503);
            assertThat(busy.detail()).contains("busy at the moment");
            assertThat(busy.headers().firstValue("Retry-After")).isPresent();

            world.clock().advance(Duration.ofMinutes(16));
            world.sweep();
            assertThat(world.loginExists(swept)).isFalse();
            assertThat(world.loginExists(late)).isFalse();
            world.runDueJobs();
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        assertThat(world.outcome(late)).isEqualTo("EXPIRED");
        assertThat(world.outcome(swept)).isEqualTo("EXPIRED");
    }

    @Test
    void grantsThoughEveryConnectionOfThePeopleIsTaken() throws Exception {
        Answer asked = world.post("engineer", "/api/v1/access-requests", World.ask("app-logs-read", "PT1H"));
        UUID id = UUID.fromString(asked.get("id"));
        List<Connection> taken = new ArrayList<>();
        try {
            while (taken.size() < people.getMaximumPoolSize()) {
                taken.add(people.getConnection());
            }
            world.runDueJobs();
            assertThat(world.loginExists(id)).isTrue();
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    @Test
    void stopsAStatementOfAPersonThatTakesTooLongAndNoneOfTheProducts() throws Exception {
        try (Connection asked = people.getConnection()) {
            assertThat(World.values(asked, "show statement_timeout")).containsExactly("10s");
        }
        assertThat(world.jdbc()
                        .sql("show statement_timeout")
                        .query(String.class)
                        .single())
                .isEqualTo("0");
    }

    @Test
    void endsAccessInTimeWhileAContractorAsksAsMuchAsTheDoorsTake() {
        UUID id = world.request("engineer", "app-logs-read", "PT15M");
        List<CompletableFuture<Integer>> asking = new ArrayList<>();
        Object conditions = Collections.nCopies(20, Map.of("name", "a", "operator", "like", "value", "%b%"));
        Object most = Map.of("orQueries", Collections.nCopies(4, Map.of("processVariables", conditions)));
        Object attack = Map.of("orQueries", Collections.nCopies(4_000, Map.of("name", "a")));
        for (int call = 0; call < 34; call++) {
            Object body = call % 2 == 0 ? most : attack;
            asking.add(CompletableFuture.supplyAsync(() ->
                    world.post("contractor", "/engine-rest/task/count", body).status()));
        }
        world.clock().advance(Duration.ofMinutes(16));
        world.sweep();

        assertThat(world.loginExists(id)).isFalse();
        assertThat(asking)
                .extracting(CompletableFuture::join)
                .allMatch(status -> List.of(200, 400, 413, 429, 503).contains(status));
        assertThat(world.outcome(id)).isEqualTo("EXPIRED");
    }

    @Test
    void turnsAwayWhoAsksForTooMuchAtOnceAndNobodyElse() throws Exception {
        // Whoever asks waits for a row that is taken, and holds what they have.
        UUID id = world.request("contractor", "app-logs-read", "PT1H");
        List<CompletableFuture<Answer>> asking = new ArrayList<>();
        try (Connection holding = people.getConnection()) {
            holding.setAutoCommit(false);
            World.values(holding, "select id::text from access_request where id = '" + id + "' for update");
            for (int call = 0; call < 30; call++) {
                asking.add(CompletableFuture.supplyAsync(
                        () -> world.post("contractor", "/api/v1/access-requests/" + id + "/return", null),
                        task -> new Thread(task).start()));
            }
            CompletableFuture.anyOf(asking.toArray(CompletableFuture[]::new)).join();
            assertThat(world.get("engineer", "/api/v1/catalog").status()).isEqualTo(200);
            holding.rollback();
        }
        assertThat(asking)
                .extracting(call -> call.join().status())
                .contains(429)
                .as("who comes second with what can be done once")
                .doesNotContain(500);
    }

    @Test
    void saysNothingOfItsInsideToAnOverlongAddress() {
        Stranger.Said said = new Stranger("127.0.0.1", URI.create(world.url("/")))
                .call("GET", "/engine-rest/task?name=" + "x".repeat(20_000), "engineer", "engineer", "", "");
        assertThat(said.status()).isIn(400, 414, 431);
        assertThat(said.text()).doesNotContain("Exception");
    }
}
