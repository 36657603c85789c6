package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.Finding.Effect;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds guardrails that can never fire, and such as never change a verdict: whoever wrote them believes that they count. */
public final class IdleRules {
    /** For one guardrail, shared by the entitlements. */
    private static final long MOST_STEPS = 300_000;

    private static final Set<Effect> EFFECTS = EnumSet.complementOf(EnumSet.of(Effect.FAILED));

    private final ImaginedFacts facts;

    private IdleRules(RuleSet rules) {
        this.facts = new ImaginedFacts(rules);
    }

    /** Sentences, one for each; a guardrail of which it cannot be said for sure is not told. */
    public static List<String> of(RuleSet rules) {
        IdleRules idle = new IdleRules(rules);
        return rules.rulebook().sources().parallelStream()
                .flatMap(source -> idle.told(source).stream())
                .toList();
    }

    private Optional<String> told(RuleFindings.Source source) {
        String file = source.file() + ": ";
        if (!mayBe(source, Looked.FOR_A_CHANGE)) {
            return Optional.of(file
                    + (mayBe(source, Looked.FOR_FIRING)
                            ? "this guardrail never changes a verdict; wherever it fires, others say as much."
                            : "this guardrail can never fire, with the catalog, the calendar and the tickets as they"
                                    + " are."));
        }
        return Optional.empty();
    }

    private enum Looked {
        FOR_FIRING,
        FOR_A_CHANGE
    }

    /** Whether some request shows it, or not all could be looked at. */
    private boolean mayBe(RuleFindings.Source source, Looked what) {
        List<Entitlement> wanted = facts.rules().catalog().all().stream()
                .filter(one -> new Foreknown(one).mayHold(source.rule().when()))
                .toList();
        return wanted.stream().anyMatch(one -> {
            Side side =
                    what == Looked.FOR_FIRING ? new Side(facts, one, List.of(source)) : Side.of(facts, one, EFFECTS);
            Question question = new Question(new Weighing(side), positionOf(source, side), what);
            Walk.Covered covered = new Walk(
                            new Space(List.of(side), Leaves.facts(source.rule().when())),
                            question,
                            MOST_STEPS / wanted.size())
                    .go();
            return question.seen || !covered.isAll();
        });
    }

    private static int positionOf(RuleFindings.Source source, Side side) {
        return side.sources().stream().map(RuleFindings.Source::id).toList().indexOf(source.id());
    }

    /** Whether one rule fires somewhere, or somewhere makes a difference. */
    private static final class Question implements Walk.Question {
        private final Weighing weighing;
        private final int rule;
        private final Looked what;
        private boolean seen;

        Question(Weighing weighing, int rule, Looked what) {
            this.weighing = weighing;
            this.rule = rule;
            this.what = what;
        }

        @Override
        public boolean isSettled(List<BitSet> fired, List<BitSet> known) {
            BitSet so = fired.get(0);
            return known.get(0).get(rule) && !so.get(rule)
                    || what == Looked.FOR_A_CHANGE && weighing.atMost(without(so)) instanceof Verdict.Denied;
        }

        @Override
        public boolean look(List<BitSet> fired, Walk.Combination combination) {
            BitSet so = fired.get(0);
            seen = so.get(rule)
                    && (what == Looked.FOR_FIRING
                            || !Outcome.of(weighing.verdict(so)).equals(Outcome.of(weighing.verdict(without(so)))));
            return !seen;
        }

        private BitSet without(BitSet fired) {
            BitSet others = (BitSet) fired.clone();
            others.clear(rule);
            return others;
        }
    }
}
