package dev.drawbridge.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes a call in before anybody reads it: a path that two readers could take for two different ones comes no further, nor
 * does one that was sent to a name that is not this server's. And what is answered leads back here by path alone, never by the
 * name that the caller used.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class FrontDoor extends OncePerRequestFilter {
    /** Names that no stranger can point at this server, so that no page of theirs can call it under its own name. */
    private static final Pattern NOBODY_ELSES = Pattern.compile(
            "[a-z0-9_-]+|([a-z0-9-]+\\.)*localhost|[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.%]+]|[0-9a-f:]*:[0-9a-f:.]+");

    private static final String UNREADABLE = "This address cannot be read; follow a link, or type it anew.";
    private static final String TWO = "This call says twice who sends it; send one Authorization header.";

    private static final String UNKNOWN =
            "This server does not go by that name. Whoever runs it says under which name people reach it, in"
                    + " drawbridge.public-url.";

    private final StrictHttpFirewall paths = new StrictHttpFirewall();
    private final Set<String> names;

    FrontDoor(
            @Value("${drawbridge.public-url:}") String publicUrl,
            @Value("${drawbridge.mail.public-url:}") String mailUrl) {
        names = Stream.of(publicUrl, mailUrl)
                .filter(url -> !url.isBlank())
                .map(url -> String.valueOf(URI.create(url.strip()).getHost()).toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            paths.getFirewalledRequest(request);
        } catch (RequestRejectedException ambiguous) {
            turnAway(request, response, HttpServletResponse.SC_BAD_REQUEST, "unreadable-address", UNREADABLE);
            return;
        }
        if (Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)).size() > 1) {
            // Two readers could each take another one for who calls.
            turnAway(request, response, HttpServletResponse.SC_BAD_REQUEST, "two-sign-ins", TWO);
            return;
        }
        if (!isOurs(request.getServerName()) && !isForWatching(request)) {
            turnAway(request, response, 421, "unknown-host", UNKNOWN);
            return;
        }
        chain.doFilter(request, new LeadsBackHere(request, response));
    }

    /** Whoever watches a node comes by the node's own name. No page of a stranger could show a token there. */
    private static boolean isForWatching(HttpServletRequest request) {
        String place =
                request.getRequestURI().substring(request.getContextPath().length());
        return place.startsWith("/actuator/health")
                || place.equals("/actuator/prometheus") && MetricsToken.isShownBy(request);
    }

    private boolean isOurs(String host) {
        String name = host.toLowerCase(java.util.Locale.ROOT);
        return names.contains(name) || NOBODY_ELSES.matcher(name).matches();
    }

    /** With words of our own alone, and without the pages: those would read the path too. */
    private static void turnAway(
            HttpServletRequest request, HttpServletResponse response, int status, String code, String sentence)
            throws IOException {
        response.setStatus(status);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        if (ErrorPage.isWantedBy(request)) {
            ErrorPage.write(request, response, status, sentence);
            return;
        }
        String body = "{\"type\":\"urn:drawbridge:" + code + "\",\"status\":" + status + ",\"detail\":\"" + sentence
                + "\",\"code\":\"" + code + "\"}";
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
}
