package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Constraint.Operator;
import dev.drawbridge.guardrails.Finding.Effect;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.Vocabulary.Kind;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Any rule of the grammar, small enough to be taken. */
final class RandomRule {
    static final List<String> TEXTS = List.of(
            "",
            "a",
            "b",
            "form",
            "a//b",
            "10.0.0.1",
            "when",
            "x @ y+z_-:",
            "a not in b",
            "this.id",
            "null",
            "true",
            "010",
            "01-Jan-2027",
            "a matches b");
    static final List<Duration> DURATIONS = List.of(
            Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofSeconds(90, 500_000_000), Duration.ofDays(2));

    static final List<String> NETWORKS = List.of("10.0.0.0/8", "10.0.0.1/32", "192.0.2.0/24", "::/0", "0.0.0.0/0");
    static final List<String> SPANS = List.of("22:00-06:00", "08:00-18:00", "00:00-12:00", "12:00-24:00");
    static final List<LocalTime> TIMES = List.of(
            LocalTime.MIDNIGHT, LocalTime.of(6, 0), LocalTime.NOON, LocalTime.of(21, 59, 59), LocalTime.of(22, 0));

    private final Random random;
    private final Map<String, Kind> visible = new TreeMap<>();
    private int names;
    private int ors;
    private int held;

    RandomRule(Random random) {
        this.random = random;
    }

    Rule rule(String sentence) {
        List<Clause> when = new ArrayList<>();
        for (int clauses = 1 + random.nextInt(3); clauses > 0; clauses--) {
            when.add(clause(2));
        }
        List<Rule.Consequence> then = new ArrayList<>();
        for (int effects = 1 + random.nextInt(3); effects > 0; effects--) {
            then.add(consequence());
        }
        return new Rule(sentence, when, then);
    }

    private Rule.Consequence consequence() {
        return pick(List.of(
                new Rule.Consequence(Effect.DENY, null),
                new Rule.Consequence(Effect.ALLOW, null),
                new Rule.Consequence(Effect.LIMIT, "PT60M"),
                new Rule.Consequence(Effect.OBLIGE, "masked-columns"),
                new Rule.Consequence(Effect.REQUIRE_APPROVAL, "manager")));
    }

    private Clause clause(int depth) {
        Map<String, Kind> before = Map.copyOf(visible);
        int kind = depth == 0 ? 0 : random.nextInt(8);
        if (kind == 4 || kind == 5) {
            Clause inner = clause(depth - 1);
            seeAgain(before);
            return kind == 4 ? new Clause.Not(inner) : new Clause.Exists(inner);
        }
        if (kind == 6) {
            return new Clause.All(List.of(clause(depth - 1), clause(depth - 1)));
        }
        if (kind == 7 && ors++ < 3) {
            List<Clause> parts = new ArrayList<>();
            for (int count = 0; count < 2; count++) {
                parts.add(clause(depth - 1));
                seeAgain(before);
            }
            return new Clause.Any(parts);
        }
        return pattern();
    }

    private void seeAgain(Map<String, Kind> before) {
        visible.keySet().retainAll(before.keySet());
    }

    private Clause pattern() {
        Fact fact = pick(List.of(Fact.values()));
        while (fact.isOneOfMany() && held++ >= 3) {
            fact = pick(List.of(Fact.values()));
        }
        List<Constraint> constraints = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            constraints.add(names < 4 && random.nextInt(4) == 0 ? naming(fact) : constraint(fact, 2));
        }
        return new Clause.Pattern(fact, constraints);
    }

    private Constraint naming(Fact fact) {
        Operand.Property property = property(fact);
        String name = pick(List.of("$a", "$v", "$resource", "$x")) + names++;
        visible.put(name, property.kind());
        return new Constraint.Naming(name, property);
    }

    private Constraint constraint(Fact fact, int depth) {
        switch (depth == 0 ? 0 : random.nextInt(7)) {
            case 4:
                return new Constraint.Not(
                        random.nextBoolean() && hasTruth(fact) ? holds(fact) : constraint(fact, depth - 1));
            case 5:
                return new Constraint.All(List.of(constraint(fact, depth - 1), constraint(fact, depth - 1)));
            case 6:
                return new Constraint.Any(List.of(constraint(fact, depth - 1), constraint(fact, depth - 1)));
            default:
                return random.nextInt(4) == 0 && hasTruth(fact) ? holds(fact) : comparison(fact);
        }
    }

    private static boolean hasTruth(Fact fact) {
        return fact.properties.containsValue(Kind.TRUTH) || !fact.predicates.isEmpty();
    }

    private Constraint holds(Fact fact) {
        while (true) {
            Operand word = word(fact);
            if (word.kind() == Kind.TRUTH) {
                return new Constraint.Holds(word);
            }
        }
    }

    private Constraint comparison(Fact fact) {
        Operand left = word(fact);
        if (left instanceof Operand.Property && random.nextInt(4) == 0) {
            List<Operand> values = new ArrayList<>();
            for (int count = 1 + random.nextInt(3); count > 0; count--) {
                values.add(literal(left.kind()));
            }
            return new Constraint.Among(left, random.nextBoolean(), values);
        }
        Operator operator = pick(List.of(Operator.values()));
        if (operator.needsOrder() && !left.kind().isOrdered()) {
            operator = random.nextBoolean() ? Operator.IS : Operator.IS_NOT;
        }
        return new Constraint.Compared(left, operator, right(fact, left.kind()));
    }

    private Operand right(Fact fact, Kind kind) {
        List<Operand> possible = new ArrayList<>(List.of(literal(kind)));
        visible.forEach((name, named) -> {
            if (named == kind) {
                possible.add(new Operand.Named(name, kind));
            }
        });
        fact.properties.forEach((word, of) -> {
            if (of == kind) {
                possible.add(new Operand.Property(word, kind));
            }
        });
        return pick(possible);
    }

    private Operand word(Fact fact) {
        if (!fact.predicates.isEmpty() && random.nextInt(3) == 0) {
            String word = pick(fact.predicates.keySet().stream().sorted().toList());
            return switch (fact.predicates.get(word)) {
                case DURATION -> new Operand.Lasting(word, pick(DURATIONS));
                case GROUP -> new Operand.Belonging(word, pick(TEXTS.subList(1, TEXTS.size())));
                case NETWORK -> new Operand.Within(word, pick(NETWORKS));
                case TIMES -> new Operand.Between(word, pick(SPANS));
            };
        }
        return property(fact);
    }

    private Operand.Property property(Fact fact) {
        String word = pick(fact.properties.keySet().stream().sorted().toList());
        return new Operand.Property(word, fact.properties.get(word));
    }

    private Operand literal(Kind kind) {
        return switch (kind) {
            case TRUTH -> new Operand.Truth(random.nextBoolean());
            case NUMBER -> new Operand.Number(random.nextInt(4));
            case TEXT -> new Operand.Text(pick(TEXTS));
            case SENSITIVITY -> new Operand.Constant("Sensitivity", pick(Vocabulary.CONSTANTS.get("Sensitivity")));
            case ACCESS_LEVEL -> new Operand.Constant("AccessLevel", pick(Vocabulary.CONSTANTS.get("AccessLevel")));
            case DAY -> new Operand.Constant("DayOfWeek", pick(Vocabulary.CONSTANTS.get("DayOfWeek")));
            case EMPLOYMENT -> new Operand.Constant("Employment", pick(Vocabulary.CONSTANTS.get("Employment")));
        };
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
