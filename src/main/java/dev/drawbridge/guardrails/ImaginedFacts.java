package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Held;
import dev.drawbridge.guardrails.facts.HeldByOthers;
import dev.drawbridge.guardrails.facts.History;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What rules would see of a request that is imagined, and whether it could be sent at all, by one set of rules. */
final class ImaginedFacts {
    private record Where(Instant moment, String system, String environment) {}

    private final RuleSet rules;
    private final Map<Where, Moment> moments = new ConcurrentHashMap<>();

    ImaginedFacts(RuleSet rules) {
        this.rules = rules;
    }

    RuleSet rules() {
        return rules;
    }

    /** All of them, as the rulebook is given them. */
    List<Object> all(ImaginedRequest request) {
        List<Object> facts = new ArrayList<>();
        of(Set.copyOf(Arrays.asList(Fact.values())), request).values().forEach(facts::addAll);
        return facts;
    }

    Map<Fact, List<?>> of(Collection<Fact> kinds, ImaginedRequest request) {
        Map<Fact, List<?>> facts = new EnumMap<>(Fact.class);
        kinds.forEach(kind -> facts.put(kind, of(kind, request)));
        return facts;
    }

    private List<?> of(Fact kind, ImaginedRequest request) {
        ImaginedRequest.Words words = request.words();
        ImaginedRequest.Person person = request.person();
        return switch (kind) {
            case ASKED ->
                List.of(new Asked(
                        words.duration(),
                        "Imagined",
                        words.ticket(),
                        rules.tickets().systemOf(words.ticket()),
                        words.startsIn()));
            case WANTED -> List.of(GatherFacts.wanted(wanted(request)));
            case REQUESTER ->
                List.of(new Requester(
                        person.id(),
                        person.groups(),
                        rules.calendar().zoneOfMember(person.groups()).getId(),
                        person.employment(),
                        person.withManager(),
                        person.withSponsor()));
            case SIGNED_IN -> List.of(request.signIn());
            case MOMENT -> List.of(moment(request.at(), wanted(request)));
            case HISTORY -> List.of(new History(request.automaticGrants()));
            case HELD -> held(request);
            case HOLDINGS -> List.of(GatherFacts.holdings(GatherFacts.wanted(wanted(request)), held(request)));
            case HELD_BY_OTHERS ->
                request.heldByOthers().entrySet().stream()
                        .flatMap(one -> rules.catalog().find(one.getKey()).stream()
                                .map(other -> new HeldByOthers(
                                        other.id(),
                                        other.resource(),
                                        other.target().system(),
                                        other.level(),
                                        one.getValue())))
                        .toList();
        };
    }

    private Entitlement wanted(ImaginedRequest request) {
        return rules.catalog().find(request.entitlement()).orElseThrow();
    }

    private List<Held> held(ImaginedRequest request) {
        return request.held().stream()
                .flatMap(id -> rules.catalog().find(id).stream())
                .map(had -> new Held(had.id(), had.resource(), had.target().system(), had.level()))
                .toList();
    }

    private Moment moment(Instant at, Entitlement wanted) {
        // The calendar asks no more of what is wanted than where it stands.
        return moments.computeIfAbsent(
                new Where(at, wanted.target().system(), wanted.environment()),
                where -> GatherFacts.moment(calendar().at(at, wanted)));
    }

    private BusinessCalendar calendar() {
        return rules.calendar();
    }

    /** Whether it would be refused before any rule has seen it, for what is typed. */
    boolean refuses(ImaginedRequest request, ImaginedRequest.Words words) {
        Optional<Entitlement> wanted = rules.catalog().find(request.entitlement());
        return wanted.isEmpty()
                || words.duration().compareTo(wanted.get().limit()) > 0
                || !words.ticket().isEmpty() && !rules.tickets().fit(words.ticket());
    }

    /** Whether it would be refused before any rule has seen it, for who sends it. */
    boolean refuses(ImaginedRequest request, ImaginedRequest.Person person) {
        return rules.catalog()
                .find(request.entitlement())
                .map(wanted -> Collections.disjoint(wanted.requesters(), person.groups()))
                .orElse(true);
    }

    boolean refuses(ImaginedRequest request) {
        return refuses(request, request.words()) || refuses(request, request.person());
    }
}
