package dev.drawbridge.guardrails;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.ReplayReport.Changed;
import dev.drawbridge.guardrails.ReplayReport.Said;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Requester;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One judgement, tried on other rules.
 *
 * @param isCertain whether the facts on record say all of it
 * @param changed none where the same would have been said
 */
record ReplayedJudgement(boolean isCertain, @Nullable Changed changed) {
    private static final ObjectReader FINDINGS =
            JsonMapper.builder().build().readerFor(new TypeReference<List<Finding>>() {});

    /** One as it lies in the database. */
    record Row(UUID request, Occasion occasion, Instant at, String findings, String facts) {}

    /**
     * Tries it.
     *
     * @param unsteady the ids of rules that speak of what had been given before, or was held
     */
    static ReplayedJudgement of(Row row, RuleSet candidate, Set<String> unsteady) throws JsonProcessingException {
        SeenFacts then = FactsOnRecord.read(row.facts());
        List<Finding> saidThen = FINDINGS.readValue(row.findings());
        RulesSay before = RulesSay.of(saidThen, then.already());
        Optional<SeenFacts> now = asTheFilesSay(then, candidate);
        List<Finding> saysNow =
                now.map(facts -> candidate.rulebook().consult(facts.all())).orElse(List.of());
        RulesSay after = RulesSay.of(saysNow, then.already());
        boolean isCertain = isWhole(then, candidate.rulebook())
                && isSteady(saidThen, then, before, unsteady)
                && (now.isEmpty() || isSteady(saysNow, then, after, unsteady));
        if (now.isPresent() && !differs(row.occasion(), before, after)) {
            return new ReplayedJudgement(isCertain, null);
        }
        return new ReplayedJudgement(
                isCertain,
                new Changed(
                        row.request(),
                        then.requester().id(),
                        then.wanted().id(),
                        row.at(),
                        row.occasion(),
                        Said.of(before),
                        now.isPresent() ? Said.of(after) : Said.NOT_OFFERED,
                        now.isPresent() ? rules(saidThen, saysNow) : List.of(),
                        then.requester().groups().stream().sorted().toList()));
    }

    /** At the grant only a refusal counts: whom to ask has been settled by then. */
    private static boolean differs(Occasion occasion, RulesSay before, RulesSay after) {
        return occasion == Occasion.GRANT ? before.isPossible() != after.isPossible() : !before.equals(after);
    }

    /**
     * What is said by files, as the candidate's say it: what the thing is, what the moment is for it, where tickets live. None where
     * it could not be asked for.
     */
    private static Optional<SeenFacts> asTheFilesSay(SeenFacts then, RuleSet candidate) {
        return candidate
                .wanted(then)
                .filter(wanted -> !Collections.disjoint(
                        wanted.requesters(), then.requester().groups()))
                .filter(wanted -> then.asked().duration().compareTo(wanted.limit()) <= 0)
                .filter(wanted -> !then.asked().withTicket()
                        || candidate.tickets().fit(then.asked().ticket()))
                .map(wanted -> asTheFilesSay(then, candidate, wanted));
    }

    private static SeenFacts asTheFilesSay(SeenFacts then, RuleSet candidate, Entitlement wanted) {
        Asked asked = then.asked();
        Requester requester = then.requester();
        return then.wanting(
                        GatherFacts.wanted(wanted),
                        GatherFacts.moment(candidate.calendar().at(then.when(), wanted)))
                .asking(new Asked(
                        asked.duration(),
                        asked.justification(),
                        asked.ticket(),
                        candidate.tickets().systemOf(asked.ticket()),
                        asked.startsIn()))
                .by(new Requester(
                        requester.id(),
                        requester.groups(),
                        candidate.calendar().zoneOfMember(requester.groups()).getId(),
                        requester.employment(),
                        requester.withManager(),
                        requester.withSponsor()));
    }

    /** Whether somebody looked at all that these rules look at. */
    private static boolean isWhole(SeenFacts facts, Rulebook rulebook) {
        return (facts.heldByOthers() != null || !rulebook.looksAtOthers())
                && (facts.belonging() || !rulebook.looksAtBelonging());
    }

    /** Whether the same comes of it without what unsteady rules say. */
    private static boolean isSteady(List<Finding> findings, SeenFacts facts, RulesSay say, Set<String> unsteady) {
        List<Finding> steady = findings.stream()
                .filter(finding -> !unsteady.contains(finding.rule()))
                .toList();
        return steady.size() == findings.size()
                || RulesSay.of(steady, facts.already()).equals(say);
    }

    private static List<String> rules(List<Finding> then, List<Finding> now) {
        Set<String> rules = new TreeSet<>();
        then.stream()
                .filter(finding -> !saidIn(finding, now))
                .map(Finding::rule)
                .forEach(rules::add);
        now.stream()
                .filter(finding -> !saidIn(finding, then))
                .map(Finding::rule)
                .forEach(rules::add);
        rules.removeIf(RulesSay::isNoRule);
        return List.copyOf(rules);
    }

    /** Another sentence says the same. */
    private static boolean saidIn(Finding finding, List<Finding> others) {
        return others.stream()
                .anyMatch(other -> other.rule().equals(finding.rule())
                        && other.effect() == finding.effect()
                        && Objects.equals(other.value(), finding.value()));
    }
}
