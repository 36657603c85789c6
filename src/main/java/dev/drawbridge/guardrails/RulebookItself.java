package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Entitlement;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** The rulebook that judges requests, asked of some that are imagined: a mistake of what was worked out must not pass for a proof. */
record RulebookItself(ImaginedFacts facts) {
    private static final int TRIES = 30;

    /** The verdict on it, as if there were always enough people to agree. */
    Verdict judge(ImaginedRequest request) {
        Rulebook rulebook = facts.rules().rulebook();
        Entitlement wanted = facts.rules().catalog().find(request.entitlement()).orElseThrow();
        return Combining.verdict(
                rulebook.consult(facts.all(request)),
                Duration.ZERO,
                rulebook.fingerprint(),
                new FewestPeople(facts.rules().levels(), wanted));
    }

    /** One of some combinations, drawn at random, that is against the invariant. */
    Optional<ImaginedRequest> anyAgainst(Invariant invariant, Space space) {
        Random random = new Random(invariant.position());
        return Stream.generate(() -> space.any(random))
                .limit(TRIES)
                .flatMap(Optional::stream)
                .filter(request -> !request.held().contains(request.entitlement()))
                .filter(request -> isAgainst(invariant, request))
                .findFirst();
    }

    /** Whether the invariant speaks of it, and its verdict is not as that asks. */
    boolean isAgainst(Invariant invariant, ImaginedRequest request) {
        FactTable table = FactTable.of(facts.all(request));
        return new RuleMeaning(invariant.when()).holds(table)
                && (invariant.unless().isEmpty() || !new RuleMeaning(invariant.unless()).holds(table))
                && !invariant.demand().isMetBy(judge(request));
    }
}
