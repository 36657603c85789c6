package dev.drawbridge.guardrails;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drawbridge.catalog.RulesException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The receipts of judgements. What nearly fired, and what would have changed the verdict, is found when somebody reads it: by the
 * rules that judged, from the facts that were seen.
 */
@Component
public class Receipts {
    private final Judgements judgements;
    private final RulesByNumber rules;

    Receipts(Judgements judgements, RulesByNumber rules) {
        this.judgements = judgements;
        this.rules = rules;
    }

    /** The receipt of a request, for whoever may see it; none where an earlier release has judged. */
    public Optional<Receipt> of(UUID request) {
        List<Receipt> all =
                judgements.of(request).stream().map(one -> told(request, one)).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0).followedBy(all.subList(1, all.size())));
    }

    private Receipt told(UUID request, Judgements.Recorded one) {
        Optional<Explained> explained = explained(one);
        return new Receipt(
                request,
                one.occasion(),
                one.at(),
                one.publication(),
                one.outcome(),
                one.findings(),
                explained.map(Explained::nearly).orElse(null),
                explained.map(Explained::automaticIf).orElse(null),
                explained.map(Explained::allowedIf).orElse(null),
                FactsOnRecord.shown(one.facts()),
                List.of());
    }

    private record Explained(List<NearMiss> nearly, List<String> automaticIf, List<String> allowedIf) {}

    private Optional<Explained> explained(Judgements.Recorded one) {
        try {
            SeenFacts facts = FactsOnRecord.read(one.facts());
            return Optional.ofNullable(one.publication())
                    .flatMap(rules::find)
                    .map(judging -> new Explained(
                            NearMisses.of(judging.rulebook(), facts),
                            // Later on nobody is asked any more: it is given, or it is not.
                            one.outcome() == VerdictOutcome.ALLOWED || one.occasion() == Occasion.GRANT
                                    ? List.of()
                                    : WhatIf.automatic(judging, facts),
                            one.outcome() == VerdictOutcome.DENIED ? WhatIf.possible(judging, facts) : List.of()));
        } catch (RulesException | JsonProcessingException ofAnotherRelease) {
            return Optional.empty();
        }
    }
}
