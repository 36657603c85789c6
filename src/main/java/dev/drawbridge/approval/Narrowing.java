package dev.drawbridge.approval;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.guardrails.Guardrails;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.guardrails.Verdicts;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Approving less than was asked for: for a shorter time, or a lesser entitlement of the same resource. */
@Component
public class Narrowing {
    private final Catalog catalog;
    private final Offer offer;
    private final Guardrails guardrails;
    private final Verdicts verdicts;
    private final AccessRequests requests;
    private final Directory people;

    Narrowing(
            Catalog catalog,
            Offer offer,
            Guardrails guardrails,
            Verdicts verdicts,
            AccessRequests requests,
            Directory people) {
        this.catalog = catalog;
        this.offer = offer;
        this.guardrails = guardrails;
        this.verdicts = verdicts;
        this.requests = requests;
        this.people = people;
    }

    /** The lesser scope that an answer asks for; none where it asks for no less. Refuses one that is not lesser. */
    Optional<Scope> of(ApprovalCase approval, Said answer) {
        AccessRequest request = approval.request();
        Scope now = approval.scope();
        Duration duration = answer.duration() == null || answer.duration().isBlank()
                ? now.duration()
                : shorter(answer.duration(), now.duration());
        String entitlement =
                answer.entitlement() == null || answer.entitlement().isBlank()
                        ? now.entitlement()
                        : lesser(request, answer.entitlement(), now.entitlement());
        Scope narrowed = new Scope(entitlement, duration);
        if (narrowed.equals(now)) {
            return Optional.empty();
        }
        return Optional.of(entitlement.equals(now.entitlement()) ? narrowed : judged(approval, narrowed));
    }

    /**
     * Another entitlement has guardrails of its own: what they refuse is not approved, whom they ask must be asked here, and
     * their limit counts.
     */
    private Scope judged(ApprovalCase approval, Scope narrowed) {
        AccessRequest request = approval.request();
        Verdict verdict = guardrails.judge(
                request.narrowedTo(narrowed.entitlement(), narrowed.duration()),
                requests.signInOf(request.id()).with(people.groupsOf(request.requester())));
        if (verdict instanceof Verdict.Denied denied) {
            throw refused("narrower-is-denied", Verdicts.sentenceOf(denied));
        }
        if (verdict instanceof Verdict.NeedsApproval needed) {
            Level.uncovered(needed.levels(), approval.levels()).ifPresent(level -> {
                throw refused(
                        "narrower-asks-others",
                        "That needs approval at level '" + level.name()
                                + "', which nobody is asked for here. Refuse this, so that it is asked for anew.");
            });
        }
        // What is only shorter was not judged anew: what it was then, it is still to be.
        verdicts.judged(request.id(), narrowed.entitlement());
        Duration limit = Verdicts.limit(verdict);
        return limit == null || narrowed.duration().compareTo(limit) <= 0
                ? narrowed
                : new Scope(narrowed.entitlement(), limit);
    }

    private static Refusal refused(String code, String sentence) {
        return Refusal.ofField(Refusal.Kind.UNPROCESSABLE, "entitlement", code, sentence);
    }

    /** The entitlements of the same resource that let one do less, and show nothing that this one does not. */
    public List<Entitlement> lesserThan(AccessRequest request, String id) {
        // What is to last longer stays what it is.
        return catalog.find(id).filter(wide -> request.extending() == null).stream()
                .flatMap(wide -> catalog.all().stream().filter(other -> isLesser(other, wide)))
                .filter(lesser -> offer.whyNot(lesser.id()).isEmpty())
                .toList();
    }

    private static boolean isLesser(Entitlement other, Entitlement wide) {
        boolean comparable = other.resource().equals(wide.resource())
                && other.environment().equals(wide.environment())
                && other.owners().equals(wide.owners())
                && other.requesters().containsAll(wide.requesters());
        boolean nowhereMore = other.level().compareTo(wide.level()) <= 0
                && other.sensitivity().compareTo(wide.sensitivity()) <= 0
                && (other.masked() || !wide.masked())
                && (wide.personalData() || !other.personalData());
        boolean somewhereLess = other.level() != wide.level() || other.sensitivity() != wide.sensitivity();
        return comparable && nowhereMore && somewhereLess;
    }

    private String lesser(AccessRequest request, String id, String now) {
        if (id.equals(now)
                || lesserThan(request, now).stream()
                        .anyMatch(other -> other.id().equals(id))) {
            return id;
        }
        throw Refusal.ofField(
                Refusal.Kind.UNPROCESSABLE,
                "entitlement",
                "not-narrower",
                "'" + id + "' is not a lesser entitlement of the same resource.");
    }

    private static Duration shorter(String text, Duration now) {
        try {
            Duration duration = Duration.parse(text.strip());
            if (duration.toSeconds() >= 1 && duration.compareTo(now) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException unreadable) {
            // Refused below: what cannot be read is not shorter either.
        }
        throw Refusal.ofField(
                Refusal.Kind.UNPROCESSABLE,
                "duration",
                "not-narrower",
                "Approve for a duration such as PT30M that is not longer than what was asked for.");
    }
}
