package dev.drawbridge.publication;

import dev.drawbridge.publication.PublicationInForce.Turn;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers each call by one publication, from its first word to its last. */
class ByOnePublication extends OncePerRequestFilter {
    private final PublicationInForce publications;

    private ByOnePublication(PublicationInForce publications) {
        this.publications = publications;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (Turn ignored = publications.begin()) {
            chain.doFilter(request, response);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class BeforeAnybodyAsks {
        @Bean
        FilterRegistrationBean<ByOnePublication> byOnePublication(PublicationInForce publications) {
            FilterRegistrationBean<ByOnePublication> filter =
                    new FilterRegistrationBean<>(new ByOnePublication(publications));
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 30);
            return filter;
        }
    }
}
