package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Finding.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The verdict that rules come to, by which of them have fired; each is combined once, as the product combines them. */
final class Weighing {
    private static final Finding ALLOWED = new Finding("imagined", Effect.ALLOW, "Imagined.", null);

    private final List<RuleFindings.Source> sources;
    private final FewestPeople levels;
    private final Map<BitSet, Verdict> verdicts = new Kept();
    private final Map<BitSet, Verdict> atMost = new Kept();

    /** Those that were asked for last: rules can fire in more ways than there is memory. */
    private static final class Kept extends LinkedHashMap<BitSet, Verdict> {
        private static final long serialVersionUID = 1L;
        private static final int MOST = 20_000;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BitSet, Verdict> eldest) {
            return size() > MOST;
        }
    }

    Weighing(Side side) {
        sources = side.sources();
        levels = FewestPeople.of(side);
    }

    /** Of how many rules it knows what they say. */
    int size() {
        return sources.size();
    }

    Verdict verdict(BitSet fired) {
        Verdict known = verdicts.get(fired);
        if (known == null) {
            known = combined(findings(fired));
            verdicts.put((BitSet) fired.clone(), known);
        }
        return known;
    }

    /** The most that can come of it, whichever of the others fire too. */
    Verdict atMost(BitSet fired) {
        Verdict known = atMost.get(fired);
        if (known == null) {
            List<Finding> findings = findings(fired);
            findings.add(ALLOWED);
            known = combined(findings);
            atMost.put((BitSet) fired.clone(), known);
        }
        return known;
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
