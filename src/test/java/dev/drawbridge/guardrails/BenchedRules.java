package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.RuleFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Lets the bench judge by rules of its own, as the product judges. */
public final class BenchedRules {
    private final Rulebook rulebook;

    public BenchedRules(Path folder) {
        RuleFiles files = new RuleFiles(folder);
        rulebook = new Rulebook(files, AnyWords.ofOurs());
    }

    public List<Finding> consult(Collection<?> facts) {
        return rulebook.consult(facts);
    }

    /** As after the rules have been consulted; levels stay without people, whom a directory knows. */
    public static Verdict combine(List<Finding> findings) {
        return Combining.verdict(findings, Duration.ZERO, "bench", required -> List.of());
    }
}
