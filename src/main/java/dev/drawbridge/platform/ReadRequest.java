package dev.drawbridge.platform;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A call whose body has been read: the fields of a form are taken from there, since the server would find none any more. */
class ReadRequest extends HttpServletRequestWrapper {
    private static final int MOST_FIELDS = 200;

    private final byte[] body;
    private final Map<String, String[]> parameters;

    /** Throws {@link IllegalArgumentException} where {@code form} is set and the body is not a form. */
    ReadRequest(HttpServletRequest request, byte[] body, boolean form) {
        super(request);
        this.body = body;
        // Those of the address.
        Map<String, String[]> all = new LinkedHashMap<>(request.getParameterMap());
        if (form) {
            fields(new String(body, StandardCharsets.UTF_8), all);
        }
        this.parameters = Collections.unmodifiableMap(all);
    }

    private static void fields(String text, Map<String, String[]> into) {
        String[] pairs = text.split("&", MOST_FIELDS + 1);
        if (pairs.length > MOST_FIELDS) {
            throw new IllegalArgumentException("A form has at most " + MOST_FIELDS + " fields.");
        }
        for (String pair : pairs) {
            int is = pair.indexOf('=');
            String name = decoded(is < 0 ? pair : pair.substring(0, is));
            if (!name.isEmpty()) {
                into.merge(
                        name,
                        new String[] {is < 0 ? "" : decoded(pair.substring(is + 1))},
                        (some, more) ->
                                Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new));
            }
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = parameters.get(name);
        return values == null ? null : values[0];
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return parameters;
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters.keySet());
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] values = parameters.get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Again(new ByteArrayInputStream(body));
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private static final class Again extends ServletInputStream {
        private final ByteArrayInputStream body;

        Again(ByteArrayInputStream body) {
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
