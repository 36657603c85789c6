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
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** A small identity provider, on loopback, that all tests share; its keys are made when it is started. */
public final class Issuer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    public static final String AUDIENCE = "drawbridge";
    public static final RSAKey KEY = key("first");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpServer SERVER = started();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "spring.security.oauth2.resourceserver.jwt.issuer-uri=" + url(),
                        "spring.security.oauth2.resourceserver.jwt.audiences=" + AUDIENCE,
                        "drawbridge.sign-in.second-factor-acr=gold,platinum")
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
                    call -> answer(call, Map.of("issuer", url, "jwks_uri", url + "/keys")));
            server.createContext("/keys", call -> answer(call, new JWKSet(KEY.toPublicJWK()).toJSONObject()));
            server.start();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void answer(HttpExchange call, Map<String, ?> body) throws IOException {
        byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", "application/json");
        call.sendResponseHeaders(200, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
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
