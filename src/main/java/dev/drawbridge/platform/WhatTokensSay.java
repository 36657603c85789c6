package dev.drawbridge.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** Whether a token that is rightly signed is meant for this product, and for now. Each error's description is for people. */
record WhatTokensSay(String issuer, Set<String> audiences, Clock clock) implements OAuth2TokenValidator<Jwt> {
    /** So far may the provider's clock be from this one. */
    static final Duration SKEW = Duration.ofSeconds(30);

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        return Optional.ofNullable(wrong(token))
                .map(sentence -> OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", sentence, null)))
                .orElseGet(OAuth2TokenValidatorResult::success);
    }

    private @Nullable String wrong(Jwt token) {
        Said said = new Said(token.getClaims());
        Instant now = clock.instant();
        // As it is written: what is no address at all must not become an error of another kind.
        if (!said.text("iss").filter(issuer::equals).isPresent()) {
            return "This token is not of the identity provider that is trusted here.";
        }
        if (Collections.disjoint(said.texts("aud"), audiences)) {
            return "This token is meant for another application.";
        }
        if (isOfAnotherUse(said)) {
            return "This token says who somebody is, or is good for something else; an access token is needed here.";
        }
        Instant issued = token.getIssuedAt();
        Instant ends = token.getExpiresAt();
        if (issued == null || ends == null) {
            return "This token does not say when it was issued and when it ends.";
        }
        if (!now.isBefore(ends.plus(SKEW))) {
            return "This token has expired; get a new one.";
        }
        if (isToCome(issued, now) || isToCome(token.getNotBefore(), now)) {
            return "This token is not valid yet; the clocks here and at the identity provider may differ.";
        }
        if (isToCome(said.moment("auth_time").orElse(null), now)) {
            return "This token says that you will have signed in later than now.";
        }
        return null;
    }

    private static boolean isToCome(@Nullable Instant moment, Instant now) {
        return moment != null && moment.isAfter(now.plus(SKEW));
    }

    /** Those that say who somebody is, renew or end a sign-in come of the same issuer, at times for the same audience. */
    private static boolean isOfAnotherUse(Said said) {
        return said.has("typ") && !List.of("Bearer").containsAll(said.texts("typ"))
                || said.has("nonce")
                || said.has("at_hash")
                || said.has("c_hash")
                || said.has("events");
    }
}
