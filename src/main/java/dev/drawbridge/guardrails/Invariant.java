package dev.drawbridge.guardrails;

import java.util.ArrayList;
import java.util.List;

/**
 * What must never happen, as {@code rules/invariants.yaml} says it.
 *
 * @param name in the owner's words
 * @param position in the file, from 0
 * @param when the requests that it speaks of
 * @param unless those of them that it does not speak of; nothing: it speaks of all
 * @param demand what must be so of the verdict on each
 */
record Invariant(String name, int position, List<Clause> when, List<Clause> unless, Demand demand) {
    Invariant {
        when = List.copyOf(when);
        unless = List.copyOf(unless);
    }

    /** Conditions as rules that say nothing: where the first fires, and none of the others, the invariant speaks. */
    List<RuleFindings.Source> conditions() {
        List<RuleFindings.Source> conditions = new ArrayList<>();
        conditions.add(new RuleFindings.Source("when", new Rule(name, when, List.of())));
        if (!unless.isEmpty()) {
            conditions.add(new RuleFindings.Source("unless", new Rule(name, unless, List.of())));
        }
        return conditions;
    }
}
