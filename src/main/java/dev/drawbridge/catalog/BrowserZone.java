package dev.drawbridge.catalog;

import jakarta.servlet.http.Cookie;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The zone of the browser that calls at this moment, by the cookie that {@code zone.js} sets; nothing but a name is taken from it. */
final class BrowserZone {
    private static final String COOKIE = "DRAWBRIDGE-ZONE";

    private BrowserZone() {}

    static Optional<ZoneId> find() {
        return Optional.ofNullable(RequestContextHolder.getRequestAttributes())
                .filter(ServletRequestAttributes.class::isInstance)
                .map(attributes ->
                        ((ServletRequestAttributes) attributes).getRequest().getCookies())
                .stream()
                .flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .map(Cookie::getValue)
                .flatMap(id -> Zones.named(id).stream())
                .findFirst();
    }
}
