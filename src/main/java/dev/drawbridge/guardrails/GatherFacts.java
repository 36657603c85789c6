package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.TicketNumbers;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Held;
import dev.drawbridge.guardrails.facts.HeldByOthers;
import dev.drawbridge.guardrails.facts.History;
import dev.drawbridge.guardrails.facts.Holdings;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import dev.drawbridge.guardrails.facts.Wanted;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.request.AccessRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Gathers what rules see of a request. What no rule speaks of, and costs a question, is not asked for. */
@Component
class GatherFacts {
    private static final Duration HISTORY = Duration.ofHours(24);

    private final BusinessCalendar calendar;
    private final AccessHeld held;
    private final TicketNumbers tickets;
    private final Directory people;
    private final Rulebook rulebook;

    GatherFacts(
            BusinessCalendar calendar, AccessHeld held, TicketNumbers tickets, Directory people, Rulebook rulebook) {
        this.calendar = calendar;
        this.held = held;
        this.tickets = tickets;
        this.people = people;
        this.rulebook = rulebook;
    }

    /** {@code already}: how long access lasts that is to last longer. */
    List<Object> of(AccessRequest request, SignIn signIn, Entitlement entitlement, Duration already, Instant when) {
        BusinessCalendar.Moment moment = calendar.at(when, entitlement);
        String ticket = request.ticket() == null ? "" : request.ticket();
        List<Object> facts = new ArrayList<>();
        facts.add(new Asked(
                already.plus(request.duration()),
                request.justification(),
                ticket,
                tickets.systemOf(ticket),
                startsIn(request)));
        facts.add(wanted(entitlement));
        facts.add(requester(request.requester(), signIn.groups()));
        facts.add(new SignedIn(
                signIn.method(), signIn.mfa(), Duration.between(signIn.at(), request.submittedAt()), signIn.address()));
        facts.add(moment(moment));
        AccessHeld.Holdings holdings = held.holdings(
                request.requester(), request.id(), request.submittedAt().minus(HISTORY));
        facts.add(new History(holdings.automatic()));
        List<Held> others = holdings.held().stream()
                // What is given or is to last longer is no conflict with itself.
                .filter(access -> !access.request().equals(request.extending())
                        && !access.request().equals(request.id()))
                .map(access -> new Held(access.entitlement(), access.resource(), access.target(), access.level()))
                .toList();
        facts.addAll(others);
        facts.add(holdings(wanted(entitlement), others));
        if (rulebook.looksAtOthers()) {
            facts.addAll(heldByOthers(request.requester()));
        }
        return facts;
    }

    Requester requester(String person, Set<String> groups) {
        Directory.Belonging belonging =
                rulebook.looksAtBelonging() ? people.belonging(person) : Directory.Belonging.UNKNOWN;
        return new Requester(
                person,
                groups,
                // What people choose for themselves, as they do for what they read, is nothing for a rule.
                calendar.zoneOfMember(groups).getId(),
                belonging.employment(),
                belonging.withManager(),
                belonging.withSponsor());
    }

    /** How long it is until it is to start; nothing where it is to start at once. */
    private static Duration startsIn(AccessRequest request) {
        if (request.startsAt() == null || !request.startsAt().isAfter(request.submittedAt())) {
            return Duration.ZERO;
        }
        return Duration.between(request.submittedAt(), request.startsAt());
    }

    static Moment moment(BusinessCalendar.Moment moment) {
        return new Moment(
                moment.officeHours(),
                moment.holiday(),
                moment.changeFreeze(),
                moment.maintenanceWindow(),
                moment.weekend(),
                moment.local().getDayOfWeek(),
                moment.local().toLocalTime());
    }

    /** Counted beside what is wanted. */
    static Holdings holdings(Wanted wanted, List<Held> held) {
        return new Holdings(
                held.size(),
                count(held, one -> one.resource().equals(wanted.resource())),
                count(held, one -> one.target().equals(wanted.target())),
                count(held, one -> one.level() == wanted.level()));
    }

    private static int count(List<Held> held, Predicate<Held> which) {
        return (int) held.stream().filter(which).count();
    }

    private List<HeldByOthers> heldByOthers(String person) {
        return held.heldByOthers(person).entrySet().stream()
                .map(one -> new HeldByOthers(
                        one.getKey().id(),
                        one.getKey().resource(),
                        one.getKey().system(),
                        one.getKey().level(),
                        one.getValue()))
                .toList();
    }

    static Wanted wanted(Entitlement entitlement) {
        return new Wanted(
                entitlement.id(),
                entitlement.resource(),
                entitlement.target().system(),
                entitlement.level(),
                entitlement.sensitivity(),
                entitlement.environment(),
                entitlement.personalData(),
                entitlement.masked());
    }
}
