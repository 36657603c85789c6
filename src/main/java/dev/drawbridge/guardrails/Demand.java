package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Finding.Effect;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What an invariant asks of a verdict. The more rules fire, the more of it is met: none takes back what another has said. */
sealed interface Demand {
    boolean isMetBy(Verdict verdict);

    /** The effects that it hangs on; what rules say beside these makes no difference to it. */
    default Set<Effect> effects() {
        return EnumSet.of(Effect.DENY, Effect.REQUIRE_APPROVAL, Effect.ALLOW);
    }

    /** {@code never: automatic}. */
    record NotAutomatic() implements Demand {
        @Override
        public boolean isMetBy(Verdict verdict) {
            return !(verdict instanceof Verdict.Allowed);
        }
    }

    /** {@code never: given}. */
    record NotGiven() implements Demand {
        @Override
        public boolean isMetBy(Verdict verdict) {
            return verdict instanceof Verdict.Denied;
        }
    }

    /**
     * {@code needs: {…}}, where it is given at all.
     *
     * @param people how many must agree
     * @param levels which levels must
     * @param limit how long it may last
     */
    record Needs(int people, List<String> levels, List<String> obligations, Optional<Duration> limit)
            implements Demand {
        @Override
        public boolean isMetBy(Verdict verdict) {
            if (verdict instanceof Verdict.Denied) {
                return true;
            }
            int asked = verdict instanceof Verdict.NeedsApproval needs ? FewestPeople.people(needs) : 0;
            return asked >= people
                    && verdict.findings().stream()
                            .filter(finding -> finding.effect() == Effect.REQUIRE_APPROVAL)
                            .map(Finding::value)
                            .filter(Objects::nonNull)
                            .toList()
                            .containsAll(levels)
                    && Outcome.of(verdict).obligations().containsAll(obligations)
                    && limit.map(longest -> Outcome.of(verdict).within(longest)).orElse(true);
        }

        @Override
        public Set<Effect> effects() {
            return EnumSet.complementOf(EnumSet.of(Effect.FAILED));
        }
    }
}
