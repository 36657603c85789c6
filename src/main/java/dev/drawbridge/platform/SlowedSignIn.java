package dev.drawbridge.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;

/** Says how long to wait when sign-ins are slowed down: to programs by status and header, to people on the page. */
final class SlowedSignIn {
    private SlowedSignIn() {}

    /** For passwords that come with the call. */
    static AuthenticationEntryPoint basic() {
        BasicAuthenticationEntryPoint askAgain = new BasicAuthenticationEntryPoint();
        askAgain.setRealmName("Realm");
        return (request, response, refused) -> {
            if (refused instanceof TooManySignIns slow) {
                answer(request, response, slow);
            } else if ("XMLHttpRequest".equals(request.getHeader("X-Requested-With"))) {
                // A browser would ask for the password in a window of its own.
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            } else {
                askAgain.commence(request, response, refused);
            }
        };
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, TooManySignIns slow)
            throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(slow.seconds()));
        Problem.write(
                request,
                response,
                Refusal.Kind.THROTTLED.status(),
                "too-many-sign-ins",
                TooManySignIns.sentence(slow.seconds()));
    }

    /** For the form; {@code otherwise} for all other reasons. */
    static AuthenticationFailureHandler form(SimpleUrlAuthenticationFailureHandler otherwise) {
        return (HttpServletRequest request, HttpServletResponse response, AuthenticationException refused) -> {
            if (refused instanceof TooManySignIns slow) {
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(slow.seconds()));
                response.sendRedirect(request.getContextPath() + "/sign-in?wait=" + slow.seconds());
            } else {
                otherwise.onAuthenticationFailure(request, response, refused);
            }
        };
    }
}
