package dev.drawbridge.platform;

import java.util.Locale;
import java.util.regex.Pattern;

/** What people write for other people to read: a justification, a comment, a reason. */
public final class PlainText {
    /** In characters. */
    public static final int LIMIT = 2_000;

    /** Control characters, and those that turn the direction of text, could make a reader see something else. */
    private static final Pattern DECEIVING = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\r\\t\\u200d]]");

    private PlainText() {}

    /** The text without blanks around it; refuses one that is too long or holds invisible characters. */
    public static String checked(String field, String text) {
        String stripped = text.strip();
        if (stripped.length() > LIMIT) {
            throw Refusal.ofField(
                    Refusal.Kind.UNPROCESSABLE,
                    field,
                    field.toLowerCase(Locale.ROOT) + "-too-long",
                    "The " + field + " has " + stripped.length() + " characters; at most " + LIMIT + " are taken.");
        }
        if (DECEIVING.matcher(stripped).find()) {
            throw Refusal.ofField(
                    Refusal.Kind.UNPROCESSABLE,
                    field,
                    field.toLowerCase(Locale.ROOT) + "-unreadable",
                    "The " + field + " has invisible control characters; please type it as plain text.");
        }
        return stripped;
    }
}
