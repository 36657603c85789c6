package dev.drawbridge.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.platform.CurrentSignIn;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells the engine who calls, for its web applications and its REST interface. Both come after Spring Security. */
@Configuration(proxyBeanMethods = false)
class EngineFilters {
    private static final int AFTER_SPRING_SECURITY = 101;
    private static final int WITH_SENTENCES = AFTER_SPRING_SECURITY + 1;
    private static final int AT_A_KNOWN_DOOR = WITH_SENTENCES + 1;

    @Bean
    FilterRegistrationBean<ContainerBasedAuthenticationFilter> webappSignIn() {
        FilterRegistrationBean<ContainerBasedAuthenticationFilter> filter =
                new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
        filter.setInitParameters(Map.of("authentication-provider", ContainerSignIn.class.getName()));
        filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        filter.setOrder(AT_A_KNOWN_DOOR);
        return filter;
    }

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> engineRestSignIn(IdentityService identities) {
        FilterRegistrationBean<OncePerRequestFilter> filter = new FilterRegistrationBean<>(new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                // With no authenticated user the engine checks nothing at all: without one, nobody passes.
                var person = CurrentSignIn.find();
                if (person.isEmpty()) {
                    response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
                    return;
                }
                identities.setAuthentication(
                        person.get().person(), new ArrayList<>(person.get().groups()));
                try {
                    chain.doFilter(request, response);
                } finally {
                    identities.clearAuthentication();
                }
            }
        });
        filter.addUrlPatterns("/engine-rest/*");
        filter.setOrder(AT_A_KNOWN_DOOR);
        return filter;
    }

    @Bean
    FilterRegistrationBean<BoundedQueries> boundedQueries() {
        FilterRegistrationBean<BoundedQueries> filter = new FilterRegistrationBean<>(new BoundedQueries());
        filter.addUrlPatterns("/engine-rest/*", "/camunda/api/*");
        filter.setOrder(AFTER_SPRING_SECURITY - 1);
        return filter;
    }

    @Bean
    FilterRegistrationBean<SentencesAtTheEngine> sentencesAtTheEngine(ObjectMapper json) {
        FilterRegistrationBean<SentencesAtTheEngine> filter =
                new FilterRegistrationBean<>(new SentencesAtTheEngine(json));
        filter.addUrlPatterns("/engine-rest/*", "/camunda/api/*");
        filter.setOrder(AFTER_SPRING_SECURITY);
        return filter;
    }

    @Bean
    FilterRegistrationBean<EngineDoors> engineDoors(ApplicationEventPublisher events) {
        FilterRegistrationBean<EngineDoors> filter = new FilterRegistrationBean<>(new EngineDoors(events));
        filter.addUrlPatterns("/engine-rest/*", "/camunda/api/*");
        filter.setOrder(WITH_SENTENCES);
        return filter;
    }

    @Bean
    FilterRegistrationBean<OwnNonce> ownNonce() {
        FilterRegistrationBean<OwnNonce> filter = new FilterRegistrationBean<>(new OwnNonce());
        filter.addUrlPatterns("/camunda/*");
        filter.setOrder(AFTER_SPRING_SECURITY);
        return filter;
    }

    /** The engine's own start page offers to change what nobody can change there: this product's start page takes its place. */
    @Bean
    FilterRegistrationBean<OncePerRequestFilter> welcome() {
        FilterRegistrationBean<OncePerRequestFilter> filter = new FilterRegistrationBean<>(new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws IOException {
                response.sendRedirect("/");
            }
        });
        filter.addUrlPatterns("/camunda/app/welcome/*");
        filter.setOrder(AFTER_SPRING_SECURITY);
        return filter;
    }
}
