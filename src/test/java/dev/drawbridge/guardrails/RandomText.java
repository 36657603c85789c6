package dev.drawbridge.guardrails;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** A rule as a person might have typed it: any layout, any comments, any of the ways to say the same. */
final class RandomText {
    private static final List<String> BETWEEN = List.of(
            " ",
            "\n",
            "\r\n",
            "\t",
            " /* why */ ",
            "/**/",
            " // so it is\n",
            "# \"quoted\" */\n",
            "/* \\u0022 // # \n then end */");

    private final Random random;

    RandomText(Random random) {
        this.random = random;
    }

    String of(Rule rule) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
        if (random.nextBoolean()) {
            text.append(spaced("package rules", "import dev.drawbridge.guardrails.facts.*;"));
            text.append(spaced("global dev.drawbridge.guardrails.facts.Guardrail guardrail", ";"));
        }
        text.append(spaced("rule", "\"" + rule.sentence() + "\"", "when"));
        rule.when().forEach(clause -> text.append(spaced(top(clause))));
        text.append(spaced("then"));
        rule.then()
                .forEach(then -> text.append(spaced(
                        "guardrail",
                        ".",
                        word(then),
                        "(",
                        then.value() == null ? "" : "\"" + then.value() + "\"",
                        ")",
                        ";")));
        return text.append(spaced("end")).toString();
    }

    private static String word(Rule.Consequence then) {
        return switch (then.effect()) {
            case DENY -> "deny";
            case ALLOW -> "allow";
            case LIMIT -> "limit";
            case OBLIGE -> "oblige";
            case REQUIRE_APPROVAL -> "requireApproval";
            case FAILED -> throw new IllegalArgumentException();
        };
    }

    private String spaced(String... parts) {
        return java.util.Arrays.stream(parts).map(part -> part + space()).collect(Collectors.joining("", space(), ""));
    }

    private String space() {
        return random.nextInt(3) == 0 ? BETWEEN.get(random.nextInt(BETWEEN.size())) : " ";
    }

    private String top(Clause clause) {
        if (random.nextBoolean() && clause instanceof Clause.Any any) {
            return any.parts().stream().map(this::clause).collect(Collectors.joining(or()));
        }
        return clause(clause);
    }

    private String clause(Clause clause) {
        if (clause instanceof Clause.Pattern pattern) {
            String all = pattern.constraints().stream().map(this::constraint).collect(Collectors.joining(spaced(",")));
            return spaced(pattern.fact().word, "(", all, ")");
        }
        if (clause instanceof Clause.Not not) {
            return spaced("not", grouped(not.inner()));
        }
        if (clause instanceof Clause.Exists exists) {
            return spaced("exists", grouped(exists.inner()));
        }
        return clause instanceof Clause.All all
                ? joined(all.parts(), and())
                : joined(((Clause.Any) clause).parts(), or());
    }

    private String grouped(Clause inner) {
        return inner instanceof Clause.Pattern && random.nextBoolean()
                ? clause(inner)
                : "(" + clause(inner) + space() + ")";
    }

    private String joined(List<Clause> parts, String by) {
        return parts.stream().map(this::clause).collect(Collectors.joining(by, "(", ")"));
    }

    private String or() {
        return random.nextBoolean() ? " or " : spaced("||");
    }

    private String and() {
        return random.nextBoolean() ? " and " : spaced("&&");
    }

    private String constraint(Constraint constraint) {
        if (constraint instanceof Constraint.Naming naming) {
            return spaced(naming.name(), ":", naming.property().word());
        }
        if (constraint instanceof Constraint.Holds holds) {
            return operand(holds.word());
        }
        if (constraint instanceof Constraint.Compared compared) {
            return spaced(operand(compared.left()), compared.operator().symbol, operand(compared.right()));
        }
        if (constraint instanceof Constraint.Among among) {
            return spaced(operand(among.left()), among.negated() ? "not" : " ", "in", "(")
                    + among.values().stream().map(this::operand).collect(Collectors.joining(spaced(",")))
                    + ")";
        }
        if (constraint instanceof Constraint.Not not) {
            return not.inner() instanceof Constraint.Holds holds && random.nextBoolean()
                    ? "!" + space() + operand(holds.word())
                    : "!" + space() + "(" + constraint(not.inner()) + ")";
        }
        return constraint instanceof Constraint.All all
                ? all.parts().stream().map(this::constraint).collect(Collectors.joining("&&", "(", ")"))
                : ((Constraint.Any) constraint)
                        .parts().stream().map(this::constraint).collect(Collectors.joining("||", "(", ")"));
    }

    private String operand(Operand operand) {
        if (operand instanceof Operand.Property property) {
            return property.word();
        }
        if (operand instanceof Operand.Lasting lasting) {
            return spaced(lasting.word(), "(", "\"" + lasting.than() + "\"", ")");
        }
        if (operand instanceof Operand.Belonging belonging) {
            return spaced(belonging.word(), "(", "\"" + belonging.group() + "\"", ")");
        }
        if (operand instanceof Operand.Within within) {
            return spaced(within.word(), "(", "\"" + within.network() + "\"", ")");
        }
        if (operand instanceof Operand.Between between) {
            return spaced(between.word(), "(", "\"" + between.times() + "\"", ")");
        }
        if (operand instanceof Operand.Named named) {
            return named.name();
        }
        if (operand instanceof Operand.Text text) {
            return "\"" + text.value() + "\"";
        }
        if (operand instanceof Operand.Number number) {
            return String.valueOf(number.value());
        }
        if (operand instanceof Operand.Truth truth) {
            return String.valueOf(truth.value());
        }
        Operand.Constant constant = (Operand.Constant) operand;
        return constant.type() + space() + "." + space() + constant.name();
    }
}
