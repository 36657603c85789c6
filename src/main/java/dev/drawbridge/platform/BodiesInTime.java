package dev.drawbridge.platform;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the body of a call before anything else is done for it, and no longer than a body takes that is really sent. While
 * it is read the call holds a thread, so one address has a few such calls at once: whoever sends byte by byte waits for
 * themselves.
 */
final class BodiesInTime {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int AT_ONCE = 8;

    private final Map<String, Integer> reading = new ConcurrentHashMap<>();

    /** Why a body was not taken. */
    enum Refused {
        TOO_LARGE,
        TOO_SLOW,
        TOO_MANY
    }

    /** A body as it came, or why it was not taken. */
    record Body(byte[] content, Optional<Refused> refused) {
        private static Body not(Refused why) {
            return new Body(new byte[0], Optional.of(why));
        }
    }

    /** {@code most}: in bytes. */
    Body read(HttpServletRequest request, long most) throws IOException {
        String address = request.getRemoteAddr();
        if (reading.merge(address, 1, Integer::sum) > AT_ONCE) {
            done(address);
            return Body.not(Refused.TOO_MANY);
        }
        try {
            return read(request.getInputStream(), most);
        } finally {
            done(address);
        }
    }

    private void done(String address) {
        reading.computeIfPresent(address, (same, calls) -> calls == 1 ? null : calls - 1);
    }

    private static Body read(ServletInputStream body, long most) throws IOException {
        // Not the product's clock, which tests move: this is about how long a thread is held.
        long begun = System.nanoTime();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] some = new byte[8 * 1024];
        for (int read = body.read(some); read >= 0; read = body.read(some)) {
            content.write(some, 0, read);
            if (content.size() > most) {
                return Body.not(Refused.TOO_LARGE);
            }
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                return Body.not(Refused.TOO_SLOW);
            }
        }
        return new Body(content.toByteArray(), Optional.empty());
    }
}
