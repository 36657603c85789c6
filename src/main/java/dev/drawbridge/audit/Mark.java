package dev.drawbridge.audit;

import dev.drawbridge.platform.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Where a page ended: the next one goes on behind it. To whoever calls it is a text that means nothing.
 *
 * @param at the moment of the last line
 * @param id what tells lines of the same moment apart
 */
record Mark(Instant at, String id) {
    private static final int LONGEST = 120;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    String written() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    long number() {
        return Long.parseLong(id);
    }

    /** Of lines that are told apart by a number; refuses what no page has ended with. */
    static Mark ofNumbers(String text) {
        return read(text, NUMBER);
    }

    /** Of lines that are told apart by a request. */
    static Mark ofRequests(String text) {
        return read(text, UUID);
    }

    private static Mark read(String text, Pattern ids) {
        try {
            if (text.length() > LONGEST) {
                throw new IllegalArgumentException("no mark is that long");
            }
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
            Mark mark = new Mark(Instant.parse(parts[0]), parts[1]);
            if (!ids.matcher(mark.id()).matches() || !mark.written().equals(text)) {
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
