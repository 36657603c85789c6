package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Browser;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.Stranger;
import dev.drawbridge.testing.World;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.CookieManager;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who guesses passwords is slowed down, and keeps nobody else out. */
@DrawbridgeTest
class SignInLimitsTest {
    @Autowired
    World world;

    @Autowired
    MeterRegistry metrics;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    private Stranger at(String address) {
        return new Stranger(address, URI.create(world.url("/")));
    }

    @Test
    void letsTheOperatorRevokeHoweverFastAStrangerGuessesTheirPassword() {
        Stranger stranger = at("127.0.0.2");
        world.get("operator", "/api/v1/catalog");
        for (int second = 0; second < 60; second++) {
            UUID id = second % 10 == 0 ? world.request("engineer", "app-logs-read", "PT1H") : null;
            for (int guess = 0; guess < 4; guess++) {
                assertThat(stranger.guess("operator").status()).isIn(401, 429);
            }
            if (id == null) {
                assertThat(world.post(
                                        "operator",
                                        "/api/v1/access-requests/" + UUID.randomUUID() + "/revocation",
                                        Map.of("reason", "Seen somewhere else"))
                                .status())
                        .as("second %d", second)
                        .isEqualTo(404);
            } else {
                assertThat(world.act("operator", id, "revocation", Map.of("reason", "Seen somewhere else"))
                                .status())
                        .as("second %d", second)
                        .isLessThan(300);
                assertThat(world.outcome(id)).isEqualTo("REVOKED");
            }
            world.clock().advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void letsThoseInWhoSignInFromTheirOwnAddressForTheFirstTimeWhileAStrangerGuesses() {
        for (int guess = 0; guess < 20; guess++) {
            at("127.0.0.3").guess("auditor");
        }
        assertThat(at("127.0.0.4")
                        .call("GET", "/api/v1/catalog", "auditor", "auditor", "", "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void looksAtNoPasswordOfWhoGuessesAndSaysHowLongToWait() {
        Stranger stranger = at("127.0.0.5");
        for (int guess = 0; guess < 5; guess++) {
            assertThat(stranger.guess("manager2").status()).isEqualTo(401);
        }
        double before = count("throttled");

        Stranger.Said slowed = stranger.call("GET", "/api/v1/catalog", "manager2", "manager2", "", "");

        assertThat(slowed.status()).as("the right one among the guesses").isEqualTo(429);
        assertThat(slowed.text())
                .contains("Retry-After: 30", "application/problem+json", "Wait 30 seconds, then try again");
        assertThat(count("throttled")).isEqualTo(before + 1);
        assertThat(count("wrong")).isPositive();
        assertThat(stranger.call("GET", "/engine-rest/task", "manager2", "manager2", "", "")
                        .status())
                .as("nor at the engine's door")
                .isEqualTo(429);
        world.clock().advance(Duration.ofSeconds(31));
        assertThat(stranger.call("GET", "/api/v1/catalog", "manager2", "manager2", "", "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void letsAColleagueInWhoseBrowserIsKnownThoughAnInsiderGuessesBehindTheSameAddress() {
        Browser browser = Browser.of(world, "owner", "owner");
        assertThat(browser.cookie("DRAWBRIDGE-DEVICE")).isNotEmpty();
        int looked = 0;
        for (int guess = 0; guess < 100; guess++) {
            looked += at("127.0.0.1").guess("owner").status() == 401 ? 1 : 0;
        }
        assertThat(looked).as("guesses that were looked at").isBetween(1, 70);
        assertThat(browser.signIn("owner", "owner").headers().firstValue("Location"))
                .hasValue("/");
        assertThat(Browser.fresh(world).signIn("owner", "owner").headers().firstValue("Location"))
                .as("a browser that nobody knows, among the guesses")
                .hasValueSatisfying(place -> assertThat(place).startsWith("/sign-in?wait="));
        world.clock().advance(Duration.ofMinutes(40));
    }

    private double count(String result) {
        return metrics.counter("drawbridge.sign.ins", "result", result).count();
    }

    @Test
    void slowsDownAnAddressThatTriesManyAccountsAndNobodyWhoIsKnownThere() {
        Stranger stranger = at("127.0.0.6");
        assertThat(stranger.call("GET", "/api/v1/catalog", "security", "security", "", "")
                        .status())
                .isEqualTo(200);
        for (int account = 0; account < 50; account++) {
            assertThat(stranger.guess("nobody" + account).status()).isEqualTo(401);
        }
        assertThat(stranger.guess("one-more").status()).isEqualTo(429);
        assertThat(stranger.call("GET", "/api/v1/catalog", "security", "security", "", "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void saysOnTheSignInPageHowLongToWait() throws Exception {
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        String page = "";
        for (int guess = 0; guess < 6; guess++) {
            String token = send(browser, "GET", null).replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
            page = send(browser, "POST", "username=not-a-person-here&password=x&_csrf=" + token);
        }
        assertThat(page).contains("Wait 30 seconds, then try again.");
    }

    private String send(HttpClient browser, String method, String form) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(world.url("/sign-in"))).header("Accept", "text/html");
        if (form != null) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        return browser.send(
                        request.method(method, HttpRequest.BodyPublishers.ofString(form == null ? "" : form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void putsASeriesOfGuessesOnRecordOnceAndItsNumberWhenItIsOver() {
        world.runScheduled("AttemptsOnRecord");
        int before = entries().size();
        for (int guess = 0; guess < 20; guess++) {
            at("127.0.0.7").guess("owner2");
            at("127.0.0.7").guess("<b>anything a stranger types " + guess + "</b>");
            world.clock().advance(Duration.ofSeconds(31));
        }
        List<String> first = entries().subList(before, entries().size());
        assertThat(first)
                .containsExactly(
                        "nobody: A sign-in as owner2 failed, from 127.0.0.7.",
                        "nobody: A sign-in failed, to no account that exists, from 127.0.0.7.");

        world.clock().advance(Duration.ofMinutes(10));
        world.runScheduled("AttemptsOnRecord");

        List<String> all = entries().subList(before, entries().size());
        assertThat(all).hasSize(4);
        assertThat(all.get(2)).startsWith("nobody: 19 more times until ").contains("as owner2", "from 127.0.0.7");
        assertThat(String.join("", all)).doesNotContain("anything a stranger types");
    }

    private List<String> entries() {
        return world.jdbc()
                .sql("select actor || ': ' || sentence from audit_entry where kind like 'sign-in-%' order by id")
                .query(String.class)
                .list();
    }

    @Test
    void letsNobodyTryOtherPeoplesPasswordsAtTheEnginesDoors() {
        String verify = "/engine-rest/identity/verify";
        for (String password : List.of("operator", "a guess")) {
            assertThat(world.post("contractor", verify, Map.of("username", "operator", "password", password))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void countsAttemptsThatARefusedPersonRepeatsInOneEntryAndMalformedOnesInNone() {
        world.runScheduled("AttemptsOnRecord");
        int before = refusals().size();
        for (int time = 0; time < 12; time++) {
            world.post("contractor", "/api/v1/access-requests", "not json at all");
            world.post("contractor", "/api/v1/access-requests", Map.of("entitlement", "app-logs-read"));
            world.post("operator", "/api/v1/revocations", Map.of("reason", "Whose?"));
        }
        assertThat(refusals()).as("malformed").hasSize(before);
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        for (int time = 0; time < 12; time++) {
            world.post("contractor", "/api/v1/access-requests/" + id + "/revocation", Map.of("reason", "I may not"));
        }
        assertThat(refusals()).as("repeated").hasSize(before + 1);
        for (int time = 0; time < 100; time++) {
            world.post("contractor", "/api/v1/access-requests/" + UUID.randomUUID() + "/withdrawal", null);
        }
        assertThat(refusals().size()).as("with made-up names").isLessThanOrEqualTo(before + 32);

        world.clock().advance(Duration.ofMinutes(10));
        world.runScheduled("AttemptsOnRecord");
        assertThat(refusals()).anyMatch(entry -> entry.startsWith("contractor: 11 more times until "));
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void hidesNoGraveAttemptBehindManySmallOnes() {
        world.runScheduled("AttemptsOnRecord");
        for (int time = 0; time < 60; time++) {
            world.post("contractor", "/api/v1/access-requests/" + UUID.randomUUID() + "/withdrawal", null);
        }
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        List<String> before = refusals();
        world.post("contractor", "/engine-rest/identity/verify", Map.of("username", "operator", "password", "a guess"));
        assertThat(refusals()).hasSize(before.size() + 1);
        assertThat(refusals().get(before.size())).startsWith("contractor: ").contains("The process engine");
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void hidesNoAttemptAtARealRequestAmongMadeUpOnesBeforeAndAfterIt() {
        world.runScheduled("AttemptsOnRecord");
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        for (int time = 0; time < 60; time++) {
            world.post("contractor", "/api/v1/access-requests/" + UUID.randomUUID() + "/withdrawal", null);
        }
        world.post("contractor", "/api/v1/access-requests/" + id + "/withdrawal", null);
        for (int time = 0; time < 60; time++) {
            world.post("contractor", "/api/v1/access-requests/" + UUID.randomUUID() + "/withdrawal", null);
        }
        assertThat(world.jdbc()
                        .sql(
                                "select actor from audit_entry where kind = 'attempt-refused' and details ->> 'request' = :id")
                        .param("id", id.toString())
                        .query(String.class)
                        .list())
                .containsExactly("contractor");
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void hidesNoAttemptAtAnInstanceAmongOthersAtTheSameDoor() {
        world.runScheduled("AttemptsOnRecord");
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        String instance = world.instanceOf(id);
        for (int time = 0; time < 60; time++) {
            world.call("contractor", "DELETE", "/engine-rest/process-instance/" + UUID.randomUUID(), null);
        }
        world.call("contractor", "DELETE", "/engine-rest/process-instance/" + instance, null);
        assertThat(refusals()).last().asString().contains("DELETE", instance);
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void hidesNoAttemptAtAnInstanceBehindMadeUpDoors() {
        world.runScheduled("AttemptsOnRecord");
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        for (int time = 0; time < 60; time++) {
            world.post("contractor", "/engine-rest/made-up-" + time, Map.of());
            world.post("contractor", "/engine-rest/execution/" + time + "/signal", Map.of());
        }
        String instance = world.instanceOf(id);
        world.call("contractor", "DELETE", "/engine-rest/process-instance/" + instance, null);
        assertThat(refusals()).last().asString().contains("DELETE", instance);
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    private List<String> refusals() {
        return world.jdbc()
                .sql("select actor || ': ' || sentence from audit_entry where kind = 'attempt-refused' order by id")
                .query(String.class)
                .list();
    }

    @Test
    void letsTheOperatorRevokeThoughAStrangerSendsSeventyFormsByteByByte() throws IOException {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        List<Socket> dawdling = new ArrayList<>();
        try {
            for (int i = 0; i < 70; i++) {
                dawdling.add(at("127.0.0.2").dawdle("/sign-in"));
            }

            assertThat(world.act("operator", id, "revocation", Map.of("reason", "A stolen laptop"))
                            .status())
                    .isEqualTo(200);

            assertThat(world.outcome(id)).isEqualTo("REVOKED");
        } finally {
            for (Socket socket : dawdling) {
                socket.close();
            }
        }
    }
}
