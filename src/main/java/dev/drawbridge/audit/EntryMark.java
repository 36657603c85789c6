package dev.drawbridge.audit;

import dev.drawbridge.platform.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Where a page of the record ended; to whoever calls it is a text that means nothing. */
record EntryMark(Instant at, long id) {
    private static final int LONGEST = 120;

    String written() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    /** Refuses what no page has ended with. */
    static EntryMark read(String text) {
        try {
            if (text.length() > LONGEST) {
                throw new IllegalArgumentException("no mark is that long");
            }
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
            EntryMark mark = new EntryMark(Instant.parse(parts[0]), Long.parseLong(parts[1]));
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
