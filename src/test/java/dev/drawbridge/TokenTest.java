package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.Browser;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.Issuer;
import dev.drawbridge.testing.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Programs that show a token of the identity provider for the person who uses them. */
@DrawbridgeTest
class TokenTest {
    @Autowired
    World world;

    private String person;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        person = "token-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private Instant now() {
        return world.clock().instant();
    }

    private Map<String, Object> claims(String... groups) {
        return Issuer.claims(now(), person, groups);
    }

    private Answer catalog(String token) {
        return world.bearing(token, "GET", "/api/v1/catalog", null);
    }

    private int accounts() {
        return world.jdbc()
                .sql("select count(*) from account")
                .query(Integer.class)
                .single();
    }

    private List<String> groups() {
        return world.jdbc()
                .sql("select group_id_ from act_id_membership where user_id_ = :person order by 1")
                .param("person", person)
                .query(String.class)
                .list();
    }

    @Test
    void givesWhoIsSeenFirstAnAccountAndLetsThemAskAndUse() {
        Map<String, Object> claims = claims("/engineers", "no-such-group");
        claims.put("manager", "manager");
        claims.put("name", "Tove Token");
        claims.put("email", "tove@example.com");
        claims.put("zoneinfo", "Asia/Tokyo");
        String token = Issuer.signed(claims);

        assertThat(catalog(token).text()).contains("app-logs-read");
        assertThat(groups()).containsExactly("engineers");
        assertThat(world.lastEntry()).contains("manager");
        Answer asked = world.bearing(token, "POST", "/api/v1/access-requests", World.ask("app-logs-read", "PT30M"));
        assertThat(asked.status()).isEqualTo(201);
        world.runDueJobs();
        assertThat(world.state(UUID.fromString(asked.get("id")))).isEqualTo("ACTIVE");
        Answer record = world.get("administrator", "/api/v1/people/" + person);
        assertThat(record.get("name")).isEqualTo("Tove Token");
        assertThat(record.json().path("managers").toString()).isEqualTo("[\"manager\"]");
        assertThat(world.bearing(token, "GET", "/engine-rest/task", null).status())
                .isEqualTo(200);
        assertThat(world.jdbc()
                        .sql("select email_ || ' ' || zone from act_id_user join account on id = id_ where id = :id")
                        .param("id", person)
                        .query(String.class)
                        .single())
                .isEqualTo("tove@example.com Asia/Tokyo");
    }

    @Test
    void asksTheManagerWhoWasTold() {
        Map<String, Object> claims = claims("engineers");
        claims.put("manager", "manager");
        Answer asked = world.bearing(
                Issuer.signed(claims), "POST", "/api/v1/access-requests", World.ask("orders-write", "PT1H"));

        assertThat(world.decide("manager2", UUID.fromString(asked.get("id")), "approve")
                        .status())
                .isIn(403, 404);
        assertThat(world.decide("manager", UUID.fromString(asked.get("id")), "approve")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void followsTheGroupsOfTheNewestTokenAndNoOlderOneBringsThemBack() {
        String older = Issuer.signed(claims("engineers", "operators"));
        assertThat(world.bearing(older, "GET", "/engine-rest/process-definition", null)
                        .text())
                .contains("access-request");
        assertThat(groups()).containsExactly("engineers", "operators");
        String record = "/api/v1/publications";
        assertThat(world.bearing(older, "GET", record, null).status()).isEqualTo(200);

        world.clock().advance(Duration.ofSeconds(30));
        String newer = Issuer.signed(claims("engineers"));

        assertThat(world.bearing(newer, "GET", record, null).status()).isEqualTo(403);
        assertThat(groups()).containsExactly("engineers");
        assertThat(world.bearing(older, "GET", record, null).status()).isEqualTo(403);
        assertThat(groups()).containsExactly("engineers");
        assertThat(world.get("engineer", "/api/v1/catalog").status()).isEqualTo(200);
    }

    @Test
    void leavesNoGroupsWhereNoneAreTold() {
        catalog(Issuer.signed(claims("engineers")));
        catalog(Issuer.signed(Issuer.with(claims(), "groups", null)));

        assertThat(groups()).isEmpty();
    }

    @Test
    void readsAPathAsOneGroupAndNotAsTheOneAtItsEnd() {
        catalog(Issuer.signed(claims("/team/operators", "Engineers", " security", "camunda-admin", "a,b\0c")));

        assertThat(groups()).isEmpty();
    }

    @Test
    void refusesWhoIsInMoreGroupsThanATokenHolds() {
        Map<String, Object> claims = Issuer.with(claims(), "groups", null);
        claims.put("_claim_names", Map.of("groups", "src1"));

        assertThat(catalog(Issuer.signed(claims)).get("code")).isEqualTo("too-many-groups");
        assertThat(groups()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "engineer",
                "Engineer",
                "ENGINEER",
                "\uff45ngineer",
                "camunda-admin",
                "operators",
                "Operators",
                "drawbridge-system",
                "system",
                "SYSTEM",
                "*",
                "a b",
                "a,b",
                "a\u200bb",
                "",
                "  "
            })
    void makesNobodySomebodyElse(String name) {
        int before = accounts();
        Map<String, Object> claims = Issuer.with(claims("operators"), "preferred_username", name);
        claims.put("sub", "a-stranger");

        Answer answer = catalog(Issuer.signed(claims));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer ");
        assertThat(answer.detail()).isNotBlank();
        assertThat(accounts()).isEqualTo(before);
        assertThat(world.get("engineer", "/api/v1/catalog").status()).isEqualTo(200);
    }

    @Test
    void knowsAPersonByTheSubjectWhateverTheyAreCalledLater() {
        catalog(Issuer.signed(claims("engineers")));
        Map<String, Object> renamed = Issuer.with(claims("engineers"), "preferred_username", "engineer");

        UUID asked = UUID.fromString(world.bearing(
                        Issuer.signed(renamed), "POST", "/api/v1/access-requests", World.ask("app-logs-read", "PT30M"))
                .get("id"));
        assertThat(world.show(asked).path("requester").asText()).isEqualTo(person);

        Map<String, Object> another = Issuer.with(claims("engineers"), "sub", "another-subject");
        Answer refused = catalog(Issuer.signed(another));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.get("code")).isEqualTo("name-taken");
        assertThat(world.lastEntry()).startsWith("nobody: ").contains("name of another account");
    }

    @Test
    void letsInNobodyWhoHasLeft() {
        String token = Issuer.signed(claims("engineers"));
        catalog(token);
        world.superuser("drawbridge", "update account set left_at = now() where id = '" + person + "'");

        assertThat(catalog(token).get("code")).isEqualTo("has-left");
        assertThat(catalog(Issuer.signed(claims("engineers"))).status()).isEqualTo(401);
    }

    @Test
    void refusesEachTokenThatDoesNotHoldAndPutsItOnRecord() throws Exception {
        Map<String, Object> good = claims("engineers");
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("another key", Issuer.signed(good, Issuer.key("stranger"), JOSEObjectType.JWT));
        bad.put("another key under the right name", Issuer.signed(good, Issuer.key("first"), JOSEObjectType.JWT));
        bad.put("unsigned", new PlainJWT(JWTClaimsSet.parse(good)).serialize());
        bad.put("signed with the public key as a secret", withThePublicKey(good));
        bad.put(
                "expired",
                Issuer.signed(Issuer.with(good, "exp", now().minusSeconds(31).getEpochSecond())));
        bad.put("never ending", Issuer.signed(Issuer.with(good, "exp", null)));
        bad.put("not said when", Issuer.signed(Issuer.with(good, "iat", null)));
        bad.put(
                "not yet",
                Issuer.signed(Issuer.with(good, "nbf", now().plusSeconds(31).getEpochSecond())));
        bad.put(
                "issued later",
                Issuer.signed(Issuer.with(good, "iat", now().plusSeconds(31).getEpochSecond())));
        bad.put(
                "signs in later",
                Issuer.signed(
                        Issuer.with(good, "auth_time", now().plusSeconds(600).getEpochSecond())));
        bad.put("for another", Issuer.signed(Issuer.with(good, "aud", List.of("another"))));
        bad.put("for nobody", Issuer.signed(Issuer.with(good, "aud", null)));
        bad.put("of another issuer", Issuer.signed(Issuer.with(good, "iss", "https://idp.example.com")));
        bad.put("of no issuer", Issuer.signed(Issuer.with(good, "iss", null)));
        bad.put("of nobody", Issuer.signed(Issuer.with(good, "sub", null)));
        bad.put("nameless", Issuer.signed(Issuer.with(good, "preferred_username", null)));
        bad.put("an id token", Issuer.signed(Issuer.with(good, "typ", "ID")));
        bad.put("an id token of others", Issuer.signed(Issuer.with(good, "nonce", "x")));
        bad.put("a refresh token", Issuer.signed(Issuer.with(good, "typ", "Refresh")));
        bad.put("a logout token", Issuer.signed(good, Issuer.KEY, new JOSEObjectType("logout+jwt")));
        bad.put("a client's own", Issuer.signed(Issuer.with(good, "sub", "a-client")));
        bad.put("an agent's", Issuer.signed(Issuer.with(good, "act", Map.of("sub", "agent"))));
        bad.put("no token", "x");
        bad.put("half a token", Issuer.signed(good).substring(0, 60));
        bad.put("a wished-for factor", tampered(Issuer.signed(good), "\"pwd\"", "\"mfa\""));
        bad.put("wished-for groups", tampered(Issuer.signed(good), "engineers", "operators"));
        int before = accounts();
        int grants = world.grants();

        bad.forEach((what, token) -> {
            for (String path : List.of("/api/v1/access-requests", "/engine-rest/task")) {
                Answer answer = world.bearing(token, "POST", path, World.ask("app-logs-read", "PT30M"));
                assertThat(answer.status()).as(what).isEqualTo(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                        .as(what)
                        .startsWith("Bearer error=\"invalid_token\"");
                assertThat(answer.detail()).as(what).endsWith(".").doesNotContain("Exception", "null");
            }
        });

        assertThat(accounts()).isEqualTo(before);
        assertThat(world.grants()).isEqualTo(grants);
        assertThat(world.jdbc()
                        .sql(
                                "select count(*) from audit_entry where actor = 'nobody' and sentence like '%A token from %'"
                                        + " and at >= :since")
                        .param("since", now().atOffset(java.time.ZoneOffset.UTC))
                        .query(Integer.class)
                        .single())
                .isGreaterThan(5);
    }

    @Test
    void refusesATokenThatWasChangedWhereverThatIs() {
        String token = Issuer.signed(claims("engineers"));
        int before = accounts();
        Random random = new Random(7);
        for (int round = 0; round < 150; round++) {
            // The last sign of each part may hold bits that stand for nothing.
            int place = random.nextInt(token.length());
            char other = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".charAt(random.nextInt(64));
            if (token.charAt(place) == other || token.charAt(place) == '.' || isLastOfAPart(token, place)) {
                continue;
            }
            String changed = token.substring(0, place) + other + token.substring(place + 1);
            assertThat(catalog(changed).status())
                    .as("at " + place + " " + other)
                    .isEqualTo(401);
        }
        assertThat(accounts()).isEqualTo(before);
    }

    private static boolean isLastOfAPart(String token, int place) {
        return place == token.length() - 1 || token.charAt(place + 1) == '.';
    }

    @Test
    void bearsClocksThatAreHalfAMinuteApart() {
        assertThat(catalog(Issuer.signed(Issuer.with(
                                Issuer.claims(now().minusSeconds(60), person, "engineers"),
                                "exp",
                                now().minusSeconds(29).getEpochSecond())))
                        .status())
                .isEqualTo(200);
        assertThat(catalog(Issuer.signed(Issuer.with(
                                claims(), "iat", now().plusSeconds(29).getEpochSecond())))
                        .status())
                .isEqualTo(200);
    }

    private static String withThePublicKey(Map<String, Object> claims) throws JOSEException, ParseException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), JWTClaimsSet.parse(claims));
        token.sign(new MACSigner(Issuer.KEY.toRSAPublicKey().getEncoded()));
        return token.serialize();
    }

    private static String tampered(String token, String what, String instead) {
        String[] parts = token.split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        assertThat(payload).contains(what);
        return parts[0] + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(payload.replace(what, instead).getBytes(StandardCharsets.UTF_8))
                + "." + parts[2];
    }

    @Test
    void takesATokenInItsHeaderAlone() throws Exception {
        String token = Issuer.signed(claims("engineers"));

        assertThat(world.get(null, "/api/v1/catalog?access_token=" + token).status())
                .isEqualTo(401);
        assertThat(bare("/api/v1/catalog", "X-Authorization", "Bearer " + token))
                .isEqualTo(401);
        assertThat(bare("/api/v1/catalog", "Authorization", "Token " + token)).isEqualTo(401);
        assertThat(bare("/api/v1/catalog", "Authorization", "bearer " + token)).isEqualTo(200);
    }

    @Test
    void opensNoPageAndBeginsNoSession() throws Exception {
        String token = Issuer.signed(claims("operators"));

        Answer answer = world.bearing(token, "GET", "/api/v1/catalog", null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("JSESSIONID"));
        assertThat(world.bearing(token, "GET", "/operations", null).status()).isIn(302, 401);
        assertThat(world.bearing(token, "GET", "/camunda/api/engine/engine/default/filter", null)
                        .status())
                .isEqualTo(401);
        assertThat(world.bearing(token, "GET", "/actuator/metrics", null).status())
                .isEqualTo(401);
    }

    private int bare(String path, String... headers) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(world.url(path)))
                                .headers(headers)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void takesNoCallThatSaysTwiceWhoSendsIt() throws Exception {
        String password =
                "Basic " + Base64.getEncoder().encodeToString("operator:operator".getBytes(StandardCharsets.UTF_8));
        String token = "Bearer " + Issuer.signed(claims("engineers"));

        assertThat(bare("/api/v1/catalog", "Authorization", password, "Authorization", token))
                .isEqualTo(400);
        assertThat(bare("/api/v1/catalog", "Authorization", token, "Authorization", password))
                .isEqualTo(400);
    }

    @Test
    void letsNoSessionSpeakWhereATokenIsShownAndNoPageOfAnotherSiteShowOne() {
        Browser operator = Browser.of(world, "operator", "operator");
        String token = Issuer.signed(claims("engineers"));

        var own = operator.call("GET", "/api/v1/operations", null, Map.of("Authorization", "Bearer " + token));
        assertThat(own.statusCode()).as("who bears the token is no operator").isNotEqualTo(200);
        assertThat(operator.call("GET", "/api/v1/catalog", null, Map.of("Authorization", "Bearer x"))
                        .statusCode())
                .as("nor does the session step in")
                .isEqualTo(401);
        var forged = operator.call(
                "POST",
                "/api/v1/access-requests",
                "{}",
                Map.of(
                        "Authorization", "Bearer " + token,
                        "Content-Type", "application/json",
                        "Sec-Fetch-Site", "cross-site"));
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(operator.get("/api/v1/catalog"))
                .as("and the session goes on")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "pwd; ; false",
                "pwd,pin; ; false",
                "pwd,kba,pin; ; false",
                "otp; ; false",
                "otp,hwk,sms; ; false",
                "rba,geo,user,mca; ; false",
                "MFA; ; false",
                "pwd mfa; ; false",
                "pwd; silver; false",
                "pwd; GOLD; false",
                "; ; false",
                "pwd,otp; ; true",
                "pwd,sms; ; true",
                "pin,hwk; ; true",
                "fpt,hwk; ; true",
                "pwd,face; ; true",
                "pwd,mfa; ; true",
                "pwd; gold; true",
                "; platinum; true"
            })
    void countsASecondFactorByWhatTheProviderSays(String amr, String acr, boolean second) {
        Map<String, Object> claims = claims("engineers");
        claims.put("amr", amr == null ? List.of() : List.of(amr.split(",")));
        if (acr != null) {
            claims.put("acr", acr);
        }
        Answer asked = world.bearing(
                Issuer.signed(claims), "POST", "/api/v1/access-requests", World.ask("orders-write", "PT3H"));

        assertThat(asked.json().path("verdict").path("findings").toString().contains("second factor"))
                .as(asked.text())
                .isEqualTo(!second);
        world.superuser("drawbridge", "update account set left_at = now() where id = '" + person + "'");
    }

    @Test
    void saysHowLongAgoSomebodySignedInByTheProvidersWord() {
        Map<String, Object> claims = claims("engineers");
        claims.put("auth_time", now().minus(Duration.ofHours(13)).getEpochSecond());

        Answer asked = world.bearing(
                Issuer.signed(claims), "POST", "/api/v1/access-requests", World.ask("orders-read", "PT30M"));

        assertThat(asked.get("outcome")).isEqualTo("DENIED");
        assertThat(asked.text()).contains("your sign-in must be younger than twelve hours");
    }
}
