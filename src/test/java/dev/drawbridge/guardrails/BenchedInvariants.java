package dev.drawbridge.guardrails;

import java.nio.file.Path;

/** Lets the bench check what must never happen, as publishing does. */
public final class BenchedInvariants {
    private final RuleSet rules;

    public BenchedInvariants(Path folder) {
        rules = new DraftRules(folder).load();
    }

    /** How many combinations were looked at. */
    public long check() {
        Invariants.Report report = Invariants.check(rules);
        if (!report.problems().isEmpty() || !report.checked().stream().allMatch(Invariants.Checked::all)) {
            throw new IllegalStateException("Not proven: " + report);
        }
        return report.checked().stream()
                .mapToLong(Invariants.Checked::combinations)
                .sum();
    }

    /** How much is allowed that was allowed before: nothing. */
    public int compare() {
        return NewlyAllowed.between(rules, rules).changes().size();
    }

    public int idle() {
        return IdleRules.of(rules).size();
    }
}
