package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import dev.drawbridge.testing.Browser;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.Issuer;
import dev.drawbridge.testing.World;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Browsers that sign in at an identity provider. */
@DrawbridgeTest
class ProviderTest {
    private static final String WAY = "/sign-in/with/company";

    @Autowired
    World world;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private String person;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        person = "browser-" + UUID.randomUUID().toString().substring(0, 8);
        Issuer.signsIn(claims("engineers"));
    }

    private Map<String, Object> claims(String... groups) {
        return Issuer.idClaims(world.clock().instant(), person, groups);
    }

    private HttpResponse<String> get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url.startsWith("http") ? url : world.url(url)))
                .header("Accept", "text/html,application/json"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    /** As the browser goes: there, and back. */
    private HttpResponse<String> signIn(String way) {
        return get(location(get(location(get(way)))));
    }

    private int status(String path) {
        return send(HttpRequest.newBuilder(URI.create(world.url(path))).header("Accept", "application/json"))
                .statusCode();
    }

    private String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    private HttpResponse<String> post(String path, Object json) {
        return send(HttpRequest.newBuilder(URI.create(world.url(path)))
                .header("Content-Type", "application/json")
                .header("X-CSRF-TOKEN", cookie("DRAWBRIDGE-CSRF"))
                .POST(HttpRequest.BodyPublishers.ofString(json.toString())));
    }

    private int sessions() {
        return world.jdbc()
                .sql("select count(*) from spring_session")
                .query(Integer.class)
                .single();
    }

    private int accounts() {
        return world.jdbc()
                .sql("select count(*) from account")
                .query(Integer.class)
                .single();
    }

    @Test
    void signsInOnceForPagesTasklistAndRest() {
        assertThat(get("/sign-in").body())
                .contains("Sign in with")
                .contains("the company")
                .contains(WAY);
        int before = sessions();
        get(WAY);
        get("/oauth2/authorization/company");
        assertThat(sessions()).as("strangers keep none").isEqualTo(before);

        HttpResponse<String> back = signIn(WAY);

        assertThat(back.statusCode()).isEqualTo(302);
        assertThat(location(back)).isEqualTo("/");
        assertThat(sessions()).isEqualTo(before + 1);
        assertThat(get("/").body()).contains(person);
        assertThat(status("/api/v1/catalog")).isEqualTo(200);
        assertThat(status("/camunda/api/engine/engine/default/filter")).isEqualTo(200);
        assertThat(status("/engine-rest/task")).isEqualTo(401);
        assertThat(post("/api/v1/access-requests", "{}").statusCode())
                .as("with the page's token")
                .isIn(400, 422);
    }

    @Test
    void leadsToThePageThatWasWanted() {
        assertThat(location(get("/requests/abc"))).endsWith("/sign-in");

        assertThat(location(signIn(WAY))).isEqualTo("/requests/abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "//evil.example",
                "/\\evil.example",
                "/camunda/app/../../sign-out",
                "/api/v1/catalog",
                "/requests/%0d%0aSet-Cookie:x"
            })
    void leadsNowhereElse(String page) {
        String back = location(signIn(WAY + "?back=" + URLEncoder.encode(page, StandardCharsets.UTF_8)));

        assertThat(back)
                .startsWith("/")
                .doesNotContain("evil", "sign-out", "api")
                .doesNotStartWith("//");
    }

    @Test
    void asksTheProviderForMoreAndComesBackToTheFormWithASecondFactor() {
        signIn(WAY);
        assertThat(verdict("orders-write")).contains("second factor");
        Map<String, Object> more = claims("engineers");
        more.put("acr", "gold");
        Issuer.signsIn(more);

        String tasklist = "/camunda/app/tasklist/default/";
        String again = location(get("/sign-in/again?more=second-factor&back=" + tasklist));
        HttpResponse<String> back = signIn(again);

        assertThat(location(back)).isEqualTo(tasklist);
        assertThat(Issuer.asked().get("acr_values").split(" ")).containsExactlyInAnyOrder("gold", "platinum");
        assertThat(verdict("orders-write")).doesNotContain("second factor");
        assertThat(Issuer.asked()).containsKey("code_challenge").containsKey("nonce");

        signIn("/sign-in/with/company?more=anew");
        assertThat(Issuer.asked()).containsEntry("max_age", "0");
        Issuer.signsIn(claims("engineers"));
        signIn(WAY);
        assertThat(verdict("orders-write"))
                .as("a later sign-in without one has none")
                .contains("second factor");
    }

    private String verdict(String entitlement) {
        return post(
                        "/api/v1/access-requests/preview",
                        "{\"entitlement\":\"" + entitlement
                                + "\",\"duration\":\"PT3H\",\"justification\":\"look\",\"ticket\":\"OPS-1\"}")
                .body();
    }

    @Test
    void keepsTheFactorOfASessionFromACallWithAPassword() {
        Map<String, Object> more = claims("engineers");
        more.put("acr", "gold");
        Issuer.signsIn(more);
        signIn(WAY);

        String refused = send(HttpRequest.newBuilder(URI.create(world.url("/api/v1/access-requests/preview")))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Basic ZW5naW5lZXI6ZW5naW5lZXI=")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"entitlement\":\"orders-write\",\"duration\":\"PT3H\",\"justification\":\"look\",\"ticket\":\"OPS-1\"}")))
                .body();

        assertThat(refused).contains("second factor");
    }

    @Test
    void isAnotherSessionAfterTheSignInThanBefore() {
        Browser before = Browser.of(world, "engineer2", "engineer2");
        String planted = before.cookie("JSESSIONID");
        HttpCookie cookie = new HttpCookie("JSESSIONID", planted);
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(URI.create(world.url("/")), cookie);

        signIn(WAY);

        assertThat(cookies.getCookieStore().getCookies())
                .as("a session of its own, beside what was planted")
                .filteredOn(one -> one.getName().equals("JSESSIONID"))
                .extracting(HttpCookie::getValue)
                .anyMatch(session -> !session.isEmpty() && !session.equals(planted));
        assertThat(before.get("/api/v1/catalog"))
                .as("who planted it has nothing")
                .isEqualTo(401);
    }

    @Test
    void refusesWhatDoesNotFitTheSignInThatBegan() {
        int before = sessions();
        String there = location(get(location(get(WAY))));
        String forged = there.replaceAll("state=[^&]*", "state=forged");
        assertThat(get(forged).statusCode()).isEqualTo(401);
        assertThat(get(there).statusCode()).as("each answer once").isEqualTo(401);

        String other = location(get(location(get(WAY))));
        cookies.getCookieStore().removeAll();
        assertThat(get(other).statusCode()).as("in another browser").isEqualTo(401);
        assertThat(get("/login/oauth2/code/company?error=x&error_description=%3Cb%3Epay%20here&state=s")
                        .body())
                .doesNotContain("pay here");
        assertThat(sessions()).isEqualTo(before);
    }

    @Test
    void refusesIdTokensThatDoNotHoldAndPutsItOnRecord() {
        long now = world.clock().instant().getEpochSecond();
        Map<String, Map<String, Object>> bad = new HashMap<>();
        bad.put("another audience", Issuer.with(claims("operators"), "aud", List.of("another")));
        bad.put("another issuer", Issuer.with(claims("operators"), "iss", "https://idp.example.com"));
        bad.put("another nonce", Issuer.with(claims("operators"), "nonce", "of-somebody-else"));
        bad.put("expired", Issuer.with(Issuer.with(claims("operators"), "exp", now - 100), "iat", now - 200));
        bad.put("an embedded account", Issuer.with(claims("operators"), "preferred_username", "operator"));
        bad.put("nameless", Issuer.with(claims("operators"), "preferred_username", null));
        int sessions = sessions();
        int accounts = accounts();

        bad.forEach((what, claims) -> {
            Issuer.signsIn(claims);
            assertThat(signIn(WAY).statusCode()).as(what).isEqualTo(401);
            assertThat(status("/api/v1/catalog")).as(what).isEqualTo(401);
            assertThat(world.lastEntry()).as(what).startsWith("nobody: ");
        });

        assertThat(sessions()).isEqualTo(sessions);
        assertThat(accounts()).isEqualTo(accounts);
    }

    @Test
    void signsOutThere() {
        signIn(WAY);
        get("/");

        HttpResponse<String> out = send(HttpRequest.newBuilder(URI.create(world.url("/sign-out")))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("_csrf=" + cookie("DRAWBRIDGE-CSRF"))));

        assertThat(out.statusCode()).isEqualTo(200);
        assertThat(out.body()).contains(Issuer.url() + "/end?id_token_hint=").contains("post_logout_redirect_uri=");
        assertThat(status("/api/v1/catalog")).isEqualTo(401);
    }

    private HttpResponse<String> tells(Map<String, Object> claims, JOSEObjectType type) {
        return send(HttpRequest.newBuilder(URI.create(world.url("/logout/connect/back-channel/company")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("logout_token=" + Issuer.signed(claims, Issuer.KEY, type))));
    }

    /** Its times are held against the machine's own clock. */
    private Map<String, Object> over() {
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", Issuer.url());
        claims.put("aud", List.of(Issuer.CLIENT));
        claims.put("iat", Instant.now().getEpochSecond());
        claims.put("exp", Instant.now().plus(Duration.ofMinutes(2)).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("sub", "subject-of-" + person);
        claims.put("sid", "session-of-" + person);
        claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        return claims;
    }

    @Test
    void endsTheSessionWhenTheProviderSaysSoAndNoOther() {
        signIn(WAY);
        assertThat(status("/api/v1/catalog")).isEqualTo(200);
        JOSEObjectType type = new JOSEObjectType("logout+jwt");
        tells(Issuer.with(over(), "sid", "another"), type);
        tells(Issuer.with(over(), "aud", List.of("another")), type);
        tells(Issuer.with(over(), "events", null), type);
        tells(Issuer.with(over(), "iss", "https://idp.example.com"), type);
        assertThat(status("/api/v1/catalog")).isEqualTo(200);

        assertThat(tells(over(), type).statusCode()).isEqualTo(200);

        assertThat(status("/api/v1/catalog")).isEqualTo(401);
        assertThat(get("/").statusCode()).isEqualTo(302);
    }

    @Test
    void endsAllOfAPersonWhereTheProviderNamesNoSession() {
        signIn(WAY);

        tells(Issuer.with(over(), "sid", null), new JOSEObjectType("logout+jwt"));

        assertThat(status("/api/v1/catalog")).isEqualTo(401);
    }

    @Test
    void isOverOnceThePersonHasLeft() {
        signIn(WAY);
        world.superuser("drawbridge", "update account set left_at = now() where id = '" + person + "'");

        assertThat(status("/api/v1/catalog")).isEqualTo(401);
        assertThat(signIn(WAY).statusCode()).isEqualTo(401);
    }
}
