package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.guardrails.facts.SignedIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What the rules of a publication say of a request of one's imagination, for those who own the rules. */
@Component
public class Imagining {
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final UUID NONE = new UUID(0, 0);

    private final RulesByNumber rules;

    Imagining(RulesByNumber rules) {
        this.rules = rules;
    }

    /**
     * Somebody who asks for something, at a moment.
     *
     * @param entitlement its id
     * @param ticket empty: none
     * @param signedInAgo how long ago the person signed in
     * @param automaticGrants how many there were in the 24 hours before
     * @param held the ids of what the person holds then
     */
    public record Imagined(
            String entitlement,
            Duration duration,
            String ticket,
            Set<String> groups,
            boolean mfa,
            Duration signedInAgo,
            Instant at,
            int automaticGrants,
            List<String> held) {}

    /** What would be said; refuses, with a sentence that names the field, what could not be asked for. */
    public Receipt of(SignIn who, long publication, Imagined imagined) {
        if (!who.groups().contains("process-owners")) {
            throw Refusal.of(
                    Refusal.Kind.FORBIDDEN, "not-for-you", "What rules would say is for process owners to try.");
        }
        RuleSet judging = rules(publication);
        ImaginedRequest request = new ImaginedRequest(
                imagined.entitlement(),
                new ImaginedRequest.Words(imagined.duration(), imagined.ticket(), Duration.ZERO),
                new ImaginedRequest.Person("somebody", imagined.groups(), null, true, true),
                new SignedIn("form", imagined.mfa(), imagined.signedInAgo(), "127.0.0.1"),
                imagined.at(),
                imagined.automaticGrants(),
                imagined.held(),
                Map.of());
        ImaginedFacts facts = new ImaginedFacts(judging);
        requirePossible(judging, facts, request);
        List<Object> all = facts.all(request);
        List<Finding> findings = judging.rulebook().consult(all);
        SeenFacts seen = SeenFacts.of(all, imagined.at(), Duration.ZERO, judging.rulebook());
        VerdictOutcome outcome = RulesSay.of(findings, Duration.ZERO).outcome();
        return new Receipt(
                NONE,
                Occasion.SUBMISSION,
                imagined.at(),
                publication,
                outcome,
                findings,
                NearMisses.of(judging.rulebook(), seen),
                outcome == VerdictOutcome.ALLOWED ? List.of() : WhatIf.automatic(judging, seen),
                outcome == VerdictOutcome.DENIED ? WhatIf.possible(judging, seen) : List.of(),
                FactsOnRecord.shown(FactsOnRecord.written(seen)),
                List.of());
    }

    private static void requirePossible(RuleSet judging, ImaginedFacts facts, ImaginedRequest request) {
        ImaginedRequest.Words words = request.words();
        if (judging.catalog().find(request.entitlement()).isEmpty()) {
            throw wrong("entitlement", "The catalog has no '" + request.entitlement() + "'.");
        }
        if (words.duration().isNegative()
                || words.duration().isZero()
                || words.duration().compareTo(LONGEST) > 0) {
            throw wrong("duration", "Say for how long, such as PT1H.");
        }
        if (facts.refuses(request, words)) {
            throw wrong(
                    "duration",
                    "The catalog does not offer it for so long, or the ticket is not written as rules/tickets.yaml says.");
        }
        if (facts.refuses(request, request.person())) {
            throw wrong("groups", "None of these groups may ask for it.");
        }
    }

    private static Refusal wrong(String field, String sentence) {
        return Refusal.ofField(Refusal.Kind.UNPROCESSABLE, field, "cannot-be-asked-for", sentence);
    }

    private RuleSet rules(long publication) {
        try {
            return rules.find(publication)
                    .orElseThrow(() -> Refusal.of(
                            Refusal.Kind.NOT_FOUND,
                            "no-such-publication",
                            "There is no publication " + publication + "."));
        } catch (RulesException unreadable) {
            throw Refusal.of(
                    Refusal.Kind.UNPROCESSABLE, "invalid-publication", String.valueOf(unreadable.getMessage()));
        }
    }
}
