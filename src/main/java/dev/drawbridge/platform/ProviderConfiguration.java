package dev.drawbridge.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;

/** Browsers sign in at an identity provider, where one is registered, and sign out there. */
@Configuration(proxyBeanMethods = false)
class ProviderConfiguration {
    /** The ends of tokens are held against this product's clock. */
    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens(Clock clock) {
        OidcIdTokenDecoderFactory tokens = new OidcIdTokenDecoderFactory();
        tokens.setJwtValidatorFactory(registration -> {
            JwtTimestampValidator times = new JwtTimestampValidator(WhatTokensSay.SKEW);
            times.setClock(clock);
            OidcIdTokenValidator meantForUs = new OidcIdTokenValidator(registration);
            meantForUs.setClock(clock);
            meantForUs.setClockSkew(WhatTokensSay.SKEW);
            return new DelegatingOAuth2TokenValidator<>(times, meantForUs);
        });
        return tokens;
    }

    /** Sessions are known by the database, on every node: none in memory. */
    @Bean
    OidcSessionRegistry noSessionsInMemory() {
        return new OidcSessionRegistry() {
            @Override
            public void saveSessionInformation(OidcSessionInformation session) {}

            @Override
            public @Nullable OidcSessionInformation removeSessionInformation(String session) {
                return null;
            }

            @Override
            public Iterable<OidcSessionInformation> removeSessionInformation(OidcLogoutToken token) {
                return java.util.List.of();
            }
        };
    }

    /** Nothing is asked of the provider in somebody's name, so that no token of theirs is kept. */
    private static final class NoTokens implements OAuth2AuthorizedClientRepository {
        @Override
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String at, Authentication who, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication who,
                HttpServletRequest request,
                HttpServletResponse response) {}

        @Override
        public void removeAuthorizedClient(
                String at, Authentication who, HttpServletRequest request, HttpServletResponse response) {}
    }

    @Bean
    Provider provider(
            ObjectProvider<ClientRegistrationRepository> registrations,
            SignInSettings settings,
            ProviderSignIn signIn,
            ProviderSessions sessions) {
        ClientRegistrationRepository known = registrations.getIfAvailable();
        return known == null ? http -> {} : http -> add(http, known, settings, signIn, sessions);
    }

    /** Adds the ways in and out by a provider to a chain; nothing where none is registered. */
    interface Provider {
        void addTo(HttpSecurity http) throws Exception;
    }

    private static void add(
            HttpSecurity http,
            ClientRegistrationRepository registrations,
            SignInSettings settings,
            ProviderSignIn signIn,
            ProviderSessions sessions)
            throws Exception {
        http.oauth2Login(login -> login.loginPage("/sign-in")
                        .authorizedClientRepository(new NoTokens())
                        .authorizationEndpoint(there -> there.authorizationRequestResolver(
                                        new WaysToProviders(registrations, settings.secondFactorAcr()))
                                .authorizationRequestRepository(new BegunSignIn(registrations)))
                        .userInfoEndpoint(
                                who -> who.oidcUserService(signIn::user).userService(other -> {
                                    // Says who somebody is by no token that could be verified.
                                    throw new OAuth2AuthenticationException("not-oidc");
                                }))
                        .successHandler(signIn::done)
                        .failureHandler(signIn::failed))
                .logout(logout -> logout.logoutSuccessHandler(new SignOutThere(registrations)))
                .oidcLogout(over -> over.backChannel(told -> told.logoutHandler((request, response, who) -> {
                    if (who != null && who.getPrincipal() instanceof OidcLogoutToken token) {
                        sessions.ended(
                                String.valueOf(token.getClaimAsString("iss")),
                                token.getSubject(),
                                token.getSessionId());
                    }
                })));
    }
}
