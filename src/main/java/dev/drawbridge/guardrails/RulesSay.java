package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Finding.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as far as it is the rules': which people could answer, and whether there are enough of them, is none of it.
 *
 * @param levels the names of those that would be asked
 * @param limit the longest time; none where there is no such limit
 */
record RulesSay(
        VerdictOutcome outcome,
        Set<String> levels,
        @Nullable Duration limit,
        Set<String> obligations) {
    /** By this name {@link Combining} says what no rule has said. */
    private static final String OF_NO_RULE = "combining";

    RulesSay {
        levels = Set.copyOf(levels);
        obligations = Set.copyOf(obligations);
    }

    /** What comes of these findings; {@code already} as in {@link Combining}. */
    static RulesSay of(List<Finding> findings, Duration already) {
        List<Finding> ofRules =
                findings.stream().filter(finding -> !isNoRule(finding.rule())).toList();
        Verdict verdict = Combining.verdict(ofRules, already, "", required -> List.of());
        return new RulesSay(
                VerdictOutcome.of(verdict),
                verdict instanceof Verdict.NeedsApproval ? levels(ofRules) : Set.of(),
                Verdicts.limit(verdict),
                Set.copyOf(Verdicts.obligations(verdict)));
    }

    private static Set<String> levels(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.effect() == Effect.REQUIRE_APPROVAL)
                .map(Finding::value)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether the product itself says it, and no rule. */
    static boolean isNoRule(String id) {
        return id.equals(OF_NO_RULE);
    }

    boolean isAutomatic() {
        return outcome == VerdictOutcome.ALLOWED;
    }

    boolean isPossible() {
        return outcome != VerdictOutcome.DENIED;
    }
}
