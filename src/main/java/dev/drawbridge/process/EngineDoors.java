package dev.drawbridge.process;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.RefusedAttempt;
import dev.drawbridge.platform.SignIn;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UrlPathHelper;

/**
 * Lets the engine hear nobody but at the doors that are known to be harmless ({@code known-doors.txt}): it has some four hundred,
 * and checks no right at some of them. What it does behind those is for its own rights.
 */
class EngineDoors extends OncePerRequestFilter {
    private static final Pattern ENGINE =
            Pattern.compile("(/engine-rest(/engine/default)?|/camunda/api/engine/engine/default)(/(?<place>.*))?");
    private static final Pattern APPLICATIONS = Pattern.compile("/camunda/api(?<place>/.*)?");

    private final KnownDoors doors = KnownDoors.read();
    private final ApplicationEventPublisher events;

    EngineDoors(ApplicationEventPublisher events) {
        this.events = events;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<SignIn> person = CurrentSignIn.find();
        Set<String> groups = person.map(SignIn::groups).orElse(Set.of());
        if (doors.open(groups, request.getMethod(), place(request))) {
            chain.doFilter(request, response);
            return;
        }
        Refusal refusal = EngineFailures.told(Refusal.of(
                Refusal.Kind.FORBIDDEN, KnownDoors.CLOSED, "The process engine takes no such call from you."));
        person.ifPresent(who -> events.publishEvent(new RefusedAttempt(
                who.person(), doors.codeOf(place(request)), refusal.sentence() + " (" + said(request) + ")", null)));
        response.setStatus(refusal.kind().status());
    }

    /** By the decoded path, which is the one that the engine answers at. */
    private static String place(HttpServletRequest request) {
        String path =
                UrlPathHelper.defaultInstance.getPathWithinApplication(request).replaceAll("/+$", "");
        Matcher engine = ENGINE.matcher(path);
        Matcher applications = APPLICATIONS.matcher(path);
        String place =
                engine.matches() ? engine.group("place") : applications.matches() ? applications.group("place") : path;
        return place == null || place.isEmpty() ? "." : place;
    }

    private static String said(HttpServletRequest request) {
        return request.getMethod() + " "
                + NotPublished.shown(UrlPathHelper.defaultInstance.getPathWithinApplication(request));
    }
}
