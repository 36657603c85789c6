package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** What a rule means, said once more and without Drools: whether its condition holds of these facts. */
final class Reference {
    private final List<?> facts;

    Reference(List<?> facts) {
        this.facts = facts;
    }

    boolean holds(Rule rule) {
        return all(rule.when(), Map.of(), names -> true);
    }

    private boolean all(List<Clause> clauses, Map<String, Object> names, Predicate<Map<String, Object>> then) {
        return clauses.isEmpty()
                ? then.test(names)
                : holds(clauses.get(0), names, more -> all(clauses.subList(1, clauses.size()), more, then));
    }

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
            return (Boolean) value(holds.word(), fact, names);
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
    private static boolean compared(Object left, Constraint.Operator operator, Object right) {
        return switch (operator) {
            case IS -> Objects.equals(left, right);
            case IS_NOT -> !Objects.equals(left, right);
            case LESS -> ((Comparable<Object>) left).compareTo(right) < 0;
            case AT_MOST -> ((Comparable<Object>) left).compareTo(right) <= 0;
            case MORE -> ((Comparable<Object>) left).compareTo(right) > 0;
            case AT_LEAST -> ((Comparable<Object>) left).compareTo(right) >= 0;
        };
    }

    private static Object value(Operand operand, Object fact, Map<String, Object> names) {
        if (operand instanceof Operand.Property property) {
            try {
                return fact.getClass().getMethod(property.word()).invoke(fact);
            } catch (ReflectiveOperationException unknown) {
                throw new IllegalStateException(unknown);
            }
        }
        if (operand instanceof Operand.Lasting lasting) {
            return length(lasting.word(), fact).compareTo(lasting.than()) > 0;
        }
        if (operand instanceof Operand.Belonging belonging) {
            return ((Requester) fact).groups().contains(belonging.group());
        }
        if (operand instanceof Operand.Within within) {
            return isIn(((SignedIn) fact).address(), within.network());
        }
        if (operand instanceof Operand.Between between) {
            return isBetween(((Moment) fact).time(), between.times());
        }
        if (operand instanceof Operand.Named named) {
            return names.get(named.name());
        }
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
            case "Sensitivity" -> dev.drawbridge.catalog.Sensitivity.valueOf(constant.name());
            case "DayOfWeek" -> DayOfWeek.valueOf(constant.name());
            case "Employment" -> dev.drawbridge.directory.Employment.valueOf(constant.name());
            default -> dev.drawbridge.catalog.AccessLevel.valueOf(constant.name());
        };
    }

    private static Duration length(String word, Object fact) {
        return switch (word) {
            case "longerThan" -> ((Asked) fact).duration();
            case "startsAfter" -> ((Asked) fact).startsIn();
            default -> ((SignedIn) fact).age();
        };
    }

    /** By a library that the product does not use for it. */
    private static boolean isIn(String address, String network) {
        return address.matches("[0-9.]+") && address.contains(".") && new IpAddressMatcher(network).matches(address);
    }

    private static boolean isBetween(LocalTime time, String times) {
        LocalTime from = LocalTime.parse(times.substring(0, 5));
        boolean untilMidnight = times.endsWith("24:00");
        LocalTime to = untilMidnight ? LocalTime.MAX : LocalTime.parse(times.substring(6));
        boolean begun = !time.isBefore(from);
        boolean over = !time.isBefore(to);
        return from.isBefore(to) ? begun && !over : begun || !over;
    }
}
