package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.Change.Kind;
import dev.drawbridge.guardrails.Finding.Effect;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.SignedIn;
import dev.drawbridge.request.InWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What a requester could do otherwise: the small set of things that one can, tried with the constants of the rules. */
final class Changes {
    private static final List<Duration> USUAL = Stream.of("PT8H", "PT4H", "PT2H", "PT1H", "PT30M", "PT15M")
            .map(Duration::parse)
            .toList();

    private final RuleSet rules;
    private final SeenFacts facts;

    private Changes(RuleSet rules, SeenFacts facts) {
        this.rules = rules;
        this.facts = facts;
    }

    /** By their kinds, the least that one would have to give up first. */
    static Map<Kind, List<Change>> of(RuleSet rules, SeenFacts facts) {
        Changes changes = new Changes(rules, facts);
        Map<Kind, List<Change>> all = new EnumMap<>(Kind.class);
        all.put(Kind.THING, changes.maskedSiblings());
        all.put(Kind.DURATION, changes.shorter());
        all.put(Kind.MOMENT, OtherMoments.of(rules, facts));
        all.put(Kind.TICKET, changes.tickets());
        all.put(Kind.SECOND_FACTOR, changes.secondFactor());
        all.put(Kind.SIGN_IN, changes.freshSignIn());
        return all;
    }

    /** The same thing, with personal columns masked. */
    private List<Change> maskedSiblings() {
        if (facts.wanted().masked() || !facts.already().isZero()) {
            return List.of();
        }
        return rules.catalog().all().stream()
                .filter(this::isMaskedSibling)
                .map(sibling -> new Change(
                        Kind.THING,
                        "with personal columns masked (" + sibling.name() + ")",
                        seen -> List.of(seen.wanting(
                                GatherFacts.wanted(sibling),
                                GatherFacts.moment(rules.calendar().at(seen.when(), sibling))))))
                .toList();
    }

    private boolean isMaskedSibling(Entitlement other) {
        return other.masked()
                && other.resource().equals(facts.wanted().resource())
                && other.level() == facts.wanted().level()
                && !Collections.disjoint(other.requesters(), facts.requester().groups())
                && other.retired().due(facts.when()).isEmpty();
    }

    private List<Change> shorter() {
        List<Duration> lengths = Stream.of(
                        USUAL.stream(),
                        rules.wanted(facts).map(Entitlement::limit).stream(),
                        Spoken.of(Fact.ASKED, rules.rulebook())
                                .flatMap(word -> word instanceof Operand.Lasting lasting
                                                && lasting.word().equals("longerThan")
                                        ? Stream.of(lasting.than())
                                        : Stream.of()),
                        limits())
                .flatMap(some -> some)
                .filter(length ->
                        length.compareTo(facts.asked().duration()) < 0 && length.compareTo(facts.already()) > 0)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        List<Change> changes = new ArrayList<>();
        for (int position = 0; position < lengths.size(); position++) {
            List<Duration> orLess = lengths.subList(position, lengths.size());
            changes.add(new Change(
                    Kind.DURATION,
                    "for " + InWords.length(orLess.get(0))
                            + (facts.already().isZero() ? " or less" : " or less in all"),
                    seen -> orLess.stream()
                            .map(length -> seen.asking(lasting(seen.asked(), length)))
                            .toList()));
        }
        return changes;
    }

    private Stream<Duration> limits() {
        return rules.rulebook().sources().stream()
                .flatMap(source -> source.rule().then().stream())
                .filter(then -> then.effect() == Effect.LIMIT)
                .map(Rule.Consequence::value)
                .filter(Objects::nonNull)
                .map(Duration::parse);
    }

    private static Asked lasting(Asked asked, Duration length) {
        return new Asked(length, asked.justification(), asked.ticket(), asked.ticketSystem(), asked.startsIn());
    }

    /** Any ticket where there is none; else one of another system. */
    private List<Change> tickets() {
        List<String> examples = rules.tickets().each();
        List<Change> changes = new ArrayList<>();
        if (!facts.asked().withTicket()) {
            changes.add(ticket("with a ticket", examples));
        }
        rules.tickets().systems().stream()
                .filter(system -> !system.equals(facts.asked().ticketSystem()))
                .sorted()
                .forEach(system -> changes.add(ticket(
                        "with a ticket of " + system,
                        examples.stream()
                                .filter(example ->
                                        rules.tickets().systemOf(example).equals(system))
                                .toList())));
        return changes;
    }

    private Change ticket(String words, List<String> examples) {
        return new Change(
                Kind.TICKET,
                words,
                seen -> examples.stream()
                        .map(example -> seen.asking(new Asked(
                                seen.asked().duration(),
                                seen.asked().justification(),
                                example,
                                rules.tickets().systemOf(example),
                                seen.asked().startsIn())))
                        .toList());
    }

    private List<Change> secondFactor() {
        return facts.signedIn().mfa()
                ? List.of()
                : List.of(new Change(
                        Kind.SECOND_FACTOR,
                        "with a second factor",
                        seen -> List.of(seen.signedIn(new SignedIn(
                                seen.signedIn().method(),
                                true,
                                seen.signedIn().age(),
                                seen.signedIn().address())))));
    }

    private List<Change> freshSignIn() {
        return facts.signedIn().age().isZero()
                ? List.of()
                : List.of(new Change(
                        Kind.SIGN_IN,
                        "after signing in again",
                        seen -> List.of(seen.signedIn(new SignedIn(
                                seen.signedIn().method(),
                                seen.signedIn().mfa(),
                                Duration.ZERO,
                                seen.signedIn().address())))));
    }
}
