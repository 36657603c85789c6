package dev.drawbridge.process;

import dev.drawbridge.platform.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/** Asks the engine no more at once than it can answer, and for no more lines than a page has. */
class BoundedQueries extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            QueryParameters parameters = QueryParameters.of(request.getQueryString());
            // It has been read already: the next reader gets it from the beginning.
            byte[] body =
                    isForm(request) ? new byte[0] : request.getInputStream().readAllBytes();
            Optional<String> tooMuch = parameters.tooMuch().or(() -> shape(body));
            if (tooMuch.isPresent()) {
                refuse(request, response, "query-too-large", tooMuch.get());
                return;
            }
            chain.doFilter(new Asked(request, parameters), response);
        } catch (NoJson unreadable) {
            refuse(request, response, "unreadable-body", "The body is not the JSON that this call takes.");
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, String code, String sentence)
            throws IOException {
        Problem.write(request, response, HttpServletResponse.SC_BAD_REQUEST, code, sentence);
    }

    /** What is no JSON to us reaches no other reader, who might see something in it. */
    private static Optional<String> shape(byte[] body) {
        try {
            return body.length == 0 ? Optional.empty() : QueryShape.tooMuch(body);
        } catch (IOException unreadable) {
            throw new NoJson();
        }
    }

    private static final class NoJson extends RuntimeException {
        NoJson() {
            super(null, null, false, false);
        }
    }

    /** Those are bounded by their length: no query comes in them. */
    private static boolean isForm(HttpServletRequest request) {
        String type = String.valueOf(request.getContentType()).strip().toLowerCase(Locale.ROOT);
        return type.startsWith("multipart/form-data") || type.startsWith("application/x-www-form-urlencoded");
    }

    /** The engine counts its own work in lines too, and gives fewer of those at a time. */
    private static int linesOf(String path) {
        return path.endsWith("/metrics") ? QueryParameters.FEWER_LINES : QueryParameters.MOST_LINES;
    }

    private static final class Asked extends HttpServletRequestWrapper {
        private final QueryParameters parameters;

        Asked(HttpServletRequest request, QueryParameters parameters) {
            super(request);
            this.parameters = parameters;
        }

        @Override
        public String getQueryString() {
            return parameters.bounded(linesOf(getRequestURI()));
        }
    }
}
