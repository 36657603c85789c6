package dev.drawbridge.approval;

import static dev.drawbridge.platform.Refusal.Kind.INVALID;
import static dev.drawbridge.platform.Refusal.Kind.UNPROCESSABLE;

import dev.drawbridge.approval.Approval.Decision;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.platform.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a form or a call sent, not yet checked.
 *
 * @param decision {@code approve}, {@code reject} or {@code ask}
 * @param duration to approve for less time, ISO-8601
 * @param entitlement to approve a lesser entitlement of the same resource
 */
public record Said(
        @Nullable String decision,
        @Nullable String comment,
        @Nullable String duration,
        @Nullable String entitlement) {

    /** What was sent with the approvers' form. */
    public static Said in(Map<String, String> form) {
        return new Said(
                form.get("decision"), form.get("comment"), form.get("narrowDuration"), form.get("narrowEntitlement"));
    }

    /** Whether it asks back. */
    public boolean asks() {
        return "ask".equals(decision);
    }

    /** Refuses what is neither; asking back answers nothing yet. */
    Decision answer() {
        if ("approve".equals(decision)) {
            return Decision.APPROVE;
        }
        if ("reject".equals(decision)) {
            return Decision.REJECT;
        }
        throw Refusal.ofField(
                INVALID,
                "decision",
                "invalid-decision",
                "Say whether you approve, reject or ask back: 'approve', 'reject' or 'ask'.");
    }

    /** Refuses to reject or to ask without a word. */
    String words() {
        String words = comment == null || PlainText.looksEmpty(comment) ? "" : comment;
        if ("reject".equals(decision) && words.isEmpty()) {
            throw missing("Say why you reject it; the requester reads this.");
        }
        if (asks() && words.isEmpty()) {
            throw missing("Write what you want to know from the requester.");
        }
        return PlainText.checked("comment", words);
    }

    private static Refusal missing(String sentence) {
        return Refusal.ofField(UNPROCESSABLE, "comment", "missing-comment", sentence);
    }
}
