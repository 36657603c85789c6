package dev.drawbridge.revocation;

import dev.drawbridge.platform.Refusal;

/**
 * Which part of what is open somebody looks at.
 *
 * @param text a part of the requester's account, of what it is for, or of the login; empty: everything
 * @param from how many come before it
 */
public record Sought(String text, int from) {
    private static final int LONGEST = 100;
    private static final int FURTHEST = 1_000_000;

    /** Refuses a text that is longer than any name, and a place that no list has. */
    public Sought {
        text = text.strip();
        if (text.length() > LONGEST) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID, "q", "invalid-q", "'q' has at most " + LONGEST + " characters.");
        }
        if (from < 0 || from > FURTHEST) {
            throw Refusal.ofField(
                    Refusal.Kind.INVALID, "from", "invalid-from", "'from' is a number from 0 to " + FURTHEST + ".");
        }
    }

    /** As a pattern in which nothing that was typed is one. */
    String pattern() {
        return "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }
}
