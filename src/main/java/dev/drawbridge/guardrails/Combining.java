package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Finding.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The one rule by which findings become a verdict: deny beats needs-approval beats allowed, and silence denies. */
final class Combining {
    private Combining() {}

    /**
     * The verdict; {@code already} is how long access lasts by now that is to last longer, else nothing; {@code levels} turns the names of required levels into levels, in their order, or throws
     * {@link NobodyCanApprove}.
     */
    static Verdict verdict(
            List<Finding> findings, Duration already, String rulebook, Function<Set<String>, List<Level>> levels) {
        if (has(findings, Effect.DENY) || has(findings, Effect.FAILED)) {
            return new Verdict.Denied(findings, rulebook);
        }
        Duration limit = limit(findings).orElse(null);
        if (limit != null && limit.compareTo(already) <= 0) {
            return denied(findings, rulebook, "The time that this is given for at most is used up.");
        }
        List<String> obligations =
                values(findings, Effect.OBLIGE).distinct().sorted().toList();
        Set<String> required = values(findings, Effect.REQUIRE_APPROVAL).collect(Collectors.toSet());
        if (!required.isEmpty()) {
            try {
                return new Verdict.NeedsApproval(findings, levels.apply(required), limit, obligations, rulebook);
            } catch (NobodyCanApprove nobody) {
                return denied(findings, rulebook, String.valueOf(nobody.getMessage()));
            }
        }
        if (has(findings, Effect.ALLOW)) {
            return new Verdict.Allowed(findings, limit, obligations, rulebook);
        }
        return denied(findings, rulebook, "No guardrail allows this, so it is refused.");
    }

    /** The longest that these findings let it last; none where they set no limit. */
    static Optional<Duration> limit(List<Finding> findings) {
        return values(findings, Effect.LIMIT).map(Duration::parse).min(Duration::compareTo);
    }

    /** A level that nobody but the requester could fill. */
    static final class NobodyCanApprove extends RuntimeException {
        NobodyCanApprove(String sentence) {
            super(sentence, null, false, false);
        }
    }

    private static Verdict denied(List<Finding> findings, String rulebook, String sentence) {
        List<Finding> all = new java.util.ArrayList<>(findings);
        all.add(new Finding("combining", Effect.DENY, sentence, null));
        return new Verdict.Denied(List.copyOf(all), rulebook);
    }

    private static boolean has(List<Finding> findings, Effect effect) {
        return findings.stream().anyMatch(finding -> finding.effect() == effect);
    }

    private static java.util.stream.Stream<String> values(List<Finding> findings, Effect effect) {
        return findings.stream()
                .filter(finding -> finding.effect() == effect)
                .map(Finding::value)
                .filter(Objects::nonNull);
    }
}
