package dev.drawbridge.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UrlPathHelper;

/** Refuses a body that is larger than its door needs, by its declared length and by what really arrives. */
class BoundedBodies extends OncePerRequestFilter {
    private static final long ENGINE = 64 * 1024;
    private static final long DEPLOYMENT = 6 * 1024 * 1024;
    private static final long ELSEWHERE = 256 * 1024;

    private final BodiesInTime bodies = new BodiesInTime();

    private static final Pattern ENGINES_DOORS = Pattern.compile("/(engine-rest|camunda)(/.*)?");
    private static final Set<String> PUBLICATIONS = Set.of("/api/v1/publications", "/api/v1/publications/check");
    private static final Pattern DEPLOYMENTS =
            Pattern.compile("/(engine-rest(/engine/[^/]+)?|camunda/api/engine/engine/[^/]+)/deployment/create");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long most = most(request);
        if (request.getContentLengthLong() > most) {
            Problem.write(
                    request,
                    response,
                    413,
                    PeoplesThread.Trouble.TOO_LARGE.code,
                    "The body of this call is larger than the " + most / 1024 + " kB that are taken here.");
            return;
        }
        boolean undeclared = request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") != null;
        if (undeclared && isForm(request)) {
            Problem.write(request, response, 411, "length-required", "A form says how long it is (Content-Length).");
            return;
        }
        if (isDeployment(request)) {
            // One at a time, and only for people who are signed in: the reader reads it as it arrives.
            chain.doFilter(undeclared ? new BoundedRequest(request, most) : request, response);
        } else if (undeclared || request.getContentLengthLong() > 0) {
            chainRead(request, response, chain, most);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void chainRead(HttpServletRequest request, HttpServletResponse response, FilterChain chain, long most)
            throws ServletException, IOException {
        if (contentType(request).startsWith("multipart/")) {
            Problem.write(request, response, 415, "no-parts", "This call takes no body in several parts.");
            return;
        }
        BodiesInTime.Body body = bodies.read(request, most);
        BodiesInTime.Refused refused = body.refused().orElse(null);
        if (refused != null) {
            // What has not come would be taken for the next call on this connection.
            response.setHeader("Connection", "close");
            switch (refused) {
                case TOO_LARGE ->
                    Problem.write(
                            request,
                            response,
                            413,
                            PeoplesThread.Trouble.TOO_LARGE.code,
                            "The body of this call is larger than the " + most / 1024 + " kB that are taken here.");
                case TOO_SLOW ->
                    Problem.write(
                            request, response, 408, "body-too-slow", "The body of this call did not come in time.");
                case TOO_MANY ->
                    Problem.write(
                            request,
                            response,
                            429,
                            "too-many-bodies",
                            "Too many calls from this address are still sending what they have to say.");
            }
            return;
        }
        ReadRequest read;
        try {
            read = new ReadRequest(request, body.content(), isForm(request));
        } catch (IllegalArgumentException unreadable) {
            Problem.write(request, response, 400, "unreadable-form", "The form of this call cannot be read.");
            return;
        }
        chain.doFilter(read, response);
    }

    private static long most(HttpServletRequest request) {
        if (isDeployment(request)) {
            return DEPLOYMENT;
        }
        return ENGINES_DOORS.matcher(path(request)).matches() ? ENGINE : ELSEWHERE;
    }

    /** Whether files are published by this call, or deployed to the engine. */
    static boolean isDeployment(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                && contentType(request).startsWith("multipart/")
                && (DEPLOYMENTS.matcher(path(request)).matches() || PUBLICATIONS.contains(path(request)));
    }

    private static boolean isForm(HttpServletRequest request) {
        return contentType(request).startsWith("application/x-www-form-urlencoded")
                || contentType(request).startsWith("multipart/") && !isDeployment(request);
    }

    private static String contentType(HttpServletRequest request) {
        return String.valueOf(request.getContentType()).strip().toLowerCase(Locale.ROOT);
    }

    private static String path(HttpServletRequest request) {
        return UrlPathHelper.defaultInstance.getPathWithinApplication(request);
    }

    @Configuration(proxyBeanMethods = false)
    static class BeforeAnybodyReads {
        @Bean
        FilterRegistrationBean<BoundedBodies> boundedBodies() {
            FilterRegistrationBean<BoundedBodies> filter = new FilterRegistrationBean<>(new BoundedBodies());
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
            return filter;
        }
    }
}
