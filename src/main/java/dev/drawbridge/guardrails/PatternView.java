package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.ConstraintMeaning.Check;
import dev.drawbridge.guardrails.ConstraintMeaning.Slots;
import dev.drawbridge.guardrails.OperandMeaning.Worth;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one pattern of a rule can see of a fact. Two facts of which no pattern sees anything else are one to the rules: only one of
 * them needs to be tried.
 */
final class PatternView {
    private static final @Nullable Object[] NO_NAMES = new Object[0];

    private final Fact kind;
    private final List<Check> alone = new ArrayList<>();
    private final List<Worth> compared = new ArrayList<>();

    private PatternView(Clause.Pattern pattern) {
        kind = pattern.fact();
        ConstraintMeaning meaning = new ConstraintMeaning(kind, new Slots());
        for (Constraint constraint : pattern.constraints()) {
            if (Leaves.isAlone(constraint)) {
                alone.add(meaning.of(constraint));
            } else {
                // What it is compared with is another fact's: its words count as they are.
                Leaves.words(constraint)
                        .forEach(word -> compared.add(meaning.words().of(word)));
            }
        }
    }

    /** One for each pattern of these conditions. */
    static List<PatternView> of(Stream<List<Clause>> conditions) {
        return conditions
                .flatMap(List::stream)
                .flatMap(Leaves::patterns)
                .distinct()
                .map(PatternView::new)
                .toList();
    }

    static PatternView of(Clause.Pattern pattern) {
        return new PatternView(pattern);
    }

    boolean isOf(Fact fact) {
        return kind == fact;
    }

    /** Whether it may match the fact, whatever the others are. */
    boolean mayMatch(Object fact) {
        return alone.stream().allMatch(check -> check.holds(fact, NO_NAMES));
    }

    /** Equal for facts that are one to it. */
    List<@Nullable Object> of(Object fact) {
        if (!mayMatch(fact)) {
            return List.of();
        }
        List<@Nullable Object> seen = new ArrayList<>();
        seen.add(true);
        compared.forEach(word -> seen.add(word.of(fact, NO_NAMES)));
        return seen;
    }
}
