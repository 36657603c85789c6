package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.Sensitivity;
import dev.drawbridge.directory.Employment;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import java.time.DayOfWeek;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether a condition holds of some facts, read from the rule itself. It only tells what was missing: nothing is judged by it, and a
 * test holds it against the compiled rules.
 */
final class Conditions {
    private final List<?> facts;

    Conditions(List<?> facts) {
        this.facts = facts;
    }

    boolean hold(List<Clause> clauses) {
        return all(clauses, Map.of(), names -> true);
    }

    private boolean all(List<Clause> clauses, Map<String, Object> names, Predicate<Map<String, Object>> then) {
        return clauses.isEmpty()
                ? then.test(names)
                : holds(clauses.get(0), names, more -> all(clauses.subList(1, clauses.size()), more, then));
    }

    /** {@code then}: what else is to hold, with the names that this clause has given. */
    private boolean holds(Clause clause, Map<String, Object> names, Predicate<Map<String, Object>> then) {
        if (clause instanceof Clause.Not not) {
            return !holds(not.inner(), names, more -> true) && then.test(names);
        }
        if (clause instanceof Clause.Exists exists) {
            return holds(exists.inner(), names, more -> true) && then.test(names);
        }
        if (clause instanceof Clause.All all) {
            return all(all.parts(), names, then);
        }
        if (clause instanceof Clause.Any any) {
            return any.parts().stream().anyMatch(part -> holds(part, names, then));
        }
        Clause.Pattern pattern = (Clause.Pattern) clause;
        return facts.stream()
                .filter(fact -> fact.getClass().getSimpleName().equals(pattern.fact().word))
                .anyMatch(fact -> {
                    Map<String, Object> more = new HashMap<>(names);
                    return pattern.constraints().stream().allMatch(constraint -> holds(constraint, fact, more))
                            && then.test(more);
                });
    }

    private static boolean holds(Constraint constraint, Object fact, Map<String, Object> names) {
        if (constraint instanceof Constraint.Naming naming) {
            names.put(naming.name(), value(naming.property(), fact, names));
            return true;
        }
        if (constraint instanceof Constraint.Holds holds) {
            return Boolean.TRUE.equals(value(holds.word(), fact, names));
        }
        if (constraint instanceof Constraint.Among among) {
            Object left = value(among.left(), fact, names);
            return among.negated()
                    != among.values().stream().anyMatch(one -> Objects.equals(left, value(one, fact, names)));
        }
        if (constraint instanceof Constraint.Not not) {
            return !holds(not.inner(), fact, names);
        }
        if (constraint instanceof Constraint.All all) {
            return all.parts().stream().allMatch(part -> holds(part, fact, names));
        }
        if (constraint instanceof Constraint.Any any) {
            return any.parts().stream().anyMatch(part -> holds(part, fact, names));
        }
        Constraint.Compared compared = (Constraint.Compared) constraint;
        return compared(value(compared.left(), fact, names), compared.operator(), value(compared.right(), fact, names));
    }

    @SuppressWarnings("unchecked")
    private static boolean compared(@Nullable Object left, Constraint.Operator operator, @Nullable Object right) {
        if (!operator.needsOrder() || left == null || right == null) {
            return Objects.equals(left, right) == (operator == Constraint.Operator.IS);
        }
        int order = ((Comparable<Object>) left).compareTo(right);
        return switch (operator) {
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case MORE -> order > 0;
            case AT_LEAST -> order >= 0;
            case IS, IS_NOT -> throw new IllegalStateException("They need no order.");
        };
    }

    private static @Nullable Object value(Operand operand, Object fact, Map<String, Object> names) {
        if (operand instanceof Operand.Property property) {
            return property(property.word(), fact);
        }
        if (operand instanceof Operand.Lasting lasting) {
            String than = lasting.than().toString();
            return switch (lasting.word()) {
                case "longerThan" -> ((Asked) fact).longerThan(than);
                case "startsAfter" -> ((Asked) fact).startsAfter(than);
                default -> ((SignedIn) fact).olderThan(than);
            };
        }
        if (operand instanceof Operand.Belonging belonging) {
            return ((Requester) fact).belongsTo(belonging.group());
        }
        if (operand instanceof Operand.Within within) {
            return ((SignedIn) fact).addressIn(within.network());
        }
        if (operand instanceof Operand.Between between) {
            return ((Moment) fact).between(between.times());
        }
        if (operand instanceof Operand.Named named) {
            return names.get(named.name());
        }
        return constant(operand);
    }

    private static Object constant(Operand operand) {
        if (operand instanceof Operand.Text text) {
            return text.value();
        }
        if (operand instanceof Operand.Number number) {
            return number.value();
        }
        if (operand instanceof Operand.Truth truth) {
            return truth.value();
        }
        Operand.Constant constant = (Operand.Constant) operand;
        return switch (constant.type()) {
            case "Sensitivity" -> Sensitivity.valueOf(constant.name());
            case "AccessLevel" -> AccessLevel.valueOf(constant.name());
            case "Employment" -> Employment.valueOf(constant.name());
            default -> DayOfWeek.valueOf(constant.name());
        };
    }

    private static @Nullable Object property(String word, Object fact) {
        try {
            return fact.getClass().getMethod(word).invoke(fact);
        } catch (ReflectiveOperationException unknown) {
            throw new IllegalStateException(unknown);
        }
    }
}
