package dev.drawbridge.guardrails;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Guardrails that nearly had something to say. The parts of a condition are the comparisons in a fact of which there is one, and
 * whatever else stands on a line of its own: {@code not}, {@code exists}, {@code or}, and access that is held. One that did not
 * fire was near if there are two parts at least, and without one of them it would have.
 */
final class NearMisses {
    private NearMisses() {}

    /** In the order of the rulebook. */
    static List<NearMiss> of(Rulebook rulebook, SeenFacts facts) {
        FactTable seen = FactTable.of(facts.all());
        return rulebook.sources().stream()
                .filter(source -> !new RuleMeaning(source.rule().when()).holds(seen))
                .flatMap(source -> missing(source.rule(), seen)
                        .map(part -> new NearMiss(
                                source.id(), source.rule().sentence() + ".", fact(part), RuleWriter.told(part)))
                        .stream())
                .toList();
    }

    /** A condition without one of its parts. */
    private record Weaker(Clause without, List<Clause> rest) {}

    private static Optional<Clause> missing(Rule rule, FactTable seen) {
        List<Weaker> weaker = weaker(rule.when());
        return weaker.size() < 2
                ? Optional.empty()
                : weaker.stream()
                        .filter(one -> new RuleMeaning(one.rest()).holds(seen))
                        .map(Weaker::without)
                        .findFirst();
    }

    private static List<Weaker> weaker(List<Clause> when) {
        List<Weaker> all = new ArrayList<>();
        for (int position = 0; position < when.size(); position++) {
            if (when.get(position) instanceof Clause.Pattern pattern
                    && !pattern.fact().isOneOfMany()) {
                for (Constraint constraint : pattern.constraints()) {
                    if (!(constraint instanceof Constraint.Naming)) {
                        all.add(new Weaker(
                                new Clause.Pattern(pattern.fact(), List.of(constraint)),
                                with(when, position, without(pattern, constraint))));
                    }
                }
            } else if (!names(when.get(position))) {
                all.add(new Weaker(when.get(position), with(when, position, new Clause.All(List.of()))));
            }
        }
        return all;
    }

    /** Whether later parts may speak of it. */
    private static boolean names(Clause clause) {
        return clause instanceof Clause.Pattern pattern
                ? pattern.constraints().stream().anyMatch(Constraint.Naming.class::isInstance)
                : RuleWork.inner(clause).stream().anyMatch(NearMisses::names);
    }

    private static Clause without(Clause.Pattern pattern, Constraint constraint) {
        return new Clause.Pattern(
                pattern.fact(),
                pattern.constraints().stream()
                        .filter(other -> other != constraint)
                        .toList());
    }

    private static List<Clause> with(List<Clause> when, int position, Clause other) {
        List<Clause> changed = new ArrayList<>(when);
        changed.set(position, other);
        return changed;
    }

    private static String fact(Clause part) {
        return part instanceof Clause.Pattern pattern ? pattern.fact().word : "";
    }
}
