package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Constraint.Operator;
import dev.drawbridge.guardrails.OperandMeaning.Worth;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the constraints on one fact mean: made once from the tree, then asked of many facts. */
final class ConstraintMeaning {
    /** Whether a fact is so; {@code names} holds what other facts have given names to, and takes what this one does. */
    interface Check {
        boolean holds(Object fact, @Nullable Object[] names);
    }

    /** Where the names of a rule are kept. */
    static final class Slots {
        private final Map<String, Integer> byName = new HashMap<>();

        int of(String name) {
            return byName.computeIfAbsent(name, unseen -> byName.size());
        }

        int size() {
            return byName.size();
        }
    }

    private final Slots slots;
    private final OperandMeaning words;

    ConstraintMeaning(Fact fact, Slots slots) {
        this.slots = slots;
        this.words = new OperandMeaning(fact, slots);
    }

    OperandMeaning words() {
        return words;
    }

    Check of(Constraint constraint) {
        if (constraint instanceof Constraint.Naming naming) {
            int slot = slots.of(naming.name());
            Worth worth = words.of(naming.property());
            return (one, names) -> {
                names[slot] = worth.of(one, names);
                return true;
            };
        }
        if (constraint instanceof Constraint.Holds holds) {
            Worth worth = words.of(holds.word());
            return (one, names) -> Boolean.TRUE.equals(worth.of(one, names));
        }
        if (constraint instanceof Constraint.Compared compared) {
            Worth left = words.of(compared.left());
            Worth right = words.of(compared.right());
            return (one, names) -> holds(left.of(one, names), compared.operator(), right.of(one, names));
        }
        if (constraint instanceof Constraint.Among among) {
            Worth left = words.of(among.left());
            List<Worth> values = among.values().stream().map(words::of).toList();
            return (one, names) -> {
                Object sought = left.of(one, names);
                return among.negated()
                        != values.stream().anyMatch(value -> Objects.equals(sought, value.of(one, names)));
            };
        }
        if (constraint instanceof Constraint.Not not) {
            Check inner = of(not.inner());
            return (one, names) -> !inner.holds(one, names);
        }
        if (constraint instanceof Constraint.All all) {
            List<Check> parts = all.parts().stream().map(this::of).toList();
            return (one, names) -> parts.stream().allMatch(part -> part.holds(one, names));
        }
        List<Check> parts =
                ((Constraint.Any) constraint).parts().stream().map(this::of).toList();
        return (one, names) -> parts.stream().anyMatch(part -> part.holds(one, names));
    }

    @SuppressWarnings("unchecked") // only what is of one kind is compared, and only where that has an order
    private static boolean holds(@Nullable Object left, Operator operator, @Nullable Object right) {
        if (operator == Operator.IS || operator == Operator.IS_NOT) {
            return Objects.equals(left, right) == (operator == Operator.IS);
        }
        int order = ((Comparable<Object>) Objects.requireNonNull(left)).compareTo(Objects.requireNonNull(right));
        return switch (operator) {
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case MORE -> order > 0;
            default -> order >= 0;
        };
    }
}
