package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Browser;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What arrives at the doors in a shape that no page of ours sends. */
@DrawbridgeTest
class SmallDoorsTest {
    private static final String OPERATOR = "Authorization: Basic b3BlcmF0b3I6b3BlcmF0b3I=\r\n";
    private static final String SIGN_OUT = "/camunda/api/admin/auth/user/default/logout";

    @Autowired
    World world;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/camunda",
                "/camunda/app",
                "/camunda/api",
                "/camunda/lib",
                "/engine-rest",
                "/api/v1",
                "/actuator",
                "/actuator/health",
                "/operations",
                "/requests",
                "/tasks",
                "/sign-in",
                "/sign-out",
                "/error",
                "/v3/api-docs",
                "/swagger-ui",
                "/guides",
                "/webapps",
                "/drawbridge.css",
                "/no-such-thing"
            })
    void answersAPathThatCannotBeReadWithThatAlone(String prefix) throws IOException {
        for (String ending : List.of(
                ";x",
                "/;x=1/y",
                ";",
                "//x",
                "/%2e%2e/x",
                "/%2e/x",
                "/../../x",
                "%00",
                "/%00/x",
                "%2f",
                "/%2F%2fx",
                "%5c",
                "\\x",
                "%3b",
                "/x%3Bx",
                "%25",
                "%zz",
                "%0d%0aX: y",
                "%e2%80%a8",
                "%0a",
                "/x%7f")) {
            for (String who : List.of("", OPERATOR)) {
                String answer = raw("GET " + prefix + ending + " HTTP/1.1\r\nHost: localhost\r\n" + who);

                assertThat(status(answer)).as(prefix + ending + " " + who).isBetween(300, 404);
                assertThat(answer)
                        .as(prefix + ending)
                        .doesNotContain("java.lang")
                        .doesNotContain("\tat ")
                        .doesNotContain("at org.")
                        .doesNotContain("\r\nX: y");
            }
        }
        assertThat(raw("GET " + prefix + ";x HTTP/1.1\r\nHost: localhost\r\n")).contains("This address cannot be read");
        assertThat(raw("GET " + prefix + ";x HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n"))
                .contains("<h1>That cannot be read</h1>");
    }

    @Test
    void answersATextThatNoDatabaseTakesWithoutAFailure() throws IOException {
        for (String path : List.of("/sign-in", "/", "/api/v1/access-requests", "/camunda/app/tasklist/default/")) {
            String answer =
                    raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: JSESSIONID=AA==; SESSION=AA==\r\n");
            assertThat(status(answer)).as(path).isLessThan(500);
        }
        for (String query : List.of("name=%00", "processVariables=a_eq_%00")) {
            String answer = raw("GET /engine-rest/task?" + query + " HTTP/1.1\r\nHost: localhost\r\n" + OPERATOR);
            assertThat(status(answer)).as(query).isEqualTo(400);
        }
        assertThat(world.post("operator", "/engine-rest/task/count", Map.of("name", "a\0"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void letsNobodyWaitAtTheEnginesDoorsForWork() {
        Map<String, Object> work = Map.of(
                "workerId",
                "me",
                "maxTasks",
                1,
                "asyncResponseTimeout",
                1_000,
                "topics",
                List.of(Map.of("topicName", "any", "lockDuration", 1_000)));
        for (String door :
                List.of("/engine-rest", "/engine-rest/engine/default", "/camunda/api/engine/engine/default")) {
            assertThat(world.post("engineer", door + "/external-task/fetchAndLock", work)
                            .status())
                    .as(door)
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/camunda",
                "/camunda/app/tasklist",
                "/camunda/app/tasklist/default/",
                "/swagger-ui.html",
                "/operations"
            })
    void leadsOnByPathWhateverNameTheCallerUsed(String path) throws IOException {
        for (String host : List.of("evil.example", "203.0.113.9", "evil", "localhost:1", "evil.example:80")) {
            for (String who : List.of("", OPERATOR)) {
                String answer =
                        raw("GET " + path + " HTTP/1.1\r\nAccept: text/html\r\nX-Forwarded-Host: evil.example\r\n"
                                + "X-Forwarded-Proto: https\r\nForwarded: host=evil.example\r\n" + who + "Host: " + host
                                + "\r\n");

                assertThat(answer.lines()
                                .filter(line ->
                                        line.toLowerCase(java.util.Locale.ROOT).startsWith("location:")))
                        .as(path + " at " + host)
                        .allMatch(line ->
                                line.substring("location:".length()).strip().startsWith("/"));
                assertThat(answer).as(path + " at " + host).doesNotContain("evil.example");
            }
        }
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n"))
                .as("and a stranger to the sign-in")
                .contains("Location: /sign-in");
    }

    @Test
    void answersOnlyToNamesThatNobodyElseCanPointHere() throws IOException {
        for (String stranger :
                List.of("evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "1e3.example")) {
            String answer = raw("GET /sign-in HTTP/1.1\r\nHost: " + stranger + "\r\n");
            assertThat(status(answer)).as(stranger).isEqualTo(421);
            assertThat(answer).contains("does not go by that name").doesNotContain("Demo accounts");
        }
        for (String ours : List.of(
                "localhost",
                "LOCALHOST:8080",
                "127.0.0.1",
                "[::1]:8080",
                "drawbridge-1:8080",
                "drawbridge.example.com")) {
            assertThat(status(raw("GET /sign-in HTTP/1.1\r\nHost: " + ours + "\r\n")))
                    .as(ours)
                    .isEqualTo(200);
        }
        assertThat(status(raw("GET /actuator/health HTTP/1.1\r\nHost: pod.cluster.local\r\n")))
                .as("a probe asks under any name")
                .isEqualTo(200);
    }

    @Test
    void keepsASessionThatAnotherSiteWantsToEnd() {
        Browser browser = Browser.of(world, "auditor", "auditor");
        browser.get("/camunda/app/tasklist/default/");
        String token = browser.cookie("XSRF-TOKEN");
        assertThat(token).isNotEmpty();

        assertThat(browser.call("GET", SIGN_OUT, null, Map.of()).statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(browser.call("GET", "/sign-out", null, Map.of()).statusCode())
                .isGreaterThanOrEqualTo(400);
        for (String path : List.of(SIGN_OUT, "/sign-out", "/camunda/api/engine/engine/default/task/count")) {
            assertThat(browser.call("POST", path, null, Map.of()).statusCode())
                    .as("without a token")
                    .isEqualTo(403);
            assertThat(browser.call("POST", path, null, Map.of("X-XSRF-TOKEN", "another"))
                            .statusCode())
                    .as("with another token")
                    .isEqualTo(403);
            assertThat(browser.call("POST", path, null, Map.of("X-XSRF-TOKEN", token, "Sec-Fetch-Site", "cross-site"))
                            .statusCode())
                    .as("from another site")
                    .isEqualTo(403);
        }
        assertThat(browser.get("/api/v1/catalog")).as("still signed in").isEqualTo(200);
    }

    @Test
    void signsOutInTasklistToo() {
        Browser browser = Browser.of(world, "auditor", "auditor");
        browser.get("/camunda/app/tasklist/default/");

        browser.call("POST", SIGN_OUT, null, Map.of("X-XSRF-TOKEN", browser.cookie("XSRF-TOKEN")));

        assertThat(browser.get("/api/v1/catalog")).isEqualTo(401);
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    private String raw(String head) throws IOException {
        int port = URI.create(world.url("/")).getPort();
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
