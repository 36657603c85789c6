package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a condition is made of, in the end. */
final class Leaves {
    private Leaves() {}

    static Stream<Clause.Pattern> patterns(Clause clause) {
        return clause instanceof Clause.Pattern pattern
                ? Stream.of(pattern)
                : RuleWork.inner(clause).stream().flatMap(Leaves::patterns);
    }

    /** The kinds of facts that a condition speaks of. */
    static Set<Fact> facts(List<Clause> when) {
        return when.stream().flatMap(Leaves::patterns).map(Clause.Pattern::fact).collect(Collectors.toSet());
    }

    /** Whether it holds, or not, of a fact alone, and gives no name to anything. */
    static boolean isAlone(Constraint constraint) {
        return comparisons(constraint)
                .noneMatch(leaf -> leaf instanceof Constraint.Naming
                        || leaf instanceof Constraint.Compared compared && compared.right() instanceof Operand.Named);
    }

    /** The constraints in it that are not made of others. */
    static Stream<Constraint> comparisons(Constraint constraint) {
        if (constraint instanceof Constraint.Not not) {
            return comparisons(not.inner());
        }
        if (constraint instanceof Constraint.All all) {
            return all.parts().stream().flatMap(Leaves::comparisons);
        }
        if (constraint instanceof Constraint.Any any) {
            return any.parts().stream().flatMap(Leaves::comparisons);
        }
        return Stream.of(constraint);
    }

    /** The words of the fact that stand in it. */
    static Stream<Operand> words(Constraint constraint) {
        return comparisons(constraint).flatMap(leaf -> {
            if (leaf instanceof Constraint.Naming naming) {
                return Stream.of(naming.property());
            }
            if (leaf instanceof Constraint.Holds holds) {
                return Stream.of(holds.word());
            }
            if (leaf instanceof Constraint.Among among) {
                return Stream.of(among.left());
            }
            Constraint.Compared compared = (Constraint.Compared) leaf;
            return compared.right() instanceof Operand.Property other
                    ? Stream.of(compared.left(), other)
                    : Stream.of(compared.left());
        });
    }
}
