package dev.drawbridge.grant;

import dev.drawbridge.approval.Clearance;
import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.approval.Scope;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.RecordedVerdict;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.guardrails.Verdicts;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.People;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
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
    private final Verdicts verdicts;
    private final Clearance clearance;
    private final RequestEnds ends;
    private final Grants grants;
    private final Catalog catalog;
    private final People people;
    private final Clock clock;

    GrantDoor(
            AccessRequests requests,
            Verdicts verdicts,
            Clearance clearance,
            RequestEnds ends,
            Grants grants,
            Catalog catalog,
            People people,
            Clock clock) {
        this.requests = requests;
        this.verdicts = verdicts;
        this.clearance = clearance;
        this.ends = ends;
        this.grants = grants;
        this.catalog = catalog;
        this.people = people;
        this.clock = clock;
    }

    /** The grant this request may have now; refuses where a fact is missing, empty where its window has passed. */
    Optional<Grant> pass(AccessRequest request) {
        if (request.extending() != null) {
            throw closed("this request is for more time of access that is held, not for access of its own");
        }
        Agreed agreed = agreed(request);
        return window(request, agreed.entitlement(), agreed.duration());
    }

    /** The request whose access this one asks to have for longer; refuses where it asks for no such thing. */
    AccessRequest extended(AccessRequest request) {
        return Optional.ofNullable(request.extending())
                .flatMap(requests::find)
                .orElseThrow(() -> closed("this request is for access of its own"));
    }

    /** The grant with its later end; refuses where a fact is missing, empty where the access is over by now. */
    Optional<Grant> passExtension(AccessRequest request) {
        AccessRequest extended = extended(request);
        Agreed agreed = agreed(request);
        Optional<Grant> live = grants.find(extended.id())
                .filter(grant ->
                        grants.isLive(extended.id()) && grant.expiresAt().isAfter(clock.instant()));
        return live.map(grant -> later(request, extended, grant, agreed));
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
            throw closed("the time that it is given for at most is used up");
        }
        return grant.until(end.isAfter(latest) ? latest : end);
    }

    /** What the verdict and the approvers have agreed to. */
    private record Agreed(
            Entitlement entitlement,
            Duration duration,
            @Nullable Duration limit) {}

    private Agreed agreed(AccessRequest request) {
        RecordedVerdict recorded =
                verdicts.of(request.id()).orElseThrow(() -> closed("no verdict is on record for this request"));
        if (!recorded.requestDigest().equals(request.digest())) {
            throw closed("the verdict was given to another content than this request has");
        }
        if (ends.exists(request.id()) || grants.isToEnd(request.id()) || grants.hasExtended(request.id())) {
            throw closed("this request has already ended");
        }
        Scope scope = new Scope(request.entitlement(), request.duration());
        if (recorded.verdict() instanceof Verdict.NeedsApproval needed) {
            scope = clearance.require(request, needed);
        } else if (!(recorded.verdict() instanceof Verdict.Allowed)) {
            throw closed("the guardrails refused this request");
        }
        Entitlement entitlement =
                catalog.find(scope.entitlement()).orElseThrow(() -> closed("it is no longer in the catalog"));
        if (Collections.disjoint(people.groupsOf(request.requester()), entitlement.requesters())) {
            throw closed("the requester may no longer have it");
        }
        Duration limit = Verdicts.limit(recorded.verdict());
        return new Agreed(entitlement, shorter(scope.duration(), limit), limit);
    }

    private Optional<Grant> window(AccessRequest request, Entitlement entitlement, Duration duration) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (request.startsAt() != null && request.startsAt().isAfter(now)) {
            throw closed("its time has not come yet");
        }
        // A retry goes on with the window that was recorded; otherwise each try would push the end out.
        Grant grant = grants.find(request.id()).orElseGet(() -> {
            Instant end = (request.startsAt() == null ? now : request.startsAt()).plus(duration);
            return new Grant(
                    request.id(), Access.principalFor(request.id()), entitlement.id(), entitlement.target(), now, end);
        });
        return Optional.of(grant).filter(open -> open.expiresAt().isAfter(now));
    }

    private static Duration shorter(Duration asked, @Nullable Duration limit) {
        return limit == null || asked.compareTo(limit) <= 0 ? asked : limit;
    }

    private static Refusal closed(String why) {
        return Refusal.of(Refusal.Kind.FORBIDDEN, "grant-door-closed", "Access is not given: " + why + ".");
    }
}
