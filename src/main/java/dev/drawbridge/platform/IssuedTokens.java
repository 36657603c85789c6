package dev.drawbridge.platform;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.security.oauth2.resource.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/**
 * Verifies tokens of the one issuer that is named. Which signatures count is a list of those that nobody makes who does not have
 * the issuer's own key; the keys are asked for anew when one is not known, and not more often than each half minute.
 */
@Configuration(proxyBeanMethods = false)
class IssuedTokens {
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final int PATIENCE_MILLIS = 3_000;
    private static final int MOST_BYTES = 512 * 1024;
    private static final long OUTAGE_MILLIS = 3_600_000;

    /** Asked for at the first token: a provider that is away does not keep this from starting. */
    @Bean
    @ConditionalOnExpression("'${spring.security.oauth2.resourceserver.jwt.issuer-uri:}' != ''")
    JwtDecoder tokensOfTheIssuer(OAuth2ResourceServerProperties properties, Clock clock) {
        String issuer = properties.getJwt().getIssuerUri();
        List<String> audiences = properties.getJwt().getAudiences();
        if (audiences.isEmpty()) {
            throw new CannotStart(
                    "spring.security.oauth2.resourceserver.jwt.issuer-uri is set, and no audience: whatever " + issuer
                            + " issues for any other application would be taken here.",
                    "Set spring.security.oauth2.resourceserver.jwt.audiences to what the tokens for Drawbridge name in"
                            + " 'aud'.");
        }
        return new SupplierJwtDecoder(() -> {
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSTypeVerifier(
                    new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                    ALGORITHMS, keys(issuer, properties.getJwt().getJwkSetUri())));
            // What a token says is looked at below.
            processor.setJWTClaimsSetVerifier((claims, context) -> {});
            NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
            decoder.setJwtValidator(new WhatTokensSay(issuer, Set.copyOf(audiences), clock));
            return decoder;
        });
    }

    private static JWKSource<SecurityContext> keys(String issuer, @org.jspecify.annotations.Nullable String known) {
        DefaultResourceRetriever web = new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, MOST_BYTES);
        try {
            URL place =
                    URI.create(known == null ? discovered(issuer, web) : known).toURL();
            return JWKSourceBuilder.create(place, web)
                    .retrying(true)
                    .outageTolerant(OUTAGE_MILLIS)
                    .build();
        } catch (IOException | ParseException | IllegalArgumentException away) {
            throw new IllegalStateException(
                    "The identity provider " + issuer + " does not say where its keys are", away);
        }
    }

    /** Where a provider keeps its keys, by what it says of itself; one that calls itself otherwise is another. */
    private static String discovered(String issuer, DefaultResourceRetriever web) throws IOException, ParseException {
        String place = issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration";
        var said = JSONObjectUtils.parse(
                web.retrieveResource(URI.create(place).toURL()).getContent());
        if (!issuer.equals(JSONObjectUtils.getString(said, "issuer"))) {
            throw new ParseException("It calls itself '" + JSONObjectUtils.getString(said, "issuer") + "'", 0);
        }
        return String.valueOf(JSONObjectUtils.getString(said, "jwks_uri"));
    }
}
