package dev.drawbridge.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * A sign-in that has begun and is at the provider now, kept by the browser itself until it comes back: a stranger fills no
 * database with them. What is in it can be anybody's; it has to fit what the provider answers, which holds its state, its nonce
 * and the proof of its key.
 */
class BegunSignIn implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    /** Where the sign-in leads to, once it is done. */
    static final String PAGE = "drawbridge.page";

    private static final String COOKIE = "DRAWBRIDGE-BEGUN";
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClientRegistrationRepository registrations;

    BegunSignIn(ClientRegistrationRepository registrations) {
        this.registrations = registrations;
    }

    private record Kept(
            @Nullable String at,
            @Nullable String state,
            @Nullable String nonce,
            @Nullable String verifier,
            @Nullable String page) {
        boolean isWhole() {
            return Stream.of(at, state, nonce, verifier).noneMatch(part -> part == null || part.isBlank());
        }
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest begun, HttpServletRequest request, HttpServletResponse response) {
        if (begun == null) {
            keep(request, response, "", Duration.ZERO);
            return;
        }
        Kept kept = new Kept(
                begun.getAttribute(OAuth2ParameterNames.REGISTRATION_ID),
                begun.getState(),
                begun.getAttribute(OidcParameterNames.NONCE),
                begun.getAttribute(PkceParameterNames.CODE_VERIFIER),
                begun.getAttribute(PAGE));
        try {
            keep(request, response, Base64.getUrlEncoder().encodeToString(JSON.writeValueAsBytes(kept)), PATIENCE);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return kept(request)
                .filter(kept -> String.valueOf(kept.state()).equals(request.getParameter(OAuth2ParameterNames.STATE)))
                // Come back from where it has gone to, and from no other provider.
                .filter(kept -> request.getRequestURI().endsWith("/" + kept.at()))
                .map(kept -> begun(kept, request))
                .orElse(null);
    }

    private @Nullable OAuth2AuthorizationRequest begun(Kept kept, HttpServletRequest request) {
        ClientRegistration at = registrations.findByRegistrationId(kept.at());
        if (at == null) {
            return null;
        }
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(at.getProviderDetails().getAuthorizationUri())
                .clientId(at.getClientId())
                .redirectUri(request.getRequestURL().toString())
                .scopes(at.getScopes())
                .state(kept.state())
                .attributes(attributes -> {
                    attributes.put(OAuth2ParameterNames.REGISTRATION_ID, String.valueOf(kept.at()));
                    attributes.put(OidcParameterNames.NONCE, String.valueOf(kept.nonce()));
                    attributes.put(PkceParameterNames.CODE_VERIFIER, String.valueOf(kept.verifier()));
                    attributes.put(PAGE, String.valueOf(kept.page()));
                })
                .build();
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizationRequest begun = loadAuthorizationRequest(request);
        keep(request, response, "", Duration.ZERO);
        if (begun != null) {
            request.setAttribute(PAGE, begun.getAttribute(PAGE));
        }
        return begun;
    }

    private static Optional<Kept> kept(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .map(Cookie::getValue)
                .map(BegunSignIn::read)
                .flatMap(Optional::stream)
                .filter(Kept::isWhole)
                .findFirst();
    }

    private static Optional<Kept> read(String cookie) {
        try {
            return Optional.ofNullable(JSON.readValue(Base64.getUrlDecoder().decode(cookie), Kept.class));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static void keep(HttpServletRequest request, HttpServletResponse response, String text, Duration howLong) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, text)
                        .httpOnly(true)
                        // The provider leads back here from its own pages.
                        .sameSite("Lax")
                        .secure(request.isSecure())
                        .path(request.getContextPath() + "/login/oauth2")
                        .maxAge(howLong)
                        .build()
                        .toString());
    }
}
