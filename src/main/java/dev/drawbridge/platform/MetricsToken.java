package dev.drawbridge.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * The word by which whoever watches this service reads its figures, and with which nothing else can be done. It stands in a
 * file and is read anew at each call, so that it can be changed while this runs.
 */
@Component
class MetricsToken {
    private static final Logger log = LoggerFactory.getLogger(MetricsToken.class);
    private static final String BEARER = "Bearer ";
    /** Nobody guesses it, so nobody needs to be slowed down. */
    private static final int SHORTEST = 32;

    private final @Nullable Path file;
    private final AtomicBoolean unreadable = new AtomicBoolean();

    MetricsToken(@Value("${drawbridge.metrics.token-file:}") String file) {
        this.file = file.isBlank() ? null : Path.of(file.strip());
        if (this.file != null && read(this.file).isEmpty()) {
            throw new CannotStart(
                    "The file " + file + " (drawbridge.metrics.token-file) has no token of " + SHORTEST
                            + " characters or more.",
                    "Write one into it, for example: openssl rand -hex 32 > " + file);
        }
    }

    /** Whether a call comes with a token at all, right or wrong. */
    static boolean isShownBy(HttpServletRequest request) {
        String shown = request.getHeader(HttpHeaders.AUTHORIZATION);
        return shown != null && shown.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /** Whether a call may read the figures by the token that it shows. */
    boolean opens(HttpServletRequest request) {
        return file != null
                && request.getMethod().equals("GET")
                && isShownBy(request)
                && read(file)
                        .filter(token -> MessageDigest.isEqual(
                                token.getBytes(StandardCharsets.UTF_8),
                                request.getHeader(HttpHeaders.AUTHORIZATION)
                                        .substring(BEARER.length())
                                        .strip()
                                        .getBytes(StandardCharsets.UTF_8)))
                        .isPresent();
    }

    private Optional<String> read(Path file) {
        try {
            Optional<String> token = Optional.of(
                            Files.readString(file, StandardCharsets.UTF_8).strip())
                    .filter(text -> text.length() >= SHORTEST);
            unreadable.set(false);
            return token;
        } catch (IOException cannotBeRead) {
            // Once, until it can be read again: anybody can call, and would fill the log.
            if (unreadable.compareAndSet(false, true)) {
                log.warn("The token for the metrics cannot be read: {}", cannotBeRead.toString());
            }
            return Optional.empty();
        }
    }
}
