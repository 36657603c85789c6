package dev.drawbridge.process;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a person sent in the call that runs, by the fields of the form. It is taken at the engine's door, kept for that
 * call alone, read once, and never a variable of the process: whatever a process does with its variables, it can put
 * nothing into anybody's mouth.
 *
 * @param about the task that is completed or the process instance that is started, by the engine's id
 */
record SentForm(String about, Map<String, Object> fields) {
    private static final ThreadLocal<@Nullable SentForm> SENT = new ThreadLocal<>();

    /** Keeps a form while something runs, in place of any earlier one. */
    static <T> T during(@Nullable SentForm form, Supplier<T> work) {
        SentForm before = SENT.get();
        keep(form);
        try {
            return work.get();
        } finally {
            keep(before);
        }
    }

    /** As if it had been sent in the call that runs; until that is over. */
    static void keep(@Nullable SentForm form) {
        if (form == null) {
            SENT.remove();
        } else {
            SENT.set(form);
        }
    }

    /** The form about this, once; none where the call that runs is about something else. */
    static Optional<Map<String, Object>> take(String about) {
        SentForm sent = SENT.get();
        if (sent == null || !sent.about().equals(about)) {
            return Optional.empty();
        }
        SENT.remove();
        return Optional.of(sent.fields());
    }
}
