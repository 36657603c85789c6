package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.facts.Wanted;
import java.util.List;

/** What of a condition is known as soon as it is known what is wanted. */
final class Foreknown {
    private final Wanted wanted;

    Foreknown(Entitlement wanted) {
        this.wanted = GatherFacts.wanted(wanted);
    }

    boolean mayHold(List<Clause> when) {
        return when.stream().noneMatch(this::fails);
    }

    /** Whether it cannot hold, whatever else there is. */
    private boolean fails(Clause clause) {
        if (clause instanceof Clause.Pattern pattern) {
            return pattern.fact() == Fact.WANTED && !PatternView.of(pattern).mayMatch(wanted);
        }
        if (clause instanceof Clause.Not not) {
            return holds(not.inner());
        }
        if (clause instanceof Clause.Any any) {
            return any.parts().stream().allMatch(this::fails);
        }
        return RuleWork.inner(clause).stream().anyMatch(this::fails);
    }

    /** Whether it holds, whatever else there is. */
    private boolean holds(Clause clause) {
        if (clause instanceof Clause.Pattern pattern) {
            return pattern.fact() == Fact.WANTED
                    && pattern.constraints().stream().allMatch(Leaves::isAlone)
                    && PatternView.of(pattern).mayMatch(wanted);
        }
        if (clause instanceof Clause.Not not) {
            return fails(not.inner());
        }
        if (clause instanceof Clause.Any any) {
            return any.parts().stream().anyMatch(this::holds);
        }
        return RuleWork.inner(clause).stream().allMatch(this::holds);
    }
}
