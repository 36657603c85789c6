package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Finding.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The verdict that rules come to, by which of them have fired; each is combined once, as the product combines them. */
final class Weighing {
    private static final Finding ALLOWED = new Finding("imagined", Effect.ALLOW, "Imagined.", null);

    private final List<RuleFindings.Source> sources;
    private final FewestPeople levels;
    private final Map<BitSet, Verdict> verdicts = new HashMap<>();
    private final Map<BitSet, Verdict> atMost = new HashMap<>();

    Weighing(Side side) {
        sources = side.sources();
        levels = new FewestPeople(side.facts().rules().levels(), side.wanted());
    }

    /** Of how many rules it knows what they say. */
    int size() {
        return sources.size();
    }

    Verdict verdict(BitSet fired) {
        return verdicts.computeIfAbsent((BitSet) fired.clone(), set -> combined(findings(set)));
    }

    /** The most that can come of it, whichever of the others fire too. */
    Verdict atMost(BitSet fired) {
        return atMost.computeIfAbsent((BitSet) fired.clone(), set -> {
            List<Finding> findings = findings(set);
            findings.add(ALLOWED);
            return combined(findings);
        });
    }

    private List<Finding> findings(BitSet fired) {
        RuleFindings findings = new RuleFindings(sources);
        fired.stream().forEach(findings::of);
        return new ArrayList<>(findings.found());
    }

    private Verdict combined(List<Finding> findings) {
        return Combining.verdict(findings, Duration.ZERO, "imagined", levels);
    }
}
