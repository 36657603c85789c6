package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Constraint.Operator;
import dev.drawbridge.guardrails.Finding.Effect;
import dev.drawbridge.guardrails.Rule.Consequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Guardrails that differ from one in a single thing, as a slip of the pen would make them:
 *
 * <ul>
 *   <li>a line of the condition, or a comparison in a fact, is missing, or says the opposite; a {@code not} or {@code exists} is lost;
 *   <li>{@code ==} and {@code !=} are exchanged, or any of {@code < <= > >= == !=} for any other where there is an order;
 *   <li>a number is one more or less, a length of time a second; a constant is another of its type, a text another text, true is
 *       false; one of several values is missing;
 *   <li>{@code ||} is {@code &&}, and the other way round, or one of its sides is missing;
 *   <li>an effect is missing, refuses instead of granting, or asks for another level, length or obligation.
 * </ul>
 */
final class RuleMutants {
    private static final Consequence DENY = new Consequence(Effect.DENY, null);
    private static final Consequence ALLOW = new Consequence(Effect.ALLOW, null);

    private RuleMutants() {}

    /** All of them, each another rule. */
    static Set<Rule> of(Rule rule) {
        Set<Rule> mutants = new LinkedHashSet<>();
        lists(rule.when(), RuleMutants::clause)
                .filter(when -> !when.isEmpty())
                .forEach(when -> mutants.add(new Rule(rule.sentence(), when, rule.then())));
        lists(rule.then(), RuleMutants::effect)
                .forEach(then -> mutants.add(new Rule(rule.sentence(), rule.when(), then)));
        mutants.remove(rule);
        mutants.removeIf(mutant -> !isWhole(mutant.when()));
        return mutants;
    }

    /** Each list with one of its parts exchanged, or without it. */
    private static <T> Stream<List<T>> lists(List<T> parts, Function<T, Stream<T>> others) {
        List<List<T>> all = new ArrayList<>();
        for (int at = 0; at < parts.size(); at++) {
            List<T> without = new ArrayList<>(parts);
            T part = without.remove(at);
            all.add(without);
            int position = at;
            others.apply(part).forEach(other -> {
                List<T> with = new ArrayList<>(parts);
                with.set(position, other);
                all.add(with);
            });
        }
        return all.stream();
    }

    private static Stream<Clause> clause(Clause clause) {
        if (clause instanceof Clause.Pattern pattern) {
            return Stream.concat(
                    Stream.of(new Clause.Not(pattern)),
                    lists(pattern.constraints(), RuleMutants::constraint)
                            .map(constraints -> new Clause.Pattern(pattern.fact(), constraints)));
        }
        if (clause instanceof Clause.Not not) {
            return Stream.concat(Stream.of(not.inner()), clause(not.inner()).map(Clause.Not::new));
        }
        if (clause instanceof Clause.Exists exists) {
            return Stream.concat(
                    Stream.of(new Clause.Not(exists.inner())),
                    clause(exists.inner()).map(Clause.Exists::new));
        }
        List<Clause> parts = RuleWork.inner(clause);
        boolean all = clause instanceof Clause.All;
        return Stream.concat(
                Stream.of(all ? new Clause.Any(parts) : new Clause.All(parts)),
                lists(parts, RuleMutants::clause).map(some -> all ? new Clause.All(some) : new Clause.Any(some)));
    }

    private static Stream<Constraint> constraint(Constraint constraint) {
        if (constraint instanceof Constraint.Naming) {
            return Stream.of();
        }
        Stream<Constraint> opposite = Stream.of(new Constraint.Not(constraint));
        if (constraint instanceof Constraint.Not not) {
            return Stream.concat(Stream.of(not.inner()), constraint(not.inner()).map(Constraint.Not::new));
        }
        if (constraint instanceof Constraint.Holds holds) {
            return Stream.concat(opposite, operand(holds.word()).map(Constraint.Holds::new));
        }
        if (constraint instanceof Constraint.Compared compared) {
            return Stream.of(opposite, operators(compared), constants(compared)).flatMap(some -> some);
        }
        if (constraint instanceof Constraint.Among among) {
            return Stream.concat(
                    opposite,
                    lists(among.values(), RuleMutants::operand)
                            .filter(values -> !values.isEmpty())
                            .map(values -> new Constraint.Among(among.left(), among.negated(), values)));
        }
        boolean all = constraint instanceof Constraint.All;
        List<Constraint> parts = all ? ((Constraint.All) constraint).parts() : ((Constraint.Any) constraint).parts();
        return Stream.of(
                        opposite,
                        Stream.<Constraint>of(all ? new Constraint.Any(parts) : new Constraint.All(parts)),
                        lists(parts, RuleMutants::constraint)
                                .<Constraint>map(some -> all ? new Constraint.All(some) : new Constraint.Any(some)))
                .flatMap(some -> some);
    }

    private static Stream<Constraint> operators(Constraint.Compared compared) {
        return Stream.of(Operator.values())
                .filter(other -> !other.needsOrder() || compared.left().kind().isOrdered())
                .map(other -> new Constraint.Compared(compared.left(), other, compared.right()));
    }

    private static Stream<Constraint> constants(Constraint.Compared compared) {
        return Stream.concat(
                operand(compared.left())
                        .map(left -> new Constraint.Compared(left, compared.operator(), compared.right())),
                operand(compared.right())
                        .map(right -> new Constraint.Compared(compared.left(), compared.operator(), right)));
    }

    private static Stream<Operand> operand(Operand operand) {
        if (operand instanceof Operand.Number number) {
            return Stream.of(new Operand.Number(number.value() - 1), new Operand.Number(number.value() + 1));
        }
        if (operand instanceof Operand.Truth truth) {
            return Stream.of(new Operand.Truth(!truth.value()));
        }
        if (operand instanceof Operand.Constant constant) {
            return Vocabulary.CONSTANTS.get(constant.type()).stream()
                    .map(name -> new Operand.Constant(constant.type(), name));
        }
        if (operand instanceof Operand.Lasting lasting) {
            return Stream.of(-1, 1)
                    .map(by ->
                            new Operand.Lasting(lasting.word(), lasting.than().plusSeconds(by)));
        }
        if (operand instanceof Operand.Belonging belonging) {
            return Stream.of(new Operand.Belonging(belonging.word(), "another"));
        }
        return operand instanceof Operand.Text ? Stream.of(new Operand.Text("another")) : Stream.of();
    }

    private static Stream<Consequence> effect(Consequence consequence) {
        return switch (consequence.effect()) {
            case DENY -> Stream.of(ALLOW);
            case ALLOW -> Stream.of(DENY);
            case LIMIT -> {
                Duration limit = Duration.parse(consequence.value());
                yield Stream.of(-1, 1)
                        .map(by -> new Consequence(
                                Effect.LIMIT, limit.plusSeconds(by).toString()));
            }
            default -> Stream.of(new Consequence(consequence.effect(), "another"), ALLOW);
        };
    }

    /** Whether each name that is compared with is given before, and nothing is left of a fact that names alone. */
    private static boolean isWhole(List<Clause> when) {
        Set<String> given = new HashSet<>();
        return when.stream()
                .flatMap(Leaves::patterns)
                .allMatch(pattern -> pattern.constraints().stream()
                        .flatMap(Leaves::comparisons)
                        .allMatch(leaf -> {
                            if (leaf instanceof Constraint.Naming naming) {
                                given.add(naming.name());
                            }
                            return !(leaf instanceof Constraint.Compared compared
                                            && compared.right() instanceof Operand.Named named)
                                    || given.contains(named.name());
                        }));
    }
}
