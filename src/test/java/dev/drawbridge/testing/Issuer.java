package dev.drawbridge.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** A small identity provider, on loopback, that all tests share; its keys are made when it is started. */
public final class Issuer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    public static final String AUDIENCE = "drawbridge";
    public static final String CLIENT = "drawbridge-web";
    public static final RSAKey KEY = key("first");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Map<String, String>> CODES = new ConcurrentHashMap<>();
    private static final HttpServer SERVER = started();
    private static volatile Map<String, String> asked = Map.of();
    private static volatile Map<String, Object> next = Map.of();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "spring.security.oauth2.resourceserver.jwt.issuer-uri=" + url(),
                        "spring.security.oauth2.resourceserver.jwt.audiences=" + AUDIENCE,
                        "drawbridge.sign-in.second-factor-acr=gold,platinum",
                        "spring.security.oauth2.client.registration.company.provider=company",
                        "spring.security.oauth2.client.registration.company.client-id=" + CLIENT,
                        "spring.security.oauth2.client.registration.company.client-secret=a-secret",
                        "spring.security.oauth2.client.registration.company.client-name=the company",
                        "spring.security.oauth2.client.registration.company.scope=openid,profile",
                        "spring.security.oauth2.client.provider.company.issuer-uri=" + url())
                .applyTo(context);
    }

    public static String url() {
        return "http://localhost:" + SERVER.getAddress().getPort();
    }

    /** A key of nobody that anybody trusts, or the issuer's own. */
    public static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static HttpServer started() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            String url = "http://localhost:" + server.getAddress().getPort();
            server.createContext(
                    "/.well-known/openid-configuration",
                    call -> answer(
                            call,
                            Map.of(
                                    "issuer",
                                    url,
                                    "jwks_uri",
                                    url + "/keys",
                                    "authorization_endpoint",
                                    url + "/authorize",
                                    "token_endpoint",
                                    url + "/token",
                                    "end_session_endpoint",
                                    url + "/end",
                                    "response_types_supported",
                                    List.of("code"),
                                    "subject_types_supported",
                                    List.of("public"),
                                    "id_token_signing_alg_values_supported",
                                    List.of("RS256"))));
            server.createContext("/authorize", Issuer::authorize);
            server.createContext("/token", Issuer::token);
            server.createContext("/keys", call -> answer(call, new JWKSet(KEY.toPublicJWK()).toJSONObject()));
            server.start();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void answer(HttpExchange call, Map<String, ?> body) throws IOException {
        answer(call, 200, body);
    }

    private static void answer(HttpExchange call, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", "application/json");
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    /** Who signs in next, by these claims of an ID token. */
    public static void signsIn(Map<String, Object> claims) {
        next = new HashMap<>(claims);
    }

    /** What a browser was sent here with last. */
    public static Map<String, String> asked() {
        return asked;
    }

    private static void authorize(HttpExchange call) throws IOException {
        asked = fields(call.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        CODES.put(code, asked);
        call.getResponseHeaders()
                .set(
                        "Location",
                        asked.get("redirect_uri") + "?code=" + code + "&state="
                                + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8));
        call.sendResponseHeaders(302, -1);
        call.close();
    }

    private static void token(HttpExchange call) throws IOException {
        Map<String, String> form = fields(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> begun = CODES.remove(String.valueOf(form.get("code")));
        if (begun == null || !challenge(form.get("code_verifier")).equals(begun.get("code_challenge"))) {
            answer(call, 400, Map.of("error", "invalid_grant"));
            return;
        }
        Map<String, Object> claims = new HashMap<>(next);
        claims.putIfAbsent("nonce", begun.get("nonce"));
        answer(
                call,
                Map.of("access_token", "opaque", "token_type", "Bearer", "expires_in", 60, "id_token", signed(claims)));
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256")
                            .digest(String.valueOf(verifier).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int is = pair.indexOf('=');
            fields.put(
                    is < 0 ? pair : pair.substring(0, is),
                    is < 0 ? "" : URLDecoder.decode(pair.substring(is + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }

    /** The claims of an ID token for a browser that nothing is wrong with. */
    public static Map<String, Object> idClaims(Instant now, String person, String... groups) {
        Map<String, Object> claims = claims(now, person, groups);
        claims.put("aud", List.of(CLIENT));
        claims.put("azp", CLIENT);
        claims.put("typ", "ID");
        claims.put("sid", "session-of-" + person);
        return claims;
    }

    /** The claims of a person's access token that nothing is wrong with. */
    public static Map<String, Object> claims(Instant now, String person, String... groups) {
        Map<String, Object> claims = new TreeMap<>();
        claims.put("iss", url());
        claims.put("sub", "subject-of-" + person);
        claims.put("aud", List.of(AUDIENCE));
        claims.put("azp", "a-client");
        claims.put("typ", "Bearer");
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plusSeconds(300).getEpochSecond());
        claims.put("auth_time", now.minusSeconds(60).getEpochSecond());
        claims.put("preferred_username", person);
        claims.put("groups", new ArrayList<>(List.of(groups)));
        claims.put("amr", List.of("pwd"));
        return claims;
    }

    /** The same, with one claim otherwise; null: without it. */
    public static Map<String, Object> with(Map<String, Object> claims, String claim, Object value) {
        Map<String, Object> changed = new HashMap<>(claims);
        if (value == null) {
            changed.remove(claim);
        } else {
            changed.put(claim, value);
        }
        return changed;
    }

    public static String signed(Map<String, Object> claims) {
        return signed(claims, KEY, JOSEObjectType.JWT);
    }

    public static String signed(Map<String, Object> claims, RSAKey key, JOSEObjectType type) {
        try {
            JWTClaimsSet set = JWTClaimsSet.parse(JSON.writeValueAsString(claims));
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .type(type)
                            .build(),
                    set);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException | ParseException | JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
