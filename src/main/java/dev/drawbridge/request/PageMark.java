package dev.drawbridge.request;

import dev.drawbridge.platform.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * Where a page of a list ended: the next one goes on behind it, however far down, and whatever has come meanwhile. To whoever
 * calls it is a text that means nothing.
 *
 * @param at when the last request of the page was sent
 */
public record PageMark(Instant at, UUID id) {
    private static final int LONGEST = 120;

    static PageMark of(RequestView last) {
        return new PageMark(last.submittedAt(), last.id());
    }

    String written() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    /** Refuses what no page has ended with. */
    static PageMark read(String text) {
        try {
            if (text.length() > LONGEST) {
                throw new IllegalArgumentException("no mark is that long");
            }
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
            PageMark mark = new PageMark(Instant.parse(parts[0]), UUID.fromString(parts[1]));
            if (!mark.written().equals(text)) {
                throw new IllegalArgumentException("written otherwise");
            }
            return mark;
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException unreadable) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID,
                    "after",
                    "invalid-after",
                    "'after' is the 'next' of the page before, as it is; leave it out to begin with the newest.");
        }
    }
}
