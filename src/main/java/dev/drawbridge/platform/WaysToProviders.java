package dev.drawbridge.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/** What an identity provider is asked for when a browser is sent there: to sign somebody in, anew, or with more. */
class WaysToProviders implements OAuth2AuthorizationRequestResolver {
    static final String MORE = "more";
    static final String BACK = "back";
    static final String SECOND_FACTOR = "second-factor";
    static final String ANEW = "anew";
    private static final Pattern WAY = Pattern.compile("/(?:sign-in/with|oauth2/authorization)/([A-Za-z0-9_-]+)");

    private final DefaultOAuth2AuthorizationRequestResolver requests;
    private final ClientRegistrationRepository registrations;
    private final Set<String> secondFactorAcr;

    WaysToProviders(ClientRegistrationRepository registrations, Set<String> secondFactorAcr) {
        this.registrations = registrations;
        this.requests = new DefaultOAuth2AuthorizationRequestResolver(registrations, "/oauth2/authorization");
        this.requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        this.secondFactorAcr = secondFactorAcr;
    }

    /** Comes back to where sign-ins end, whatever the call says that it is for. */
    private static final class ToSignIn extends HttpServletRequestWrapper {
        ToSignIn(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getParameter(String name) {
            return name.equals("action") ? "login" : super.getParameter(name);
        }
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        Matcher way = WAY.matcher(
                request.getRequestURI().substring(request.getContextPath().length()));
        return request.getMethod().equals("GET") && way.matches() ? resolve(request, way.group(1)) : null;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String at) {
        OAuth2AuthorizationRequest plain =
                registrations.findByRegistrationId(at) == null ? null : requests.resolve(new ToSignIn(request), at);
        if (plain == null) {
            return null;
        }
        String page = Optional.ofNullable(request.getParameter(BACK))
                .filter(WantedPage::isPage)
                .or(() -> WantedPage.kept(request))
                .orElse("/");
        String more = String.valueOf(request.getParameter(MORE));
        return OAuth2AuthorizationRequest.from(plain)
                .attributes(attributes -> attributes.put(BegunSignIn.PAGE, page))
                .additionalParameters(parameters -> {
                    if (more.equals(SECOND_FACTOR) && !secondFactorAcr.isEmpty()) {
                        parameters.put("acr_values", String.join(" ", secondFactorAcr));
                    } else if (more.equals(SECOND_FACTOR) || more.equals(ANEW)) {
                        // Asked anew, a provider asks for all that its rules want by now, and says when it did.
                        parameters.put("max_age", "0");
                    }
                })
                .build();
    }
}
