package dev.drawbridge.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.util.HtmlUtils;

/**
 * The page that a browser gets where a program gets a problem: what went wrong, in a sentence, and the way back. It needs nothing
 * that could be what went wrong. Under the name {@code error} it is the view of what the container has to say as well.
 */
@Component("error")
public final class ErrorPage implements View {
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private record Words(String title, String sentence) {}

    private static final Words OTHERWISE = new Words("That did not work", "It cannot be done like this.");

    private static final Map<Integer, Words> BY_STATUS = Map.of(
            400, new Words("That cannot be read", "Something in this address or form is not as it should be."),
            401, new Words("Sign in first", "You are not signed in, or no longer."),
            403, new Words("You may not do this", "Your account has no right to it."),
            404, new Words("There is nothing here", "There is nothing at this address, or it is not yours to see."),
            405, new Words("That cannot be done here", "This address does not take what was sent to it."),
            409, new Words("That no longer fits", "It has changed since you looked."),
            413, new Words("That is too large", "More was sent than is taken here."),
            429, new Words("A little slower, please", "Too much is asked for at once. Wait a moment, then try again."),
            500, new Words("Something went wrong", "It is our fault, not yours. The operators can see it in the log."),
            503, new Words("Not now", "Drawbridge is busy. Wait a moment, then try again."));

    /** What is kept of it in the browser, where one comes back by its button. */
    private static final String TYPED = "With your browser’s Back button you find what you typed again.";

    private static final String EXPIRED =
            "This form is too old, or was not made here. Go back, reload the page and send it again.";

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s – Drawbridge</title>
            <link rel="icon" href="%4$s/logo.svg"><link rel="stylesheet" href="%4$s/drawbridge.css"></head>
            <body>
            <header class="top"><div class="inner"><a class="brand" href="%4$s/"><img src="%4$s/logo.svg" alt="">Drawbridge</a></div></header>
            <main class="error">
            <h1>%1$s</h1>
            <p>%2$s</p>
            %3$s<p><a class="button" href="%4$s/">To the start page</a></p>
            </main>
            </body>
            </html>
            """;

    /** Whether who calls reads pages: a browser that goes somewhere, and no program, nor a page's own script. */
    static boolean isWantedBy(HttpServletRequest request) {
        String accepts = String.valueOf(request.getHeader(HttpHeaders.ACCEPT));
        return accepts.contains(MediaType.TEXT_HTML_VALUE) && !accepts.contains("json");
    }

    static MediaType mediaType() {
        return HTML;
    }

    /** Keeps why, for the page that tells it. */
    static void denied(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        request.setAttribute(WebAttributes.ACCESS_DENIED_403, why);
        response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }

    /** The page for a status; {@code sentence} says why, else a general one stands there. */
    static String of(HttpServletRequest request, int status, @Nullable String sentence) {
        Words words = BY_STATUS.getOrDefault(status, OTHERWISE);
        boolean typed = request.getMethod().equals("POST") && (status == 400 || status == 409 || status == 422);
        return PAGE.formatted(
                words.title(),
                HtmlUtils.htmlEscape(sentence == null || sentence.isBlank() ? words.sentence() : sentence),
                typed ? "<p class=\"soft\">" + TYPED + "</p>\n" : "",
                HtmlUtils.htmlEscape(request.getContextPath()));
    }

    @Override
    public String getContentType() {
        return HTML.toString();
    }

    /** The model's {@code status} and {@code sentence}. */
    @Override
    public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        int status = model != null && model.get("status") instanceof Integer known ? known : response.getStatus();
        String sentence = model != null && model.get("sentence") instanceof String said ? said : null;
        if (request.getAttribute(WebAttributes.ACCESS_DENIED_403) instanceof CsrfException) {
            sentence = EXPIRED;
        }
        write(request, response, status, sentence);
    }

    static void write(HttpServletRequest request, HttpServletResponse response, int status, @Nullable String sentence)
            throws IOException {
        response.setContentType(HTML.toString());
        response.getOutputStream().write(of(request, status, sentence).getBytes(StandardCharsets.UTF_8));
    }
}
