package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.ConstraintMeaning.Check;
import dev.drawbridge.guardrails.ConstraintMeaning.Slots;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a condition means, made from its tree once and then asked of very many facts, where a session of the compiled rules for
 * each would take too long. That both say the same is held by a test, of rules that nobody thought of.
 */
final class RuleMeaning {
    private interface Match {
        boolean holds(FactTable facts, @Nullable Object[] names);
    }

    private static final Match ALWAYS = (facts, names) -> true;

    private final Slots slots = new Slots();
    private final Match match;

    RuleMeaning(List<Clause> when) {
        match = all(when, ALWAYS);
    }

    boolean holds(FactTable facts) {
        return match.holds(facts, new Object[slots.size()]);
    }

    private Match all(List<Clause> clauses, Match then) {
        return clauses.isEmpty() ? then : of(clauses.get(0), all(clauses.subList(1, clauses.size()), then));
    }

    /** {@code then}: what must hold beside it, with the names that it gives. */
    private Match of(Clause clause, Match then) {
        if (clause instanceof Clause.Pattern pattern) {
            return pattern(pattern, then);
        }
        if (clause instanceof Clause.Not not) {
            Match inner = of(not.inner(), ALWAYS);
            return (facts, names) -> !inner.holds(facts, names) && then.holds(facts, names);
        }
        if (clause instanceof Clause.Exists exists) {
            Match inner = of(exists.inner(), ALWAYS);
            return (facts, names) -> inner.holds(facts, names) && then.holds(facts, names);
        }
        if (clause instanceof Clause.All all) {
            return all(all.parts(), then);
        }
        List<Match> ways = ((Clause.Any) clause)
                .parts().stream().map(part -> of(part, then)).toList();
        return (facts, names) -> ways.stream().anyMatch(way -> way.holds(facts, names));
    }

    private Match pattern(Clause.Pattern pattern, Match then) {
        ConstraintMeaning meaning = new ConstraintMeaning(pattern.fact(), slots);
        List<Check> checks = pattern.constraints().stream().map(meaning::of).toList();
        return (facts, names) -> {
            for (Object fact : facts.of(pattern.fact())) {
                if (checks.stream().allMatch(check -> check.holds(fact, names)) && then.holds(facts, names)) {
                    return true;
                }
            }
            return false;
        };
    }
}
