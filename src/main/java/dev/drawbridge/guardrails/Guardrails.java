package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.TicketNumbers;
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
import dev.drawbridge.request.AccessToExtend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Judges requests: gathers the facts, consults the rulebook and combines what it finds. */
@Component
public class Guardrails {
    private static final Duration HISTORY = Duration.ofHours(24);

    private final Catalog catalog;
    private final BusinessCalendar calendar;
    private final AccessHeld held;
    private final AccessToExtend live;
    private final TicketNumbers tickets;
    private final Rulebook rulebook;
    private final ApprovalChain chain;

    Guardrails(
            Catalog catalog,
            BusinessCalendar calendar,
            AccessHeld held,
            AccessToExtend live,
            TicketNumbers tickets,
            Rulebook rulebook,
            ApprovalChain chain) {
        this.catalog = catalog;
        this.calendar = calendar;
        this.held = held;
        this.live = live;
        this.tickets = tickets;
        this.rulebook = rulebook;
        this.chain = chain;
    }

    /** The verdict on a request, by a sign-in with the groups of now; records nothing. */
    public Verdict judge(AccessRequest request, SignIn signIn) {
        return judge(request, signIn, request.startsAt() == null ? request.submittedAt() : request.startsAt());
    }

    /** The verdict that a request would be given at a moment; how the person had signed in stays what it was, but for the groups. */
    public Verdict judge(AccessRequest request, SignIn signIn, Instant moment) {
        Entitlement entitlement = catalog.find(request.entitlement()).orElseThrow();
        Duration already = Optional.ofNullable(request.extending())
                .flatMap(extended -> live.find(extended, request.submittedAt()))
                .map(AccessToExtend.LiveAccess::total)
                .orElse(Duration.ZERO);
        return Combining.verdict(
                rulebook.consult(facts(request, signIn, entitlement, already, moment)),
                already,
                rulebook.fingerprint(),
                required -> chain.resolve(required, entitlement, request.requester(), request.submittedAt()));
    }

    private List<Object> facts(
            AccessRequest request, SignIn signIn, Entitlement entitlement, Duration already, Instant when) {
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
        facts.add(new Requester(request.requester(), signIn.groups()));
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
                .flatMap(one -> catalog.find(one.getKey()).stream()
                        .map(entitlement -> new HeldByOthers(
                                entitlement.id(),
                                entitlement.resource(),
                                entitlement.target().system(),
                                entitlement.level(),
                                one.getValue())))
                .toList();
    }

    /** Whether what others hold counts: then requests of different people must not be granted side by side. */
    public boolean looksAtOthers() {
        return rulebook.looksAtOthers();
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
