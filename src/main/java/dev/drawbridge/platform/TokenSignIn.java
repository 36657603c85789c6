package dev.drawbridge.platform;

import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;

/**
 * Signs in who sends a token of the identity provider with a call: in the header for it, and nowhere else. It counts for this call
 * alone; no session begins.
 */
@Component
class TokenSignIn {
    static final String METHOD = "token";
    private static final String NOT_VALID =
            "This token is not valid; it was not issued by the identity provider, or was changed.";

    private final @Nullable JwtDecoder decoder;
    private final ReadClaims claims;
    private final PeopleElsewhere people;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final DefaultBearerTokenResolver header = new DefaultBearerTokenResolver();

    TokenSignIn(
            ObjectProvider<JwtDecoder> decoder,
            ReadClaims claims,
            PeopleElsewhere people,
            ApplicationEventPublisher events,
            Clock clock) {
        this.decoder = decoder.getIfAvailable();
        this.claims = claims;
        this.people = people;
        this.events = events;
        this.clock = clock;
    }

    /** Lets tokens in at these places; nothing where no issuer is named. */
    void addTo(HttpSecurity http, RequestMatcher places) {
        if (decoder == null) {
            return;
        }
        JwtDecoder tokens = decoder;
        AuthenticationManager manager = shown -> signedIn(tokens, (BearerTokenAuthenticationToken) shown);
        BearerTokenAuthenticationFilter filter = new BearerTokenAuthenticationFilter(manager);
        filter.setBearerTokenResolver(request -> places.matches(request) ? header.resolve(request) : null);
        filter.setAuthenticationDetailsSource(request -> new SignInDetails(METHOD, request.getRemoteAddr()));
        filter.setAuthenticationEntryPoint(this::refused);
        http.addFilterBefore(filter, BasicAuthenticationFilter.class);
    }

    /** Whether a call is signed in by a token, or not at all: no page of another site can make a browser send one. */
    boolean isShownBy(HttpServletRequest request) {
        return decoder != null && MetricsToken.isShownBy(request);
    }

    private Authentication signedIn(JwtDecoder tokens, BearerTokenAuthenticationToken shown) {
        SignInDetails details = (SignInDetails) shown.getDetails();
        try {
            Jwt token = verified(tokens, shown.getToken());
            Said said = new Said(token.getClaims());
            Instant issued = token.getIssuedAt() == null ? clock.instant() : token.getIssuedAt();
            PeopleElsewhere.Known known =
                    people.known(claims.person(String.valueOf(token.getClaimAsString("iss")), said, issued));
            Instant at = said.moment("auth_time").filter(issued::isAfter).orElse(issued);
            return SessionOfNow.authenticated(new SignIn(
                    known.id(),
                    known.account().groups(),
                    METHOD,
                    claims.isSecondFactorShown(said),
                    at.isAfter(clock.instant()) ? clock.instant() : at,
                    details.address(),
                    known.account().generation()));
        } catch (Refusal refusal) {
            throw new TokenRefused(refusal.code(), refusal.sentence());
        }
    }

    private static Jwt verified(JwtDecoder tokens, String text) {
        try {
            return tokens.decode(text);
        } catch (JwtValidationException saysSomethingElse) {
            throw new TokenRefused(
                    "invalid-token",
                    saysSomethingElse.getErrors().stream()
                            .map(error -> String.valueOf(error.getDescription()))
                            .findFirst()
                            .orElse(NOT_VALID));
        } catch (BadJwtException forged) {
            throw new TokenRefused("invalid-token", NOT_VALID);
        } catch (JwtException unknown) {
            for (Throwable why = unknown.getCause(); why != null; why = why.getCause()) {
                if (why instanceof RateLimitReachedException) {
                    // Whoever makes up keys does not make this ask for them.
                    throw new TokenRefused("invalid-token", NOT_VALID);
                }
            }
            throw new TokenRefused(
                    "provider-away",
                    "The identity provider cannot be reached, so that nothing it has issued can be looked at; try again"
                            + " shortly.");
        }
    }

    private void refused(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        String code = why instanceof TokenRefused known ? known.code() : "invalid-token";
        String sentence = why instanceof TokenRefused known ? known.sentence() : NOT_VALID;
        events.publishEvent(new RefusedAttempt(
                "nobody", code, "A token from " + request.getRemoteAddr() + " was not taken. " + sentence, null));
        if (code.equals("provider-away")) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            Problem.write(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, code, sentence);
            return;
        }
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                "Bearer error=\"invalid_token\", error_description=\"" + headerText(sentence) + "\"");
        Problem.write(request, response, HttpServletResponse.SC_UNAUTHORIZED, code, sentence);
    }

    /** A sentence may name an account in letters of any language; a header holds few. */
    private static String headerText(String sentence) {
        return sentence.replaceAll("[^\\x20-\\x7e]|[\"\\\\]", "'");
    }
}
