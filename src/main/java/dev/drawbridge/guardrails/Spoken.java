package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.List;
import java.util.stream.Stream;

/** Every word that the rules say of facts, and every constant beside it. */
final class Spoken {
    private Spoken() {}

    /** What is said of facts of this kind. */
    static Stream<Operand> of(Fact fact, Rulebook rulebook) {
        return rulebook.sources().stream()
                .flatMap(source -> source.rule().when().stream())
                .flatMap(Spoken::patterns)
                .filter(pattern -> pattern.fact() == fact)
                .flatMap(pattern -> pattern.constraints().stream())
                .flatMap(Spoken::operands);
    }

    private static Stream<Clause.Pattern> patterns(Clause clause) {
        return clause instanceof Clause.Pattern pattern
                ? Stream.of(pattern)
                : RuleWork.inner(clause).stream().flatMap(Spoken::patterns);
    }

    private static Stream<Operand> operands(Constraint constraint) {
        if (constraint instanceof Constraint.Naming naming) {
            return Stream.of(naming.property());
        }
        if (constraint instanceof Constraint.Holds holds) {
            return Stream.of(holds.word());
        }
        if (constraint instanceof Constraint.Compared compared) {
            return Stream.of(compared.left(), compared.right());
        }
        if (constraint instanceof Constraint.Among among) {
            return Stream.concat(Stream.of(among.left()), among.values().stream());
        }
        List<Constraint> parts = constraint instanceof Constraint.Not not
                ? List.of(not.inner())
                : constraint instanceof Constraint.All all ? all.parts() : ((Constraint.Any) constraint).parts();
        return parts.stream().flatMap(Spoken::operands);
    }
}
