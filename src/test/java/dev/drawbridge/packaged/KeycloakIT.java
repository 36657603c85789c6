package dev.drawbridge.packaged;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged product and a real Keycloak. */
class KeycloakIT {
    private static final String SECRET = "a-secret-of-the-test";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Keycloak keycloak;
    private static RunningJar drawbridge;

    @BeforeAll
    static void start() throws Exception {
        drawbridge = RunningJar.prepare();
        keycloak = Keycloak.start(URI.create(drawbridge.url("/")).getPort());
        drawbridge.with(
                "--spring.security.oauth2.client.registration.keycloak.client-id=drawbridge",
                "--spring.security.oauth2.client.registration.keycloak.client-secret=" + SECRET,
                "--spring.security.oauth2.client.registration.keycloak.client-name=Keycloak",
                "--spring.security.oauth2.client.registration.keycloak.scope=openid,profile,email",
                "--spring.security.oauth2.client.provider.keycloak.issuer-uri=" + keycloak.issuer(),
                "--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + keycloak.issuer(),
                "--spring.security.oauth2.resourceserver.jwt.audiences=drawbridge-api",
                "--drawbridge.sign-in.second-factor-acr=gold");
        drawbridge.launch();
    }

    @AfterAll
    static void stop() throws Exception {
        if (drawbridge != null) {
            drawbridge.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
    }

    private static String token(Map<String, String> grant) throws IOException, InterruptedException {
        String form = grant.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(keycloak.issuer() + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                form + "&client_id=drawbridge&client_secret=" + SECRET + "&scope=openid"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode said = new ObjectMapper().readTree(answer.body());
        assertThat(said.has("access_token")).as(answer.body()).isTrue();
        return said.path("access_token").asText();
    }

    private static HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(drawbridge.url(path)))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void takesItsTokensOfPeopleAndOfNobodyElse() throws Exception {
        assertThat(get("/api/v1/catalog", token(Map.of("grant_type", "client_credentials")))
                        .body())
                .contains("not-a-person");
        HttpResponse<String> taken = get(
                "/api/v1/catalog",
                token(Map.of("grant_type", "password", "username", "engineer", "password", "somebody-else")));
        assertThat(taken.statusCode()).isEqualTo(401);
        assertThat(taken.body()).contains("name-taken");

        String kim = token(
                Map.of("grant_type", "password", "username", "kim", "password", "kim-of-keycloak", "totp", code()));
        assertThat(get("/api/v1/catalog", kim).body()).contains("app-logs-read");
        assertThat(get("/api/v1/publications", kim).statusCode())
                .as("/team/operators are not the operators")
                .isEqualTo(403);
    }

    @Test
    void stepsUpWithACodeAndSignsOutWhenKeycloakSaysSo() throws Exception {
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.browser().newContext().newPage();
            page.setDefaultTimeout(60_000);
            page.navigate(drawbridge.url("/"));
            page.getByText("Sign in with Keycloak").click();
            page.locator("#username").fill("kim");
            page.locator("#password").fill("kim-of-keycloak");
            page.locator("#kc-login").click();
            page.locator("a.card").getByText("Ask for access").click();
            page.locator("[data-entitlement=orders-write]").click();
            page.locator("#db-minutes").fill("240");
            page.locator("#db-ticket").fill("OPS-4711");
            page.locator("#db-why").fill("Repair the orders of Monday");
            assertThat(page.locator("#db-preview")).containsText("without a second factor lasts two hours at most");

            page.locator("#db-again").click();
            page.locator("#otp").fill(code());
            page.locator("#kc-login").click();

            // Tasklist is loaded anew.
            page.locator("#db-why").waitFor();
            assertThat(page.locator("#db-why")).hasValue("Repair the orders of Monday");
            assertThat(page.locator("#db-ticket")).hasValue("OPS-4711");
            assertThat(page.locator("#db-preview")).containsText("Needs approval");
            assertThat(page.locator("#db-preview")).not().containsText("second factor");

            Page elsewhere = page.context().newPage();
            elsewhere.navigate(keycloak.issuer() + "/protocol/openid-connect/logout");
            elsewhere.locator("#kc-logout").click();
            elsewhere.waitForCondition(() -> page.context()
                            .request()
                            .get(drawbridge.url("/api/v1/catalog"))
                            .status()
                    == 401);
        }
    }

    /** The one-time code of now, of the secret in the realm: RFC 6238. */
    private static String code() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec("12345678901234567890".getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
        byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES)
                .putLong(Instant.now().getEpochSecond() / 30)
                .array());
        int place = hash[hash.length - 1] & 15;
        return "%06d".formatted((ByteBuffer.wrap(hash).getInt(place) & Integer.MAX_VALUE) % 1_000_000);
    }
}
