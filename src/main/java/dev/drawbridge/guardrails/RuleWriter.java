package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Constraint.Naming;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the DRL that the compiler is given. Every character of it is ours: words of the vocabulary, numbers, names that
 * we count, and texts of a plain alphabet. The sentence, the file's name and what the effects carry stay with the
 * {@link Rulebook}, which the rule's number leads back to.
 */
final class RuleWriter {
    private static final String PACKAGE = "dev.drawbridge.guardrails.facts";

    private final Map<String, String> names = new HashMap<>();

    private RuleWriter() {}

    static String nameOf(int number) {
        return "rule_" + number;
    }

    static String write(int number, Rule rule) {
        RuleWriter writer = new RuleWriter();
        return "package rules;\nimport " + PACKAGE
                + ".*;\nimport dev.drawbridge.catalog.*;\nimport dev.drawbridge.directory.Employment;\nimport java.time.DayOfWeek;\nglobal "
                + PACKAGE
                + ".Firing firing;\nrule \"" + nameOf(number) + "\"\nwhen\n"
                + rule.when().stream()
                        .map(clause -> writer.clause(clause) + "\n")
                        .collect(Collectors.joining())
                + "then\nfiring.of(" + number + ");\nend\n";
    }

    /** A part of a condition, as somebody who writes rules would read it. */
    static String told(Clause part) {
        return new RuleWriter().clause(part);
    }

    private String clause(Clause clause) {
        if (clause instanceof Clause.Pattern pattern) {
            return pattern.fact().word + "("
                    + pattern.constraints().stream().map(this::constraint).collect(Collectors.joining(", ")) + ")";
        }
        if (clause instanceof Clause.Not not) {
            return "not " + grouped(not.inner());
        }
        if (clause instanceof Clause.Exists exists) {
            return "exists " + grouped(exists.inner());
        }
        if (clause instanceof Clause.All all) {
            return joined(all.parts(), " and ");
        }
        return joined(((Clause.Any) clause).parts(), " or ");
    }

    private String grouped(Clause inner) {
        return inner instanceof Clause.Not || inner instanceof Clause.Exists
                ? "(" + clause(inner) + ")"
                : clause(inner);
    }

    private String joined(List<Clause> parts, String by) {
        return parts.stream().map(this::clause).collect(Collectors.joining(by, "(", ")"));
    }

    private String constraint(Constraint constraint) {
        if (constraint instanceof Naming naming) {
            return named(naming.name()) + " : " + naming.property().word();
        }
        if (constraint instanceof Constraint.Holds holds) {
            return operand(holds.word());
        }
        if (constraint instanceof Constraint.Compared compared) {
            return operand(compared.left()) + " " + compared.operator().symbol + " " + operand(compared.right());
        }
        if (constraint instanceof Constraint.Among among) {
            return among.values().stream()
                    .map(this::operand)
                    .collect(Collectors.joining(
                            ", ", operand(among.left()) + (among.negated() ? " not" : "") + " in (", ")"));
        }
        if (constraint instanceof Constraint.Not not) {
            return "!(" + constraint(not.inner()) + ")";
        }
        if (constraint instanceof Constraint.All all) {
            return all.parts().stream().map(this::constraint).collect(Collectors.joining(" && ", "(", ")"));
        }
        return ((Constraint.Any) constraint)
                .parts().stream().map(this::constraint).collect(Collectors.joining(" || ", "(", ")"));
    }

    private String operand(Operand operand) {
        if (operand instanceof Operand.Property property) {
            return property.word();
        }
        if (operand instanceof Operand.Lasting lasting) {
            return lasting.word() + "(\"" + lasting.than() + "\")";
        }
        if (operand instanceof Operand.Belonging belonging) {
            return belonging.word() + "(\"" + belonging.group() + "\")";
        }
        if (operand instanceof Operand.Within within) {
            return within.word() + "(\"" + within.network() + "\")";
        }
        if (operand instanceof Operand.Between between) {
            return between.word() + "(\"" + between.times() + "\")";
        }
        if (operand instanceof Operand.Named name) {
            return named(name.name());
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
        return constant.type() + "." + constant.name();
    }

    private String named(String name) {
        return names.computeIfAbsent(name, unseen -> "$v" + names.size());
    }
}
