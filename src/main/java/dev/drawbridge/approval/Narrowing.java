package dev.drawbridge.approval;

import dev.drawbridge.approval.DecideApproval.Answer;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.Finding;
import dev.drawbridge.guardrails.Guardrails;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.guardrails.Verdicts;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Approving less than was asked for: for a shorter time, or a lesser entitlement of the same resource. */
@Component
class Narrowing {
    private final Catalog catalog;
    private final Guardrails guardrails;
    private final AccessRequests requests;

    Narrowing(Catalog catalog, Guardrails guardrails, AccessRequests requests) {
        this.catalog = catalog;
        this.guardrails = guardrails;
        this.requests = requests;
    }

    /** The lesser scope that an answer asks for; none where it asks for no less. Refuses one that is not lesser. */
    Optional<Scope> of(AccessRequest request, Scope now, Answer answer) {
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
        return Optional.of(entitlement.equals(request.entitlement()) ? narrowed : judged(request, narrowed));
    }

    /** Another entitlement has guardrails of its own: what they refuse is not approved, and their limit counts. */
    private Scope judged(AccessRequest request, Scope narrowed) {
        Verdict verdict = guardrails.judge(
                request.narrowedTo(narrowed.entitlement(), narrowed.duration()), requests.signInOf(request.id()));
        if (verdict instanceof Verdict.Denied denied) {
            throw Refusal.ofField(
                    Refusal.Kind.UNPROCESSABLE,
                    "entitlement",
                    "narrower-is-denied",
                    denied.findings().stream()
                            .filter(finding -> finding.effect() == Finding.Effect.DENY
                                    || finding.effect() == Finding.Effect.FAILED)
                            .map(Finding::message)
                            .collect(Collectors.joining(" ")));
        }
        Duration limit = Verdicts.limit(verdict);
        return limit == null || narrowed.duration().compareTo(limit) <= 0
                ? narrowed
                : new Scope(narrowed.entitlement(), limit);
    }

    /** The entitlements of the same resource that let one do less, and nothing that this one does not. */
    List<Entitlement> lesserThan(AccessRequest request, String id) {
        // What is to last longer stays what it is.
        return catalog.find(id).filter(wide -> request.extending() == null).stream()
                .flatMap(wide -> catalog.all().stream()
                        .filter(other -> !other.id().equals(wide.id())
                                && other.resource().equals(wide.resource())
                                && other.level().compareTo(wide.level()) <= 0
                                && other.sensitivity().compareTo(wide.sensitivity()) <= 0
                                && other.requesters().containsAll(wide.requesters())))
                .toList();
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
            if (!duration.isNegative() && !duration.isZero() && duration.compareTo(now) <= 0) {
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
