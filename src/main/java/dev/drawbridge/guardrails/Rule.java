package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Finding.Effect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A guardrail as its file says it.
 *
 * @param sentence its name, which the requester reads
 * @param when the clauses of its condition; all of them must hold
 * @param then what it does, in the order of the file
 */
record Rule(String sentence, List<Clause> when, List<Consequence> then) {
    Rule {
        when = List.copyOf(when);
        then = List.copyOf(then);
    }

    /** One effect; {@code value} is what it carries, as in {@link Finding}. */
    record Consequence(Effect effect, @Nullable String value) {}
}
