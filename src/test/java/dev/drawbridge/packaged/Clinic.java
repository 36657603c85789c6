package dev.drawbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What the people of the company in the tests do, through its proxy. */
final class Clinic {
    /** Where somebody sits, for the nginx of the test. */
    static final String DESK = "X-Desk";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    Clinic(String base) {
        this.base = base;
    }

    /** Something that becomes true. */
    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(String what, Condition condition) throws Exception {
        Instant until = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            if (Instant.now().isAfter(until)) {
                throw new AssertionError("It did not come about: " + what);
            }
            if (new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("not reached");
            }
        }
    }

    HttpResponse<String> exchange(String who, String method, String path, Object body, String desk) throws Exception {
        String password = who.equals("root") ? "change-me-root" : who + "-changes-me";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((who + ":" + password).getBytes(StandardCharsets.UTF_8)))
                .method(
                        method,
                        HttpRequest.BodyPublishers.ofString(body.equals("") ? "" : JSON.writeValueAsString(body)));
        if (!desk.isEmpty()) {
            request.header(DESK, desk);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What is answered to a call that succeeds. */
    JsonNode call(String who, String method, String path, Object body) throws Exception {
        HttpResponse<String> answer = exchange(who, method, path, body, "");
        assertThat(answer.statusCode())
                .as(who + " " + method + " " + path + ": " + answer.body())
                .isBetween(200, 299);
        return json(answer);
    }

    private static JsonNode json(HttpResponse<String> answer) throws JsonProcessingException {
        return answer.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(answer.body());
    }

    /** A request; what is wrong with it, if anything, is in the answer. */
    HttpResponse<String> ask(String who, String entitlement, String desk, Map<String, String> more) throws Exception {
        Map<String, String> draft = new TreeMap<>(Map.of(
                "entitlement",
                entitlement,
                "duration",
                "PT1H",
                "justification",
                "Mend the invoice of a patient who waits"));
        draft.putAll(more);
        return exchange(who, "POST", "/api/v1/access-requests", draft, desk);
    }

    /** The id of a request that is granted, or waits. */
    String asked(String who, String entitlement, String desk, Map<String, String> more) throws Exception {
        HttpResponse<String> answer = ask(who, entitlement, desk, more);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode request = json(answer);
        assertThat(request.at("/verdict/outcome").asText()).as(answer.body()).isNotEqualTo("DENIED");
        return request.path("id").asText();
    }

    String asked(String who, String entitlement) throws Exception {
        return asked(who, entitlement, "", Map.of());
    }

    /** Throws where the guardrails let it pass, or say something else. */
    void requireDenied(String who, String entitlement, String desk, Map<String, String> more, String sentence)
            throws Exception {
        HttpResponse<String> answer = ask(who, entitlement, desk, more);
        assertThat(answer.body()).contains(sentence);
        JsonNode request = json(answer);
        assertThat(request.at("/verdict/outcome").asText()).as(answer.body()).isEqualTo("DENIED");
        assertThat(request.path("state").asText()).isEqualTo("ENDED");
        assertThat(request.path("grant").isNull()).as(answer.body()).isTrue();
    }

    /** Throws where it is not turned away at once, with this sentence. */
    void requireNotToBeHad(String who, String entitlement, String sentence) throws Exception {
        HttpResponse<String> answer = ask(who, entitlement, "", Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        assertThat(answer.body()).contains(sentence);
    }

    void approve(String id, String... approvers) throws Exception {
        for (String approver : approvers) {
            call(
                    approver,
                    "POST",
                    "/api/v1/access-requests/" + id + "/decision",
                    Map.of("decision", "approve", "comment", "As agreed"));
        }
    }

    /** Completes what the company's own process has this person do, where the mail about it leads. */
    void complete(String id, String who) throws Exception {
        HttpResponse<String> link = exchange(who, "GET", "/requests/" + id + "/task", "", "");
        String task = link.headers().firstValue("Location").orElse("").replaceAll("^.*/tasks/([^/]+)$", "$1");
        assertThat(task).as(link.headers() + link.body()).matches("[0-9a-f-]{36}");
        call(
                who,
                "POST",
                "/engine-rest/task/" + task + "/submit-form",
                Map.of("variables", Map.of("note", Map.of("value", "Done", "type", "String"))));
    }

    JsonNode request(String id) throws Exception {
        return call("dora", "GET", "/api/v1/access-requests/" + id, "");
    }

    String state(String id) throws Exception {
        return request(id).path("state").asText();
    }

    void awaitState(String id, String state) throws Exception {
        await(state + ", and not " + request(id), () -> state(id).equals(state));
    }

    /** Throws where it does not end, or for another reason. */
    void awaitEnded(String id, String sentence) throws Exception {
        awaitState(id, "ENDED");
        assertThat(request(id).at("/ending/sentence").asText()).contains(sentence);
    }

    JsonNode reveal(String who, String id) throws Exception {
        return call(who, "POST", "/api/v1/access-requests/" + id + "/credentials", "");
    }

    /** A connection with what was revealed; to the very database that it names. */
    static Connection connected(JsonNode revealed) throws SQLException {
        String place = revealed.path("url").asText().replaceAll("^postgresql://[^@]*@", "");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + place,
                revealed.path("username").asText(),
                revealed.path("password").asText());
    }

    void revoke(String id) throws Exception {
        call("dora", "POST", "/api/v1/access-requests/" + id + "/revocation", Map.of("reason", "The work is done"));
    }

    /** Waits until the operators' view is so. */
    void awaitOpenAccess(String what, Predicate<JsonNode> condition) throws Exception {
        Instant until = Instant.now().plus(PATIENCE);
        JsonNode seen = openAccess();
        while (!condition.test(seen) && Instant.now().isBefore(until)) {
            seen = openAccess();
        }
        assertThat(condition.test(seen))
                .as(what + ":\n" + seen.toPrettyString())
                .isTrue();
    }

    JsonNode openAccess() throws Exception {
        return call("dora", "GET", "/api/v1/open-access", "");
    }
}
