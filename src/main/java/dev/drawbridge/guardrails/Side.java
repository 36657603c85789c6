package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.Rule.Consequence;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One set of rules, as it counts for one entitlement.
 *
 * @param sources the rules that can say something of it, and what is asked beside them
 */
record Side(ImaginedFacts facts, Entitlement wanted, List<RuleFindings.Source> sources) {
    Side {
        sources = List.copyOf(sources);
    }

    /** With the rules alone that have one of these effects and may fire for this entitlement. */
    static Side of(ImaginedFacts facts, Entitlement wanted, Set<Finding.Effect> effects) {
        Foreknown known = new Foreknown(wanted);
        return new Side(
                facts,
                wanted,
                facts.rules().rulebook().sources().stream()
                        .filter(source -> source.rule().then().stream()
                                .map(Consequence::effect)
                                .anyMatch(effects::contains))
                        .filter(source -> known.mayHold(source.rule().when()))
                        .map(source -> knowing(source, wanted))
                        .toList());
    }

    private static RuleFindings.Source knowing(RuleFindings.Source source, Entitlement wanted) {
        Rule rule = source.rule();
        return new RuleFindings.Source(
                source.id(), new Rule(rule.sentence(), KnowingWanted.of(rule.when(), wanted), rule.then()));
    }

    /** With what is asked beside the rules: it says nothing, but it is looked at when it holds. */
    Side and(List<RuleFindings.Source> more) {
        return new Side(
                facts, wanted, Stream.concat(sources.stream(), more.stream()).toList());
    }

    Stream<List<Clause>> conditions() {
        return sources.stream().map(source -> source.rule().when());
    }
}
