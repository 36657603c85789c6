package dev.drawbridge.platform;

import org.jspecify.annotations.Nullable;

/**
 * Whether this thread answers somebody's call at this moment, and what got in the way of it. All other threads work for
 * the product's own obligations.
 */
final class PeoplesThread {
    private static final ThreadLocal<@Nullable PeoplesThread> CURRENT = new ThreadLocal<>();

    private @Nullable Trouble trouble;

    /** What can go wrong, and what the caller then reads instead of the message of the code that failed. */
    enum Trouble {
        NO_CONNECTION(
                500, 503, "busy", "Drawbridge is busy at the moment, so this was not done. Please try again shortly."),
        TOO_LONG(
                500, 503, "takes-too-long", "This takes too long to work out, so it was stopped. Please ask for less."),
        TOO_LARGE(400, 413, "body-too-large", "The body of this call is larger than is taken here.");

        final int from;
        final int status;
        final String code;
        final String sentence;

        Trouble(int from, int status, String code, String sentence) {
            this.from = from;
            this.status = status;
            this.code = code;
            this.sentence = sentence;
        }
    }

    static boolean isThis() {
        return CURRENT.get() != null;
    }

    static PeoplesThread begin() {
        PeoplesThread begun = new PeoplesThread();
        CURRENT.set(begun);
        return begun;
    }

    static void end() {
        CURRENT.remove();
    }

    /** The first trouble stays; what follows from it does not count. */
    static void met(Trouble trouble) {
        PeoplesThread current = CURRENT.get();
        if (current != null && current.trouble == null) {
            current.trouble = trouble;
        }
    }

    @Nullable
    Trouble trouble() {
        return trouble;
    }

    /** Whether what got in the way is to be said in the place of an answer with this status. */
    boolean isToBeSaidAt(int status) {
        return trouble != null && status >= trouble.from;
    }
}
