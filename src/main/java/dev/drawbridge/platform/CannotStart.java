package dev.drawbridge.platform;

/** Why the product does not start, as a sentence. It is shown instead of a stack trace. */
public class CannotStart extends IllegalStateException {
    private final String action;

    /** {@code action} says what to do about it. */
    public CannotStart(String sentence, String action) {
        super(sentence);
        this.action = action;
    }

    String action() {
        return action;
    }
}
