package dev.drawbridge.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Who comes back from an identity provider, by what it says of them in a token that is verified by now. */
@Component
class ProviderSignIn {
    static final String METHOD = "oidc";
    private static final String NOT_DONE =
            "The sign-in at the identity provider did not come to its end, or took too long; please sign in again.";

    private final ReadClaims claims;
    private final PeopleElsewhere people;
    private final ProviderSessions sessions;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final OidcUserService more = new OidcUserService();

    ProviderSignIn(
            ReadClaims claims,
            PeopleElsewhere people,
            ProviderSessions sessions,
            ApplicationEventPublisher events,
            Clock clock) {
        this.claims = claims;
        this.people = people;
        this.sessions = sessions;
        this.events = events;
        this.clock = clock;
    }

    /** How somebody signed in is read from the token alone; who they are, from all that the provider says. */
    OidcUser user(OidcUserRequest request) {
        OidcIdToken token = request.getIdToken();
        Said signed = new Said(token.getClaims());
        Map<String, Object> all = new HashMap<>(more.loadUser(request).getClaims());
        all.putAll(token.getClaims());
        try {
            Instant now = clock.instant();
            Instant issued = Optional.ofNullable(token.getIssuedAt()).orElse(now);
            PeopleElsewhere.Known known = people.known(claims.person(issuer(token), new Said(all), issued));
            Instant at = signed.moment("auth_time").filter(issued::isAfter).orElse(issued);
            return new ProvidedSignIn(
                    new SignIn(
                            known.id(),
                            known.account().groups(),
                            METHOD,
                            claims.isSecondFactorShown(signed),
                            at.isAfter(now) ? now : at,
                            address(),
                            known.account().generation()),
                    token);
        } catch (Refusal refusal) {
            throw refused(refusal.code(), refusal.sentence());
        } catch (TokenRefused refusal) {
            throw refused(refusal.code(), refusal.sentence());
        }
    }

    private static String issuer(OidcIdToken token) {
        return String.valueOf(token.getClaimAsString("iss"));
    }

    private static String address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes call
                ? call.getRequest().getRemoteAddr()
                : "unknown";
    }

    private static OAuth2AuthenticationException refused(String code, String sentence) {
        return new OAuth2AuthenticationException(new OAuth2Error(code), new TokenRefused(code, sentence));
    }

    /** Leads to where the person wanted to go. */
    void done(HttpServletRequest request, HttpServletResponse response, Authentication signedIn) throws IOException {
        if (signedIn.getPrincipal() instanceof ProvidedSignIn who) {
            sessions.began(
                    request.getSession().getId(),
                    issuer(who.token()),
                    String.valueOf(who.token().getSubject()),
                    new Said(who.token().getClaims()).text("sid").orElse(null));
        }
        String page = String.valueOf(request.getAttribute(BegunSignIn.PAGE));
        response.sendRedirect(request.getContextPath() + (WantedPage.isPage(page) ? page : "/"));
    }

    /** What the provider, or whoever led here, wrote as the reason is nobody's sentence here. */
    void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        TokenRefused refused =
                why.getCause() instanceof TokenRefused known ? known : new TokenRefused("sign-in-not-done", NOT_DONE);
        events.publishEvent(new RefusedAttempt(
                "nobody",
                refused.code(),
                "A sign-in from " + request.getRemoteAddr() + " by way of the identity provider did not count. "
                        + refused.sentence(),
                null));
        Problem.write(request, response, HttpServletResponse.SC_UNAUTHORIZED, refused.code(), refused.sentence());
    }
}
