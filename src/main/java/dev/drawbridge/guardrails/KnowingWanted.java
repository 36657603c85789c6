package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.Sensitivity;
import dev.drawbridge.guardrails.ConstraintMeaning.Slots;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.facts.Wanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A condition, with what is wanted put in where it has a name: what it says of the other facts is then a comparison with a value,
 * and no longer with any value that there may be.
 */
final class KnowingWanted {
    private final Map<String, Operand> values = new HashMap<>();
    private final Wanted wanted;

    private KnowingWanted(Entitlement wanted) {
        this.wanted = GatherFacts.wanted(wanted);
    }

    /** Means the same of all facts among which this is wanted, and nothing else. */
    static List<Clause> of(List<Clause> when, Entitlement wanted) {
        KnowingWanted known = new KnowingWanted(wanted);
        when.stream().flatMap(Leaves::patterns).forEach(known::name);
        return known.values.isEmpty() ? when : when.stream().map(known::with).toList();
    }

    /** A rule gives a name once, so it is this value wherever it can be seen. */
    private void name(Clause.Pattern pattern) {
        if (pattern.fact() == Fact.WANTED) {
            OperandMeaning meaning = new OperandMeaning(Fact.WANTED, new Slots());
            pattern.constraints().stream()
                    .filter(Constraint.Naming.class::isInstance)
                    .map(Constraint.Naming.class::cast)
                    .forEach(naming -> values.put(
                            naming.name(),
                            literal(Objects.requireNonNull(
                                    meaning.of(naming.property()).of(wanted, new @Nullable Object[0])))));
        }
    }

    private static Operand literal(Object value) {
        if (value instanceof Boolean truth) {
            return new Operand.Truth(truth);
        }
        if (value instanceof Sensitivity sensitivity) {
            return new Operand.Constant("Sensitivity", sensitivity.name());
        }
        return value instanceof AccessLevel level
                ? new Operand.Constant("AccessLevel", level.name())
                : new Operand.Text((String) value);
    }

    private Clause with(Clause clause) {
        if (clause instanceof Clause.Pattern pattern) {
            return new Clause.Pattern(
                    pattern.fact(),
                    pattern.constraints().stream()
                            .filter(constraint -> !(constraint instanceof Constraint.Naming naming)
                                    || !values.containsKey(naming.name()))
                            .map(this::with)
                            .toList());
        }
        if (clause instanceof Clause.Not not) {
            return new Clause.Not(with(not.inner()));
        }
        if (clause instanceof Clause.Exists exists) {
            return new Clause.Exists(with(exists.inner()));
        }
        List<Clause> parts = RuleWork.inner(clause).stream().map(this::with).toList();
        return clause instanceof Clause.All ? new Clause.All(parts) : new Clause.Any(parts);
    }

    private Constraint with(Constraint constraint) {
        if (constraint instanceof Constraint.Compared compared
                && compared.right() instanceof Operand.Named named
                && values.containsKey(named.name())) {
            return new Constraint.Compared(
                    compared.left(), compared.operator(), Objects.requireNonNull(values.get(named.name())));
        }
        if (constraint instanceof Constraint.Not not) {
            return new Constraint.Not(with(not.inner()));
        }
        if (constraint instanceof Constraint.All all) {
            return new Constraint.All(all.parts().stream().map(this::with).toList());
        }
        return constraint instanceof Constraint.Any any
                ? new Constraint.Any(any.parts().stream().map(this::with).toList())
                : constraint;
    }
}
