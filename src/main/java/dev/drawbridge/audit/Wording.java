package dev.drawbridge.audit;

import dev.drawbridge.approval.Approval;
import dev.drawbridge.approval.ApprovalEscalated;
import dev.drawbridge.approval.ApprovalGiven;
import dev.drawbridge.approval.ApproversChanged;
import dev.drawbridge.approval.ApproversReminded;
import dev.drawbridge.approval.HandedBack;
import dev.drawbridge.approval.HandedOver;
import dev.drawbridge.approval.Question;
import dev.drawbridge.approval.QuestionAnswered;
import dev.drawbridge.approval.QuestionAsked;
import dev.drawbridge.approval.QuestionLapsed;
import dev.drawbridge.approval.RequestEnded;
import dev.drawbridge.approval.Scope;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.deputies.Deputies;
import dev.drawbridge.deputies.DeputyAppointed;
import dev.drawbridge.deputies.DeputyDismissed;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.directory.MembershipEnded;
import dev.drawbridge.directory.PersonChanged;
import dev.drawbridge.directory.PersonRecord;
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
import dev.drawbridge.request.InWords;
import dev.drawbridge.revocation.AccessRevoked;
import dev.drawbridge.revocation.Discrepancy;
import dev.drawbridge.revocation.DiscrepancyFound;
import dev.drawbridge.revocation.DiscrepancySettled;
import dev.drawbridge.revocation.RevocationFailing;
import dev.drawbridge.revocation.RevocationOrdered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The one place that words audit entries: people, groups and what they ask for by name, with the id that counts. */
@Component
class Wording {
    /** Who has not signed in. */
    private static final String NOBODY = "nobody";

    private static final int LONGEST = 1_000;

    /** The detail that says which moments the product has named in the sentence, in their order: each reader is told them. */
    static final String MOMENTS = "moments";

    private final Directory people;
    private final Catalog catalog;

    Wording(Directory people, Catalog catalog) {
        this.people = people;
        this.catalog = catalog;
    }

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

    Entry of(AccessRequested event) {
        AccessRequest request = event.request();
        List<Instant> moments = Stream.ofNullable(request.startsAt()).toList();
        String start = request.startsAt() == null ? "" : " from " + request.startsAt();
        String ticket = request.ticket() == null ? "" : " (" + request.ticket() + ")";
        return new Entry(
                request.requester(),
                "request-submitted",
                request.id(),
                who(request.requester()) + " asked for " + what(request.entitlement()) + " for "
                        + InWords.length(request.duration())
                        + (request.extending() == null ? "" : " more of the access that is held") + start + ticket
                        + ": " + PlainText.quoted(request.justification()),
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

    Entry of(VerdictGiven event) {
        Verdict verdict = event.verdict();
        String sentence;
        if (verdict instanceof Verdict.Allowed) {
            sentence = "The guardrails allowed it: " + sentences(verdict, Finding.Effect.ALLOW);
        } else if (verdict instanceof Verdict.NeedsApproval needed) {
            sentence = "The guardrails ask for approval by "
                    + needed.levels().stream().map(this::whom).collect(Collectors.joining(", then ")) + ": "
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

    Entry of(ApprovalGiven event) {
        Approval approval = event.approval();
        boolean approved = approval.decision() == Approval.Decision.APPROVE;
        String inPlace = approval.forPerson() == null ? "" : " in place of " + who(approval.forPerson());
        Scope narrowed = approval.narrowedTo();
        String less = narrowed == null
                ? ""
                : ", but only " + what(narrowed.entitlement()) + " for " + InWords.length(narrowed.duration());
        String comment = approval.comment().isEmpty() ? "." : ": " + PlainText.quoted(approval.comment());
        return new Entry(
                approval.approver(),
                approved ? "approved" : "rejected",
                approval.requestId(),
                who(approval.approver())
                        + (approved ? " approved" : " refused")
                        + at(event.levelName())
                        + inPlace
                        + less
                        + comment,
                Map.of("level", event.levelName()));
    }

    Entry of(QuestionAsked event) {
        Question question = event.question();
        return new Entry(
                question.askedBy(),
                "question-asked",
                question.requestId(),
                who(question.askedBy()) + " asked back" + at(event.levelName()) + ": "
                        + PlainText.quoted(question.text())
                        + " Until the answer is in, the level's clock stands still.",
                Map.of("level", event.levelName()));
    }

    Entry of(QuestionAnswered event) {
        Question question = event.question();
        return new Entry(
                event.answeredBy(),
                "question-answered",
                question.requestId(),
                who(event.answeredBy()) + " answered " + who(question.askedBy()) + ": "
                        + PlainText.quoted(Objects.toString(question.answer(), "")),
                Map.of("level", event.levelName()));
    }

    Entry of(QuestionLapsed event) {
        return new Entry(
                "system",
                "question-lapsed",
                event.question().requestId(),
                "The requester did not answer " + who(event.question().askedBy()) + " in time; level "
                        + InWords.level(event.levelName()) + " goes on without it.",
                Map.of("level", event.levelName()));
    }

    Entry of(HandedOver event) {
        return new Entry(
                event.from(),
                "handed-over",
                event.requestId(),
                who(event.from()) + " handed it over to " + who(event.to()) + at(event.levelName()) + ".",
                Map.of("level", event.levelName(), "to", event.to()));
    }

    Entry of(HandedBack event) {
        return new Entry(
                event.by(),
                "handed-back",
                event.requestId(),
                (event.taken()
                                ? who(event.to()) + " took it back from " + who(event.from())
                                : who(event.from()) + " handed it back to " + who(event.to()))
                        + at(event.levelName()) + ".",
                Map.of("level", event.levelName(), "from", event.from(), "to", event.to()));
    }

    Entry of(DeputyAppointed event) {
        Deputies.Deputy deputy = event.deputy();
        return new Entry(
                deputy.person(),
                "deputy-appointed",
                null,
                who(deputy.person()) + " named " + who(deputy.deputy()) + " as deputy from " + deputy.startsAt()
                        + " until " + deputy.endsAt() + ".",
                Map.of("deputy", deputy.deputy(), MOMENTS, List.of(deputy.startsAt(), deputy.endsAt())));
    }

    Entry of(DeputyDismissed event) {
        Deputies.Deputy deputy = event.deputy();
        return new Entry(
                deputy.person(),
                "deputy-dismissed",
                null,
                who(deputy.deputy()) + " is no longer deputy of " + who(deputy.person()) + ".",
                Map.of("deputy", deputy.deputy()));
    }

    static Entry of(ApproversReminded event) {
        return new Entry(
                "system",
                "approvers-reminded",
                event.requestId(),
                "Level " + InWords.level(event.levelName()) + " still waits; its approvers were reminded ("
                        + event.number() + ").",
                Map.of("level", event.levelName()));
    }

    Entry of(ApprovalEscalated event) {
        return new Entry(
                "system",
                "approval-escalated",
                event.escalation().requestId(),
                "Level " + InWords.level(event.levelName()) + " has waited for long; "
                        + names(event.escalation().groups()) + " may answer as well.",
                Map.of("level", event.levelName(), "groups", event.escalation().groups()));
    }

    Entry of(ApproversChanged event) {
        String level = InWords.level(event.levelName());
        return new Entry(
                "system",
                "approvers-changed",
                event.requestId(),
                event.groups().isEmpty()
                        ? all(event.added()) + " is asked at level " + level + " now."
                        : "Nobody is there any more whom level " + level + " names; " + names(event.groups())
                                + " may answer.",
                Map.of("level", event.levelName(), "groups", event.groups(), "added", event.added()));
    }

    Entry of(PersonChanged event) {
        PersonRecord before = event.before();
        PersonRecord after = event.after();
        List<Instant> moments = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        change(changes, "managers", all(before.managers()), all(after.managers()));
        change(changes, "sponsor", one(before.sponsor()), one(after.sponsor()));
        change(changes, "mentor", one(before.mentor()), one(after.mentor()));
        change(changes, "employment", spoken(before.employment()), spoken(after.employment()));
        changedMemberships(before, after, changes, moments);
        if (before.left() != after.left()) {
            changes.add(after.left() ? "has left" : "is back");
        }
        return new Entry(
                event.actor(),
                "person-changed",
                null,
                who(event.actor()) + " changed the record of " + who(after.id()) + ": " + String.join("; ", changes)
                        + ".",
                Map.of("person", after.id(), "before", before, "after", after, MOMENTS, moments));
    }

    Entry of(MembershipEnded event) {
        return new Entry(
                "system",
                "membership-ended",
                null,
                who(event.person()) + " is no longer in " + names(List.of(event.group()))
                        + ": the membership was to last until " + event.endsAt() + ".",
                Map.of("person", event.person(), "group", event.group(), MOMENTS, List.of(event.endsAt())));
    }

    private static void change(List<String> changes, String what, String before, String after) {
        if (!before.equals(after)) {
            changes.add(what + ": " + after + ", before: " + before);
        }
    }

    private void changedMemberships(
            PersonRecord before, PersonRecord after, List<String> changes, List<Instant> moments) {
        for (PersonRecord.Membership one : after.groups()) {
            Optional<PersonRecord.Membership> was = before.membership(one.group());
            if (was.isEmpty() || !Objects.equals(was.get().until(), one.until())) {
                Stream.ofNullable(one.until()).forEach(moments::add);
                changes.add((was.isEmpty() ? "joins " : "stays in ")
                        + names(List.of(one.group()))
                        + (one.until() == null ? " without an end" : " until " + one.until()));
            }
        }
        before.groups().stream()
                .filter(one -> after.membership(one.group()).isEmpty())
                .forEach(one -> changes.add("leaves " + names(List.of(one.group()))));
    }

    private String all(Collection<String> ids) {
        return ids.isEmpty() ? "none" : ids.stream().map(this::who).collect(Collectors.joining(", then "));
    }

    private String one(@Nullable String id) {
        return id == null ? "none" : who(id);
    }

    private static String spoken(@Nullable Enum<?> word) {
        return word == null ? "not known" : word.name().toLowerCase(Locale.ROOT);
    }

    Entry of(RequestEnded event) {
        return new Entry(
                event.actor(),
                "request-ended",
                event.requestId(),
                "The request ended without access. "
                        + (event.inTheirWords()
                                ? who(event.actor())
                                        + (event.outcome().equals("REVOKED") ? " revoked it: " : " ended it: ")
                                        + PlainText.quoted(event.reason())
                                : event.reason()),
                Map.of("outcome", event.outcome()));
    }

    Entry of(AccessGranted event) {
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

    Entry of(CredentialRevealed event) {
        return new Entry(
                event.actor(),
                "credential-revealed",
                event.grant().requestId(),
                who(event.actor()) + " revealed a fresh credential for "
                        + event.grant().principal() + "; any earlier one is void.",
                Map.of());
    }

    Entry of(RevocationOrdered event) {
        String note = event.note().isEmpty() ? "." : ": " + PlainText.quoted(event.note());
        String why = switch (event.reason()) {
            case EXPIRED -> "its time is over";
            case RETURNED -> who(event.actor()) + " handed it back";
            case REVOKED ->
                event.actor().equals("system") ? "it is ended before its time" : who(event.actor()) + " revoked it";
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

    Entry of(AccessExtended event) {
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
                where(found) + ": " + found.sentence(),
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
                where(settled) + ", " + whatOf(settled) + ": " + event.how(),
                Map.of("kind", settled.kind(), "principal", settled.principal(), "target", settled.target()));
    }

    Entry of(ProcessesPublished event) {
        return new Entry(
                event.actor(),
                "processes-published",
                null,
                who(event.actor()) + " published " + String.join(", ", event.files()) + " (SHA-256 " + event.digest()
                        + ").",
                Map.of("deployment", event.deployment(), "digest", event.digest(), "files", event.files()));
    }

    private static String where(Discrepancy found) {
        return found.kind() == Discrepancy.Kind.INDEX ? "In our own database" : "On the target " + found.target();
    }

    private static String whatOf(Discrepancy settled) {
        return switch (settled.kind()) {
            case CLOCK -> "its clock";
            case DEFAULT_PRIVILEGES -> "the default privileges of " + settled.principal();
            case INDEX -> "the index '" + settled.principal() + "'";
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

    private String who(String id) {
        String name = PlainText.shown(people.nameOf(id));
        return name.equals(id) ? id : name + " (" + id + ")";
    }

    private String what(String entitlement) {
        return catalog.find(entitlement)
                .map(known -> known.name() + " (" + entitlement + ")")
                .orElse(entitlement);
    }

    private String names(Collection<String> groups) {
        return groups.stream().map(people::nameOfGroup).collect(Collectors.joining(", "));
    }

    /** Whom a level asks: {@code two of the owners}; by its name in verdicts that do not say where its people come from. */
    private String whom(Level level) {
        if (level.source() == null) {
            return InWords.level(level.name());
        }
        return switch (level.source()) {
            case REQUESTERS_MANAGER ->
                level.quorum() == 1 ? "the manager" : InWords.quorum(level.quorum(), "the managers");
            case REQUESTERS_SPONSOR -> "the sponsor";
            case REQUESTERS_MENTOR -> "the mentor";
            case RESOURCE_OWNERS -> level.quorum() == 1 ? "an owner" : InWords.quorum(level.quorum(), "the owners");
            case ON_CALL -> "whoever is on call";
            case GROUPS -> InWords.number(level.quorum()) + " of " + names(level.groups());
        };
    }

    private static String at(String level) {
        return " at level " + InWords.level(level);
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
