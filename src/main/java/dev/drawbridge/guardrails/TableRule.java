package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Finding.Effect;
import dev.drawbridge.guardrails.Vocabulary.Argument;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.Vocabulary.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a guardrail from the cells of a row. Every character of it is ours, but for values of alphabets that mean nothing to who
 * reads guardrails: a cell is never pasted in. What comes out is inspected like a guardrail that somebody has typed.
 */
final class TableRule {
    /** What a cell holds that is none of the values that belong there; says what does. */
    static final class NoValue extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoValue(String sentence) {
            super(sentence);
        }
    }

    private static final Pattern COMPARED = Pattern.compile("(<=|>=|<|>) *(.*)");
    private static final Pattern NEGATED = Pattern.compile("not +(.*)");
    private static final Pattern PARAMETER = Pattern.compile("[a-z][A-Za-z0-9]{0,59}");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final Pattern DURATION = Pattern.compile("P[A-Z0-9.]{1,20}");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9 ._:@/+-]{1,100}");
    private static final int MOST_VALUES = 40;

    private final Map<String, String> limits = new LinkedHashMap<>();
    private final Map<Fact, List<String>> facts = new LinkedHashMap<>();
    private final List<String> held = new ArrayList<>();
    private final List<String> effects = new ArrayList<>();

    /** Whether it says when, or does something; else it holds always, or means nothing. */
    boolean speaks() {
        return !facts.isEmpty() || !held.isEmpty();
    }

    boolean does() {
        return !effects.isEmpty();
    }

    /** As a file of a guardrail would say it; {@code sentence} is one that may stand in quotation marks. */
    String text(String sentence) {
        String named = limits.entrySet().stream()
                .map(limit -> limit.getValue() + " : " + limit.getKey())
                .collect(Collectors.joining(", "));
        Stream<String> when = Stream.concat(
                facts.entrySet().stream()
                        .map(fact -> fact.getKey().word + "( " + String.join(", ", fact.getValue()) + " )"),
                held.stream());
        return "rule \"" + sentence + "\"\nwhen\n" + (named.isEmpty() ? "" : NamedLimits.WORD + "( " + named + " )\n")
                + when.collect(Collectors.joining("\n")) + "\nthen\n" + String.join("\n", effects) + "\nend\n";
    }

    /** Adds what a cell says of a fact. */
    void when(TableColumn.Condition column, String cell) {
        boolean negated = NEGATED.matcher(cell).matches();
        Matcher compared = COMPARED.matcher(cell);
        String said;
        if (compared.matches()) {
            if (!isOrdered(column)) {
                throw new NoValue("one of this is not more than another; write what it is, or 'not' before it");
            }
            said = column.word() + " " + compared.group(1) + " " + value(column, compared.group(2));
        } else {
            said = oneOf(column, negated && !column.fact().isOneOfMany(), values(negated ? after(cell) : cell));
        }
        if (column.fact().isOneOfMany()) {
            held.add((negated ? "not " : "exists ") + column.fact().word + "( " + said + " )");
        } else {
            facts.computeIfAbsent(column.fact(), unseen -> new ArrayList<>()).add(said);
        }
    }

    private static String after(String cell) {
        Matcher negated = NEGATED.matcher(cell);
        return negated.matches() ? negated.group(1) : cell;
    }

    private static boolean isOrdered(TableColumn.Condition column) {
        Kind kind = column.fact().properties.get(column.word());
        return kind != null && kind.isOrdered();
    }

    private static List<String> values(String cell) {
        List<String> values = Stream.of(cell.split(",", -1)).map(String::strip).toList();
        if (values.size() > MOST_VALUES || values.stream().distinct().count() < values.size()) {
            throw new NoValue("of values there are " + MOST_VALUES + " at most, each once");
        }
        return values;
    }

    private String oneOf(TableColumn.Condition column, boolean negated, List<String> values) {
        String word = column.word();
        List<String> written =
                values.stream().map(value -> value(column, value)).toList();
        if (column.fact().predicates.containsKey(word)) {
            String any = written.stream().map(value -> word + "(" + value + ")").collect(Collectors.joining(" || "));
            return negated ? "!( " + any + " )" : any;
        }
        if (written.size() == 1) {
            return word + (negated ? " != " : " == ") + written.get(0);
        }
        return word + (negated ? " not in ( " : " in ( ") + String.join(", ", written) + " )";
    }

    private String value(TableColumn.Condition column, String value) {
        Argument argument = column.fact().predicates.get(column.word());
        if (argument == Argument.DURATION) {
            return duration(value);
        }
        Kind kind = argument == null ? column.fact().properties.getOrDefault(column.word(), Kind.TEXT) : Kind.TEXT;
        return switch (kind) {
            case TRUTH -> String.valueOf(isYes(value));
            case NUMBER ->
                NUMBER.matcher(value).matches()
                        ? value
                        : parameter(value, "a number, or a name of rules/" + Parameters.FILE);
            case TEXT -> quoted(value);
            case SENSITIVITY -> "Sensitivity." + constant(value);
            case ACCESS_LEVEL -> "AccessLevel." + constant(value);
            case DAY -> "DayOfWeek." + constant(value);
            case EMPLOYMENT -> "Employment." + constant(value);
        };
    }

    /** Adds what the guardrail does by this cell. */
    void then(TableColumn.Does column, String cell) {
        if (column.effect() == Effect.DENY || column.effect() == Effect.ALLOW) {
            if (isYes(cell)) {
                effects.add("guardrail." + column.word() + "();");
            }
            return;
        }
        for (String value : values(cell)) {
            effects.add("guardrail." + column.word() + "("
                    + (column.effect() == Effect.LIMIT ? duration(value) : quoted(value)) + ");");
        }
    }

    private static boolean isYes(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "yes", "true" -> true;
            case "no", "false" -> false;
            default -> throw new NoValue("here belongs yes or no");
        };
    }

    private static String constant(String value) {
        if (!CONSTANT.matcher(value).matches()) {
            throw new NoValue("here belongs a word of capital letters, such as HIGH");
        }
        return value;
    }

    private static String quoted(String value) {
        if (!TEXT.matcher(value).matches()) {
            throw new NoValue(
                    "here belong words of letters from a to z, digits, spaces and . _ : @ / + -, with commas between"
                            + " them");
        }
        return '"' + value + '"';
    }

    private String duration(String value) {
        return DURATION.matcher(value).matches()
                ? quoted(value)
                : parameter(value, "a duration such as PT1H, or a name of rules/" + Parameters.FILE);
    }

    private String parameter(String name, String what) {
        if (!PARAMETER.matcher(name).matches()) {
            throw new NoValue("here belongs " + what);
        }
        return limits.computeIfAbsent(name, unseen -> "$limit" + limits.size());
    }
}
