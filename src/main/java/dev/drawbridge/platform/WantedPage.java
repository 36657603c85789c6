package dev.drawbridge.platform;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;

/**
 * The page that a link in a mail leads to, kept by the browser until the sign-in. A cookie can be anybody's: whatever it says,
 * it leads to one of the pages here, by its path alone.
 */
class WantedPage implements RequestCache {
    private static final String COOKIE = "DRAWBRIDGE-WANTED";
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final int LONGEST = 1_000;
    private static final Pattern PAGE = Pattern.compile(
            "/((guides|clock|operations|requests|tasks|camunda/app)(/[A-Za-z0-9._~%!$&'()*+,;=:@/-]*)?)?(\\?[\\x21-\\x7e&&[^\\\\\"<>]]*)?");

    @Override
    public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
        String query = request.getQueryString();
        // Whoever leads back puts the path before it that this product is under.
        String page = request.getRequestURI().substring(request.getContextPath().length())
                + (query == null ? "" : "?" + query);
        if (request.getMethod().equals("GET") && isPage(page)) {
            keep(
                    request,
                    response,
                    Base64.getUrlEncoder().encodeToString(page.getBytes(StandardCharsets.UTF_8)),
                    PATIENCE);
        }
    }

    static boolean isPage(String page) {
        return page.length() <= LONGEST && PAGE.matcher(page).matches() && !page.contains("//") && !page.contains("/.");
    }

    static Optional<String> kept(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .map(Cookie::getValue)
                .map(WantedPage::decoded)
                .filter(WantedPage::isPage)
                .findFirst();
    }

    private static String decoded(String cookie) {
        try {
            return new String(Base64.getUrlDecoder().decode(cookie), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }

    @Override
    public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
        return kept(request).map(SimpleSavedRequest::new).orElse(null);
    }

    /** Nothing but the address was kept, so the call that comes back is as good as the first. */
    @Override
    public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
        return null;
    }

    @Override
    public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
        keep(request, response, "", Duration.ZERO);
    }

    private static void keep(HttpServletRequest request, HttpServletResponse response, String page, Duration howLong) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, page)
                        .httpOnly(true)
                        .sameSite("Lax")
                        .secure(request.isSecure())
                        .path(request.getContextPath() + "/sign-in")
                        .maxAge(howLong)
                        .build()
                        .toString());
    }
}
