package dev.drawbridge.process;

import dev.drawbridge.platform.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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
            byte[] body =
                    isForm(request) ? new byte[0] : request.getInputStream().readAllBytes();
            Optional<String> tooMuch = parameters.tooMuch().or(() -> shape(body));
            if (tooMuch.isPresent()) {
                refuse(request, response, "query-too-large", tooMuch.get());
                return;
            }
            chain.doFilter(
                    isForm(request) ? new Asked(request, parameters) : new Said(request, parameters, body), response);
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

    private static class Asked extends HttpServletRequestWrapper {
        private final QueryParameters parameters;

        Asked(HttpServletRequest request, QueryParameters parameters) {
            super(request);
            this.parameters = parameters;
        }

        @Override
        public String getQueryString() {
            return parameters.bounded();
        }
    }

    private static final class Said extends Asked {
        private final byte[] body;

        Said(HttpServletRequest request, QueryParameters parameters, byte[] body) {
            super(request, parameters);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Read(new ByteArrayInputStream(body));
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class Read extends ServletInputStream {
        private final ByteArrayInputStream body;

        Read(ByteArrayInputStream body) {
            this.body = body;
        }

        @Override
        public int read() {
            return body.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return body.read(into, from, length);
        }

        @Override
        public boolean isFinished() {
            return body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("No body is read asynchronously here");
        }
    }
}
