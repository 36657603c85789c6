package dev.drawbridge.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.web.util.HtmlUtils;

/**
 * Signs out at the provider as well. By a page that leads there: a form's own answer must lead to no other server, which is what
 * the pages' policy says.
 */
class SignOutThere extends OidcClientInitiatedLogoutSuccessHandler {
    private static final String HERE = "/sign-in?signedOut";
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=%1$s">
            <title>Signing out – Drawbridge</title></head>
            <body><p>You are signed out here. <a href="%1$s">Sign out at the identity provider, too</a></p></body></html>
            """;

    SignOutThere(ClientRegistrationRepository registrations) {
        super(registrations);
        setPostLogoutRedirectUri("{baseUrl}" + HERE);
        setDefaultTargetUrl(HERE);
        setRedirectStrategy(SignOutThere::lead);
    }

    private static void lead(HttpServletRequest request, HttpServletResponse response, String place)
            throws IOException {
        if (place.startsWith("/")) {
            response.sendRedirect(request.getContextPath() + place);
        } else if (ErrorPage.isWantedBy(request)) {
            response.setContentType(MediaType.TEXT_HTML_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.getWriter().write(PAGE.formatted(HtmlUtils.htmlEscape(place)));
        } else {
            // A page's own script follows no such way.
            response.sendRedirect(request.getContextPath() + HERE);
        }
    }
}
