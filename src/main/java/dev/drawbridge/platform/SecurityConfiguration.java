package dev.drawbridge.platform;

import static org.springframework.security.config.Customizer.withDefaults;

import dev.drawbridge.platform.ProviderConfiguration.Provider;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.springframework.boot.autoconfigure.session.DefaultCookieSerializerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Security in front of everything: one sign-in for the pages, Tasklist and REST. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {
    private static final RequestMatcher CAMUNDA = path("/camunda/**");
    /** The engine's web applications are megabytes that never change while this runs. */
    private static final RequestMatcher ASSETS = new OrRequestMatcher(
            path("/camunda/app/*/*.js"),
            path("/camunda/app/*/*.css"),
            path("/camunda/app/*/locales/**"),
            path("/camunda/app/*/assets/**"),
            path("/camunda/lib/**"));

    private static final RequestMatcher API = path("/api/**");
    /** Under this name the engine keeps it in the session. */
    private static final String ENGINES_TOKEN = "CAMUNDA_CSRF_TOKEN";

    /** The cookie is the session's id as it stands: decoded, it could be text that no database takes. */
    @Bean
    DefaultCookieSerializerCustomizer sessionCookie() {
        return cookie -> cookie.setUseBase64Encoding(false);
    }

    /** Whoever shows the token for the figures reads those, and can do nothing else: it is looked at here alone. */
    @Bean
    @Order(0)
    SecurityFilterChain figures(HttpSecurity http, MetricsToken token) throws Exception {
        return http.securityMatcher(new AndRequestMatcher(path("/actuator/prometheus"), MetricsToken::isShownBy))
                .authorizeHttpRequests(all -> all.anyRequest()
                        .access((nobody, call) -> new AuthorizationDecision(token.opens(call.getRequest()))))
                .exceptionHandling(failures ->
                        failures.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .build();
    }

    /** The engine's own REST interface: with the call's own password or token and without a session, so that no page can ride on a sign-in. */
    @Bean
    @Order(1)
    SecurityFilterChain engineRest(HttpSecurity http, TokenSignIn tokens) throws Exception {
        tokens.addTo(http, path("/engine-rest/**"));
        return http.securityMatcher(path("/engine-rest/**"))
                .authorizeHttpRequests(all -> all.anyRequest().authenticated())
                .httpBasic(basic -> basic.authenticationEntryPoint(SlowedSignIn.basic())
                        .authenticationDetailsSource(request -> details("basic", request)))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.requireCsrfProtectionMatcher(SecurityConfiguration::sentByAnotherSite))
                // Forms and pictures that were published come out here as they are: no browser makes a page of them.
                .headers(headers -> headers.contentSecurityPolicy(
                        policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'; sandbox")))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pagesAndApi(
            HttpSecurity http, Accounts accounts, Devices devices, TokenSignIn tokens, Provider provider)
            throws Exception {
        tokens.addTo(http, API);
        http.addFilterBefore(new SessionOfNow(accounts), UsernamePasswordAuthenticationFilter.class)
                .authorizeHttpRequests(calls -> calls.requestMatchers(
                                "/sign-in",
                                "/sign-in/again",
                                "/drawbridge.css",
                                "/zone.js",
                                "/logo.svg",
                                "/favicon.ico",
                                "/error",
                                "/actuator/health/**")
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .hasAuthority("operators")
                        .anyRequest()
                        .authenticated())
                .formLogin(form -> form.loginPage("/sign-in")
                        .successHandler(toWantedPage(devices))
                        .failureHandler(SlowedSignIn.form(backToSignIn()))
                        .authenticationDetailsSource(request -> details("form", request)))
                .requestCache(cache -> cache.requestCache(new WantedPage()))
                .httpBasic(basic -> basic.authenticationEntryPoint(SlowedSignIn.basic())
                        .authenticationDetailsSource(request -> details("basic", request)))
                // Tasklist's own "sign out" must end this session too, else its next call would sign in again.
                .logout(logout -> logout.logoutRequestMatcher(new OrRequestMatcher(
                                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/sign-out"),
                                PathPatternRequestMatcher.withDefaults()
                                        .matcher(HttpMethod.POST, "/camunda/api/admin/auth/user/*/logout")))
                        .logoutSuccessUrl("/sign-in?signedOut"))
                .exceptionHandling(failures -> failures.accessDeniedHandler(ErrorPage::denied)
                        .defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED),
                                new OrRequestMatcher(API, path("/actuator/**")))
                        .defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), path("/camunda/api/**")))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfCookie())
                        .csrfTokenRequestHandler(eagerToken())
                        .requireCsrfProtectionMatcher(new AndRequestMatcher(
                                SecurityConfiguration::changesSomething,
                                new NegatedRequestMatcher(SecurityConfiguration::carriesTheEnginesToken),
                                new NegatedRequestMatcher(SecurityConfiguration::programWithPassword),
                                new NegatedRequestMatcher(
                                        call -> API.matches(call) && programWithToken(call, tokens)))))
                .headers(headers -> headers.referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .frameOptions(withDefaults())
                        .cacheControl(cache -> cache.disable())
                        .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                                new NegatedRequestMatcher(ASSETS), new CacheControlHeadersWriter()))
                        .addHeaderWriter((request, response) -> {
                            // The engine's web applications bring their own, stricter policy with nonces.
                            if (!CAMUNDA.matches(request)) {
                                response.setHeader(
                                        "Content-Security-Policy",
                                        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                                                + " frame-ancestors 'none'; form-action 'self'; base-uri 'self';"
                                                + " object-src 'none'");
                            }
                        }));
        provider.addTo(http);
        return http.build();
    }

    /** A stranger must not fill the database with sessions: a session begins at the sign-in. */
    private static SimpleUrlAuthenticationFailureHandler backToSignIn() {
        SimpleUrlAuthenticationFailureHandler handler = new SimpleUrlAuthenticationFailureHandler("/sign-in?error");
        handler.setAllowSessionCreation(false);
        return handler;
    }

    /** Marks the browser on the way: guesses from elsewhere never slow it down. */
    private static AuthenticationSuccessHandler toWantedPage(Devices devices) {
        WantedPage wanted = new WantedPage();
        SavedRequestAwareAuthenticationSuccessHandler leadOn = new SavedRequestAwareAuthenticationSuccessHandler();
        leadOn.setRequestCache(wanted);
        return (request, response, signedIn) -> {
            wanted.removeRequest(request, response);
            if (signedIn.getPrincipal() instanceof SignIn who) {
                devices.mark(who, request, response);
            }
            leadOn.onAuthenticationSuccess(request, response, signedIn);
        };
    }

    private static CookieCsrfTokenRepository csrfCookie() {
        CookieCsrfTokenRepository repository = CookieCsrfTokenRepository.withHttpOnlyFalse();
        // Names of our own: Tasklist's client looks for XSRF-TOKEN and must find the engine's, not this one.
        repository.setCookieName("DRAWBRIDGE-CSRF");
        repository.setHeaderName("X-CSRF-TOKEN");
        repository.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
        return repository;
    }

    /** Makes the token at every page, so that the forms in Tasklist find its cookie. */
    private static CsrfTokenRequestAttributeHandler eagerToken() {
        CsrfTokenRequestAttributeHandler handler = new CsrfTokenRequestAttributeHandler();
        handler.setCsrfRequestAttributeName(null);
        return handler;
    }

    private static boolean changesSomething(HttpServletRequest request) {
        return !java.util.Set.of("GET", "HEAD", "OPTIONS", "TRACE").contains(request.getMethod());
    }

    /** A program that sends its own password needs no token; a browser that was led here by another site does. */
    private static boolean programWithPassword(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.startsWith("Basic ") && !sentByAnotherSite(request);
    }

    /** A call with a token is signed in by it or not at all, whatever session the browser has. */
    private static boolean programWithToken(HttpServletRequest request, TokenSignIn tokens) {
        return tokens.isShownBy(request) && !sentByAnotherSite(request);
    }

    /**
     * The engine's web applications have a token of their own. It is looked at here, since the engine ends the session of
     * whoever comes without it, and so would anybody who leads a browser there.
     */
    private static boolean carriesTheEnginesToken(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return CAMUNDA.matches(request)
                && !sentByAnotherSite(request)
                && (session == null
                        || session.getAttribute(ENGINES_TOKEN) instanceof String token
                                && token.equals(request.getHeader("X-XSRF-TOKEN")));
    }

    private static boolean sentByAnotherSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return changesSomething(request) && site != null && !site.equals("same-origin") && !site.equals("none");
    }

    private static SignInDetails details(String method, HttpServletRequest request) {
        return new SignInDetails(
                method, request.getRemoteAddr(), Devices.shownBy(request).orElse(null));
    }

    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }
}
