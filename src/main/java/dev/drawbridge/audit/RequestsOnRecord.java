package dev.drawbridge.audit;

import dev.drawbridge.approval.RequestEnded;
import dev.drawbridge.guardrails.Finding;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.guardrails.VerdictGiven;
import dev.drawbridge.guardrails.Verdicts;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequested;
import dev.drawbridge.request.InWords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What was asked for, what the guardrails said to it, and what ended without access. */
@Component
class RequestsOnRecord {
    private final Entries entries;
    private final Names names;

    RequestsOnRecord(Entries entries, Names names) {
        this.entries = entries;
        this.names = names;
    }

    @EventListener
    void on(AccessRequested event) {
        AccessRequest request = event.request();
        List<Instant> moments = Stream.ofNullable(request.startsAt()).toList();
        String start = request.startsAt() == null ? "" : " from " + request.startsAt();
        String ticket = request.ticket() == null ? "" : " (" + request.ticket() + ")";
        entries.add(new Entry(
                request.requester(),
                "request-submitted",
                request.id(),
                names.who(request.requester()) + " asked for " + names.what(request.entitlement()) + " for "
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
                        Entry.MOMENTS,
                        moments)));
    }

    @EventListener
    void on(VerdictGiven event) {
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
        entries.add(new Entry(
                "system",
                "verdict-given",
                event.request().id(),
                sentence,
                event.publication() == null
                        ? Map.of("rulebook", verdict.rulebook(), "findings", verdict.findings())
                        : Map.of(
                                "rulebook",
                                verdict.rulebook(),
                                "publication",
                                event.publication(),
                                "findings",
                                verdict.findings())));
    }

    @EventListener
    void on(RequestEnded event) {
        entries.add(new Entry(
                event.actor(),
                "request-ended",
                event.requestId(),
                "The request ended without access. "
                        + (event.inTheirWords()
                                ? names.who(event.actor())
                                        + (event.outcome().equals("REVOKED") ? " revoked it: " : " ended it: ")
                                        + PlainText.quoted(event.reason())
                                : event.reason()),
                Map.of("outcome", event.outcome())));
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
            case GROUPS -> InWords.number(level.quorum()) + " of " + names.groups(level.groups());
        };
    }

    private static String sentences(Verdict verdict, Finding.Effect effect) {
        return verdict.findings().stream()
                .filter(finding -> finding.effect() == effect)
                .map(Finding::message)
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
