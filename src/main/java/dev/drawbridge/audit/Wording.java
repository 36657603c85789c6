package dev.drawbridge.audit;

import dev.drawbridge.approval.Approval;
import dev.drawbridge.approval.ApprovalEscalated;
import dev.drawbridge.approval.ApprovalGiven;
import dev.drawbridge.approval.ApproversReminded;
import dev.drawbridge.approval.Deputies;
import dev.drawbridge.approval.DeputyAppointed;
import dev.drawbridge.approval.DeputyDismissed;
import dev.drawbridge.approval.HandedBack;
import dev.drawbridge.approval.HandedOver;
import dev.drawbridge.approval.Question;
import dev.drawbridge.approval.QuestionAnswered;
import dev.drawbridge.approval.QuestionAsked;
import dev.drawbridge.approval.QuestionLapsed;
import dev.drawbridge.approval.RequestEnded;
import dev.drawbridge.approval.Scope;
import dev.drawbridge.grant.AccessExtended;
import dev.drawbridge.grant.AccessGranted;
import dev.drawbridge.grant.CredentialRevealed;
import dev.drawbridge.guardrails.Finding;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.guardrails.VerdictGiven;
import dev.drawbridge.guardrails.Verdicts;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.platform.RefusedAttempt;
import dev.drawbridge.platform.SignInRefused;
import dev.drawbridge.process.ProcessesPublished;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequested;
import dev.drawbridge.revocation.AccessRevoked;
import dev.drawbridge.revocation.Discrepancy;
import dev.drawbridge.revocation.DiscrepancyFound;
import dev.drawbridge.revocation.DiscrepancySettled;
import dev.drawbridge.revocation.RevocationFailing;
import dev.drawbridge.revocation.RevocationOrdered;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The one place that words audit entries. */
final class Wording {
    /** Who has not signed in. */
    private static final String NOBODY = "nobody";

    private static final int LONGEST = 1_000;

    /** The detail that says which moments the product has named in the sentence, in their order: each reader is told them. */
    static final String MOMENTS = "moments";

    private Wording() {}

    /**
     * An entry before it is stored.
     *
     * @param kind what happened, a stable kebab-case name
     * @param details what a program may want to read beside the sentence; never a secret
     */
    record Entry(
            String actor,
            String kind,
            @Nullable UUID requestId,
            String sentence,
            Map<String, ? extends Object> details) {}

    static Entry of(AccessRequested event) {
        AccessRequest request = event.request();
        List<Instant> moments = Stream.ofNullable(request.startsAt()).toList();
        String start = request.startsAt() == null ? "" : " from " + request.startsAt();
        String ticket = request.ticket() == null ? "" : " (" + request.ticket() + ")";
        return new Entry(
                request.requester(),
                "request-submitted",
                request.id(),
                request.requester() + " asked for " + request.entitlement() + " for " + request.duration()
                        + (request.extending() == null ? "" : " more than in request " + request.extending()) + start
                        + ticket + ": " + PlainText.quoted(request.justification()),
                Map.of(
                        "signIn",
                        event.signIn().method(),
                        "mfa",
                        event.signIn().mfa(),
                        "address",
                        event.signIn().address(),
                        "digest",
                        request.digest(),
                        MOMENTS,
                        moments));
    }

    static Entry of(VerdictGiven event) {
        Verdict verdict = event.verdict();
        String sentence;
        if (verdict instanceof Verdict.Allowed) {
            sentence = "The guardrails allowed it: " + sentences(verdict, Finding.Effect.ALLOW);
        } else if (verdict instanceof Verdict.NeedsApproval needed) {
            sentence = "The guardrails ask for approval by "
                    + needed.levels().stream().map(Level::name).collect(Collectors.joining(", then ")) + ": "
                    + sentences(verdict, Finding.Effect.REQUIRE_APPROVAL);
        } else {
            sentence = "The guardrails refused it: " + Verdicts.sentenceOf((Verdict.Denied) verdict);
        }
        return new Entry(
                "system",
                "verdict-given",
                event.request().id(),
                sentence,
                Map.of("rulebook", verdict.rulebook(), "findings", verdict.findings()));
    }

    static Entry of(ApprovalGiven event) {
        Approval approval = event.approval();
        boolean approved = approval.decision() == Approval.Decision.APPROVE;
        String inPlace = approval.forPerson() == null ? "" : " in place of " + approval.forPerson();
        Scope narrowed = approval.narrowedTo();
        String less = narrowed == null ? "" : ", but only " + narrowed.entitlement() + " for " + narrowed.duration();
        String comment = approval.comment().isEmpty() ? "." : ": " + PlainText.quoted(approval.comment());
        return new Entry(
                approval.approver(),
                approved ? "approved" : "rejected",
                approval.requestId(),
                approval.approver() + (approved ? " approved" : " refused") + " at level " + event.levelName() + inPlace
                        + less + comment,
                Map.of("level", event.levelName()));
    }

    static Entry of(QuestionAsked event) {
        Question question = event.question();
        return new Entry(
                question.askedBy(),
                "question-asked",
                question.requestId(),
                question.askedBy() + " asked back at level " + event.levelName() + ": "
                        + PlainText.quoted(question.text())
                        + " Until the answer is in, the level's clock stands still.",
                Map.of("level", event.levelName()));
    }

    static Entry of(QuestionAnswered event) {
        Question question = event.question();
        return new Entry(
                event.answeredBy(),
                "question-answered",
                question.requestId(),
                event.answeredBy() + " answered " + question.askedBy() + ": "
                        + PlainText.quoted(Objects.toString(question.answer(), "")),
                Map.of("level", event.levelName()));
    }

    static Entry of(QuestionLapsed event) {
        return new Entry(
                "system",
                "question-lapsed",
                event.question().requestId(),
                "The requester did not answer " + event.question().askedBy() + " in time; level " + event.levelName()
                        + " goes on without it.",
                Map.of("level", event.levelName()));
    }

    static Entry of(HandedOver event) {
        return new Entry(
                event.from(),
                "handed-over",
                event.requestId(),
                event.from() + " handed it over to " + event.to() + " at level " + event.levelName() + ".",
                Map.of("level", event.levelName(), "to", event.to()));
    }

    static Entry of(HandedBack event) {
        return new Entry(
                event.by(),
                "handed-back",
                event.requestId(),
                (event.taken()
                                ? event.to() + " took it back from " + event.from()
                                : event.from() + " handed it back to " + event.to())
                        + " at level " + event.levelName() + ".",
                Map.of("level", event.levelName(), "from", event.from(), "to", event.to()));
    }

    static Entry of(DeputyAppointed event) {
        Deputies.Deputy deputy = event.deputy();
        return new Entry(
                deputy.person(),
                "deputy-appointed",
                null,
                deputy.person() + " named " + deputy.deputy() + " as deputy from " + deputy.startsAt() + " until "
                        + deputy.endsAt() + ".",
                Map.of("deputy", deputy.deputy(), MOMENTS, List.of(deputy.startsAt(), deputy.endsAt())));
    }

    static Entry of(DeputyDismissed event) {
        Deputies.Deputy deputy = event.deputy();
        return new Entry(
                deputy.person(),
                "deputy-dismissed",
                null,
                deputy.deputy() + " is no longer deputy of " + deputy.person() + ".",
                Map.of("deputy", deputy.deputy()));
    }

    static Entry of(ApproversReminded event) {
        return new Entry(
                "system",
                "approvers-reminded",
                event.requestId(),
                "Level " + event.levelName() + " still waits; its approvers were reminded (" + event.number() + ").",
                Map.of("level", event.levelName()));
    }

    static Entry of(ApprovalEscalated event) {
        return new Entry(
                "system",
                "approval-escalated",
                event.escalation().requestId(),
                "Level " + event.levelName() + " has waited for long; "
                        + String.join(", ", event.escalation().groups()) + " may answer as well.",
                Map.of("level", event.levelName(), "groups", event.escalation().groups()));
    }

    static Entry of(RequestEnded event) {
        return new Entry(
                event.actor(),
                "request-ended",
                event.requestId(),
                "The request ended without access. "
                        + (event.inTheirWords()
                                ? event.actor() + " ended it: " + PlainText.quoted(event.reason())
                                : event.reason()),
                Map.of("outcome", event.outcome()));
    }

    static Entry of(AccessGranted event) {
        return new Entry(
                "system",
                "access-granted",
                event.grant().requestId(),
                "Access was given as " + event.grant().principal() + " until "
                        + event.grant().expiresAt() + ".",
                Map.of(
                        "principal",
                        event.grant().principal(),
                        MOMENTS,
                        List.of(event.grant().expiresAt())));
    }

    static Entry of(CredentialRevealed event) {
        return new Entry(
                event.actor(),
                "credential-revealed",
                event.grant().requestId(),
                event.actor() + " revealed a fresh credential for "
                        + event.grant().principal() + "; any earlier one is void.",
                Map.of());
    }

    static Entry of(RevocationOrdered event) {
        String note = event.note().isEmpty() ? "." : ": " + PlainText.quoted(event.note());
        String why = switch (event.reason()) {
            case EXPIRED -> "its time is over";
            case RETURNED -> event.actor() + " handed it back";
            case REVOKED -> event.actor() + " revoked it";
            case FAILED -> "it never became usable";
        };
        return new Entry(
                event.actor(),
                "revocation-ordered",
                event.requestId(),
                "The access has to end: " + why + note,
                Map.of("reason", event.reason()));
    }

    static Entry of(AccessRevoked event) {
        return new Entry(
                "system",
                "access-revoked",
                event.grant().requestId(),
                "The target confirmed the end: nobody can use the login "
                        + event.grant().principal() + " any more, and its sessions are gone.",
                Map.of("reason", event.reason(), "lag", event.lag()));
    }

    static Entry of(AccessExtended event) {
        return new Entry(
                "system",
                "access-extended",
                event.grant().requestId(),
                "The access lasts until " + event.grant().expiresAt() + " now.",
                Map.of(
                        "extension",
                        event.extension(),
                        "expiresAt",
                        event.grant().expiresAt(),
                        MOMENTS,
                        List.of(event.grant().expiresAt())));
    }

    static Entry of(RevocationFailing event) {
        return new Entry(
                "system",
                "revocation-failing",
                event.requestId(),
                "The access could not be ended yet (try " + event.number() + ") and is tried again: " + event.reason(),
                Map.of("number", event.number()));
    }

    static Entry of(DiscrepancyFound event) {
        Discrepancy found = event.discrepancy();
        return new Entry(
                "system",
                "discrepancy-found",
                found.requestId(),
                "On the target " + found.target() + ": " + found.sentence(),
                Map.of(
                        "kind",
                        found.kind(),
                        "principal",
                        found.principal(),
                        "target",
                        found.target(),
                        MOMENTS,
                        found.moments()));
    }

    static Entry of(DiscrepancySettled event) {
        Discrepancy settled = event.discrepancy();
        return new Entry(
                "system",
                "discrepancy-settled",
                settled.requestId(),
                "On the target " + settled.target() + ", " + whatOf(settled) + ": " + event.how(),
                Map.of("kind", settled.kind(), "principal", settled.principal(), "target", settled.target()));
    }

    static Entry of(ProcessesPublished event) {
        return new Entry(
                event.actor(),
                "processes-published",
                null,
                event.actor() + " published " + String.join(", ", event.files()) + " (SHA-256 " + event.digest() + ").",
                Map.of("deployment", event.deployment(), "digest", event.digest(), "files", event.files()));
    }

    private static String whatOf(Discrepancy settled) {
        return switch (settled.kind()) {
            case CLOCK -> "its clock";
            case DEFAULT_PRIVILEGES -> "the default privileges of " + settled.principal();
            default -> "the login " + settled.principal();
        };
    }

    /** {@code about}: the request that it concerns in truth; whoever may not even see it does not get into its story. */
    static Entry of(RefusedAttempt event, @Nullable UUID about) {
        return new Entry(
                event.actor(),
                "attempt-refused",
                event.requestId() == null || event.code().equals("unknown-request") ? null : about,
                "Refused (" + event.actor() + "): " + atMost(event.sentence()),
                about == null ? Map.of("code", event.code()) : Map.of("code", event.code(), "request", about));
    }

    /** Nobody is signed in; whose account it is, is said only where there is one: a name that was typed is any text. */
    static Entry of(SignInRefused event) {
        String from = "from " + event.address() + ".";
        String account = event.account();
        if (event.throttled()) {
            return new Entry(NOBODY, "sign-in-slowed", null, "Sign-ins are slowed down " + from, Map.of());
        }
        return account == null
                ? new Entry(
                        NOBODY,
                        "sign-in-failed",
                        null,
                        "A sign-in failed, to no account that exists, " + from,
                        Map.of())
                : new Entry(
                        NOBODY,
                        "sign-in-failed",
                        null,
                        "A sign-in as " + account + " failed, " + from,
                        Map.of("account", account));
    }

    static Entry of(Repetition.Repeated repeated) {
        Entry first = repeated.first();
        Map<String, Object> details = new LinkedHashMap<>(first.details());
        details.put("times", repeated.times());
        details.put("until", repeated.until().toString());
        details.put(MOMENTS, List.of(repeated.until()));
        String from = "";
        if (!repeated.addresses().isEmpty()) {
            details.put("addresses", repeated.addresses());
            from = ", from " + String.join(", ", repeated.addresses());
        }
        String times = repeated.times() == 1 ? "Once more" : repeated.times() + " more times";
        String what = ": ";
        if (!repeated.others().isEmpty()) {
            // Nobody is said to have done one thing over and over who has done many.
            details.put("others", repeated.others());
            what = ", not the same each time; the last was “"
                    + repeated.others().get(repeated.others().size() - 1) + "”, the first: ";
        }
        return new Entry(
                first.actor(),
                first.kind(),
                first.requestId(),
                times + " until " + repeated.until() + from + what + first.sentence(),
                details);
    }

    private static String atMost(String sentence) {
        return sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST) + "…";
    }

    private static String sentences(Verdict verdict, Finding.Effect effect) {
        return verdict.findings().stream()
                .filter(finding -> finding.effect() == effect)
                .map(Finding::message)
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
