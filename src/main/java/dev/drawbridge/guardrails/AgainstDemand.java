package dev.drawbridge.guardrails;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for a request of which an invariant speaks, and whose verdict is not as it demands. */
final class AgainstDemand implements Walk.Question {
    private final Demand demand;
    private final int when;
    private final Weighing weighing;
    private @Nullable ImaginedRequest found;

    /** {@code when}: where its conditions stand, behind the rules; those of {@code unless} come next. */
    AgainstDemand(Demand demand, int when, Weighing weighing) {
        this.demand = demand;
        this.when = when;
        this.weighing = weighing;
    }

    @Override
    public boolean isSettled(List<BitSet> fired, List<BitSet> known) {
        BitSet so = fired.get(0);
        return known.get(0).get(when) && !so.get(when) || so.get(when + 1) || demand.isMetBy(weighing.atMost(so));
    }

    @Override
    public boolean look(List<BitSet> fired, Walk.Combination combination) {
        if (demand.isMetBy(weighing.verdict(fired.get(0)))) {
            return true;
        }
        found = combination.request();
        return false;
    }

    Optional<ImaginedRequest> found() {
        return Optional.ofNullable(found);
    }
}
