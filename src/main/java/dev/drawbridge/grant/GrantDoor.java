package dev.drawbridge.grant;

import dev.drawbridge.approval.ApprovalLapsed;
import dev.drawbridge.approval.Clearance;
import dev.drawbridge.approval.Scope;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.guardrails.Guardrails;
import dev.drawbridge.guardrails.Judgement;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.guardrails.RecordedVerdict;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.guardrails.Verdicts;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The one door to access. It trusts neither the engine's position nor its variables, and judges from our own facts
 * alone: this request, this verdict for exactly this content, these answers of people who may still give them.
 */
@Component
class GrantDoor {
    private final AccessRequests requests;
    private final DoorFacts record;
    private final Clearance clearance;
    private final Grants grants;
    private final Guardrails guardrails;
    private final Offer offer;
    private final Clock clock;

    GrantDoor(
            AccessRequests requests,
            DoorFacts record,
            Clearance clearance,
            Grants grants,
            Guardrails guardrails,
            Offer offer,
            Clock clock) {
        this.requests = requests;
        this.record = record;
        this.clearance = clearance;
        this.grants = grants;
        this.guardrails = guardrails;
        this.offer = offer;
        this.clock = clock;
    }

    /**
     * What may pass.
     *
     * @param automatic whether no human was asked
     * @param isNew whether it is decided on now, and not by an earlier try
     * @param isLater whether its time begins now, and not when it was decided on
     * @param judged by what it is decided on, to go on record with it; none where that is on record
     */
    record Passed(
            Grant grant,
            boolean automatic,
            boolean isNew,
            boolean isLater,
            @Nullable Judgement judged) {
        /** The same, on this server; where that is not known yet, it is found out before the target is touched. */
        Passed on(Optional<String> server) {
            return new Passed(server.map(grant::touching).orElse(grant), automatic, isNew, isLater, judged);
        }
    }

    /** The grant this request may have now; refuses where a fact is missing, {@link NoLonger} where it is too late. */
    Passed pass(AccessRequest request) {
        if (request.extending() != null) {
            throw closed("this request is for more time of access that is held, not for access of its own");
        }
        Agreed agreed = agreed(request);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (request.startsAt() != null && request.startsAt().isAfter(now)) {
            throw closed("its time has not come yet");
        }
        Grant decided = agreed.facts().grant();
        if (decided == null) {
            return decide(request, agreed, now);
        }
        // It is tried for as long as the window that was recorded lasts; otherwise each try would push that out.
        requireTimeOf(decided, now);
        boolean isTriedAgain = !agreed.facts().isGiven();
        if (isTriedAgain) {
            // Hours may have gone by since it was decided on, and deny wins.
            stillAllowed(request, agreed, now);
        }
        // What could not be given before has its whole time from now, unless it was asked for a time of its own.
        boolean isLater = isTriedAgain && request.startsAt() == null;
        return new Passed(isLater ? decided.from(now) : decided, agreed.automatic(), false, isLater, null);
    }

    private Passed decide(AccessRequest request, Agreed before, Instant now) {
        Judgement judged = judgedAgain(request, before, now);
        try {
            Agreed agreed = require(before, judged.verdict());
            Instant start = request.startsAt() == null ? now : request.startsAt();
            Grant grant = new Grant(
                    request.id(),
                    agreed.facts().nameIsTaken()
                            ? grants.principalFor(request.id())
                            : Access.principalFor(request.id()),
                    agreed.entitlement().id(),
                    Place.of(agreed.entitlement().target()),
                    now,
                    start.plus(agreed.duration()));
            requireTimeOf(grant, now);
            return new Passed(grant, agreed.automatic(), true, false, judged);
        } catch (NoLonger late) {
            guardrails.keep(judged);
            throw late;
        }
    }

    private static void requireTimeOf(Grant grant, Instant now) {
        if (!grant.expiresAt().isAfter(now)) {
            throw new NoLonger("Its time had passed before access could be given.");
        }
    }

    /** The rules once more, for this moment, on record: days may have gone by, and deny wins. */
    private Agreed stillAllowed(AccessRequest request, Agreed agreed, Instant now) {
        Judgement judged = judgedAgain(request, agreed, now);
        guardrails.keep(judged);
        return require(agreed, judged.verdict());
    }

    private Judgement judgedAgain(AccessRequest request, Agreed agreed, Instant now) {
        return guardrails.judgement(
                request.narrowedTo(agreed.entitlement().id(), agreed.asked()), agreed.signIn(), now);
    }

    private static Agreed require(Agreed agreed, Verdict verdict) {
        if (verdict instanceof Verdict.Denied denied) {
            throw new NoLonger("The guardrails refuse it by now: " + Verdicts.sentenceOf(denied));
        }
        return agreed.isTheSameStill() ? agreed : asItIsNow(agreed, verdict);
    }

    /** Nobody has agreed to what the catalog has made of it since, unless whoever would be asked now was asked. */
    private static Agreed asItIsNow(Agreed agreed, Verdict verdict) {
        if (verdict instanceof Verdict.NeedsApproval needed) {
            Level.uncovered(needed.levels(), agreed.levels()).ifPresent(level -> {
                throw new NoLonger(
                        "What it gives has been changed in the catalog since it was agreed to, and needs approval"
                                + " at level '" + level.name() + "' now; please ask anew.");
            });
        }
        List<String> recorded = Verdicts.obligations(agreed.recorded().verdict());
        Verdicts.obligations(verdict).stream()
                .filter(obligation -> !recorded.contains(obligation))
                .findFirst()
                .ifPresent(obligation -> {
                    throw new NoLonger(
                            "What it gives has been changed in the catalog since it was agreed to, and obliges to '"
                                    + obligation + "' now; please ask anew.");
                });
        return agreed.atMost(Verdicts.limit(verdict));
    }

    /** The request whose access this one asks to have for longer; refuses where it asks for no such thing. */
    AccessRequest extended(AccessRequest request) {
        return Optional.ofNullable(request.extending())
                .flatMap(requests::find)
                .orElseThrow(() -> closed("this request is for access of its own"));
    }

    /** The grant with its later end; refuses where a fact is missing, {@link NoLonger} where the access is over by now. */
    Grant passExtension(AccessRequest request) {
        AccessRequest extended = extended(request);
        Agreed agreed = agreed(request);
        if (record.of(extended).accountIsGone()) {
            throw new NoLonger("The account that has the access is gone.");
        }
        Instant now = clock.instant();
        Grant live = grants.find(extended.id())
                .filter(grant ->
                        grants.isLive(extended.id()) && grant.expiresAt().isAfter(now))
                .orElseThrow(() -> new NoLonger("The access was over before it could be given for longer."));
        return later(request, extended, live, stillAllowed(request, agreed, now));
    }

    private static Grant later(AccessRequest request, AccessRequest extended, Grant grant, Agreed agreed) {
        if (!grant.entitlement().equals(agreed.entitlement().id())
                || !extended.requester().equals(request.requester())) {
            throw closed("the access to extend is another");
        }
        Duration most = shorter(agreed.entitlement().limit(), agreed.limit());
        Instant latest = grant.startedAt().plus(most);
        Instant end = grant.expiresAt().plus(agreed.duration());
        if (!latest.isAfter(grant.expiresAt())) {
            throw new NoLonger("The time that it is given for at most is used up.");
        }
        return grant.until(end.isAfter(latest) ? latest : end);
    }

    /** What the verdict and the approvers have agreed to, for somebody who had signed in so. */
    private record Agreed(
            Entitlement entitlement,
            Duration asked,
            Duration duration,
            @Nullable Duration limit,
            SignIn signIn,
            RecordedVerdict recorded,
            DoorFacts.Facts facts) {
        /** Whether no human was asked. */
        boolean automatic() {
            return levels().isEmpty();
        }

        /** Those that were asked. */
        List<Level> levels() {
            return recorded.verdict() instanceof Verdict.NeedsApproval needed ? needed.levels() : List.of();
        }

        /** No longer than this, where there is such a limit. */
        Agreed atMost(@Nullable Duration most) {
            return new Agreed(
                    entitlement,
                    asked,
                    shorter(duration, most),
                    most == null ? limit : shorter(most, limit),
                    signIn,
                    recorded,
                    facts);
        }

        /** Whether it lets one do the same, on the same target, as when it was judged. */
        boolean isTheSameStill() {
            // Of what an earlier release judged that is not on record.
            boolean isUnknown = facts.judged().isEmpty() && recorded.publication() == null;
            return isUnknown || facts.judged().contains(entitlement.fingerprint());
        }
    }

    private Agreed agreed(AccessRequest request) {
        DoorFacts.Facts facts = record.of(request);
        RecordedVerdict recorded = facts.verdict();
        if (recorded == null) {
            throw closed("no verdict is on record for this request");
        }
        SignIn signIn = facts.signIn();
        if (signIn == null) {
            throw closed("it is not on record how the requester had signed in");
        }
        if (!recorded.requestDigest().equals(request.digest())) {
            throw closed("the verdict was given to another content than this request has");
        }
        if (facts.isOver()) {
            throw closed("this request has already ended");
        }
        if (guardrails.areBehind(facts.latest())) {
            throw new NotYet("this node does not go by publication " + facts.latest() + " yet");
        }
        if (facts.stillToDo() != null) {
            throw new NotYet("'" + facts.stillToDo() + "' is still to be done");
        }
        Scope scope = new Scope(request.entitlement(), request.duration());
        if (recorded.verdict() instanceof Verdict.NeedsApproval) {
            scope = cleared(request);
        } else if (!(recorded.verdict() instanceof Verdict.Allowed)) {
            throw closed("the guardrails refused this request");
        }
        String wanted = scope.entitlement();
        Entitlement entitlement = offer.findOnAnyTarget(wanted)
                .orElseThrow(() -> offer.whyNeverAgain(wanted)
                        .<RuntimeException>map(NoLonger::new)
                        .orElseGet(() ->
                                new NotYet("nodes run different rules, and this one does not know '" + wanted + "'")));
        if (facts.accountIsGone()) {
            throw new NoLonger("The account that asked for it is gone.");
        }
        if (Collections.disjoint(facts.groups(), entitlement.requesters())) {
            throw new NoLonger("The requester may no longer have it.");
        }
        Duration limit = Verdicts.limit(recorded.verdict());
        return new Agreed(
                entitlement,
                scope.duration(),
                shorter(shorter(scope.duration(), limit), entitlement.limit()),
                limit,
                signIn,
                recorded,
                facts);
    }

    private Scope cleared(AccessRequest request) {
        try {
            return clearance.require(request);
        } catch (ApprovalLapsed lapsed) {
            throw new NoLonger(String.valueOf(lapsed.getMessage()));
        }
    }

    private static Duration shorter(Duration asked, @Nullable Duration limit) {
        return limit == null || asked.compareTo(limit) <= 0 ? asked : limit;
    }

    private static Refusal closed(String why) {
        return Refusal.of(Refusal.Kind.FORBIDDEN, "grant-door-closed", "Access is not given: " + why + ".");
    }
}
