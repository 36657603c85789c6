package dev.drawbridge.process;

import dev.drawbridge.process.Meaning.Kind;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;

/**
 * Holds an expression against what there is: beans, methods, variables, and the words that these can answer. What does not
 * exist is refused when it is published, and not when the next request comes by.
 */
final class ExpressionCheck {
    static final String NAME = "[A-Za-z][A-Za-z0-9]{0,60}";
    static final String WORD = "'[A-Za-z0-9_.@-]{0,60}'";
    private static final String ARGUMENT = "(?:" + NAME + "|" + WORD + ")";
    static final String CALL = NAME + "\\." + NAME + "\\((?:" + ARGUMENT + "(?:, ?" + ARGUMENT + "){0,9})?\\)";
    static final String CONSTANT = "(?:" + WORD + "|true|false|[0-9]{1,9})";
    static final String COMPARES = " ?(?:==|!=|<=|>=|<|>) ?";
    static final String CLAUSE = "(?:!|not )?(?:" + CALL + "|" + NAME + ")(?:" + COMPARES + CONSTANT + ")?";
    static final String JOINS = " (?:and|or|&&|\\|\\|) ";

    private static final Pattern PARTS = Pattern.compile("(?<not>!|not )?(?:(?<bean>" + NAME + ")\\.(?<method>" + NAME
            + ")\\((?<arguments>[^)]*)\\)|(?<variable>" + NAME + "))(?: ?(?<operator>==|!=|<=|>=|<|>) ?(?<constant>"
            + CONSTANT + "))?");
    private static final Pattern JOINED = Pattern.compile(JOINS);

    private final String expression;
    private final Set<Kind> wanted;
    private final Reach reach;

    private ExpressionCheck(String expression, Set<Kind> wanted, Reach reach) {
        this.expression = expression;
        this.wanted = wanted;
        this.reach = reach;
    }

    /** Why the expression, which is of a known form, cannot stand where something {@code wanted} belongs; null where it can. */
    static @Nullable String wrongWith(String expression, Set<Kind> wanted, Reach reach) {
        return new ExpressionCheck(NotPublished.shown(expression), wanted, reach).wrong(expression);
    }

    private @Nullable String wrong(String written) {
        String inside = written.substring(2, written.length() - 1).strip();
        for (String clause : JOINED.split(inside)) {
            Matcher parts = PARTS.matcher(clause);
            String wrong = parts.matches() ? wrongWith(parts) : said("cannot be read");
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private @Nullable String wrongWith(Matcher parts) {
        String variable = parts.group("variable");
        String wrong = variable == null ? wrongWithCall(parts) : wrongWithVariable(variable);
        if (wrong != null) {
            return wrong;
        }
        Meaning meaning = variable == null
                ? reach.vocabulary().meaning(parts.group("bean"), method(parts).orElseThrow())
                : meaning(variable);
        String named = variable == null ? parts.group("bean") + "." + parts.group("method") : variable;
        return parts.group("operator") == null
                ? wrongAlone(named, meaning, parts.group("not") != null)
                : wrongCompared(named, meaning, parts);
    }

    private @Nullable String wrongWithVariable(String variable) {
        // The engine finds a bean before it looks for a variable.
        if (reach.variables().containsKey(variable) && !reach.vocabulary().containsKey(variable)) {
            return null;
        }
        String lacking = reach.lacking().get(variable);
        if (lacking != null) {
            return said("reads '" + variable + "', which " + lacking);
        }
        return reach.vocabulary().containsKey(variable)
                ? "'" + variable + "' is not part of what processes may use here"
                : said("names '" + variable + "', which nothing sets there; variables there are: "
                        + reach.variablesInOrder());
    }

    private Meaning meaning(String variable) {
        return reach.variables().getOrDefault(variable, Meaning.of(Kind.ANYTHING));
    }

    private @Nullable String wrongWithCall(Matcher parts) {
        String bean = parts.group("bean");
        String method = parts.group("method");
        List<String> methods = reach.vocabulary().methods(bean);
        if (!methods.contains(method)) {
            return "'" + bean + "." + method + "' in " + expression + " is not part of what processes may use; "
                    + (methods.isEmpty()
                            ? "there are "
                                    + String.join(", ", reach.vocabulary().asked())
                            : bean + " has " + String.join(", ", methods));
        }
        Optional<Method> known = method(parts);
        return known.isEmpty()
                ? said("asks " + bean + "." + method + " in another way than "
                        + reach.vocabulary().signature(bean, method))
                : wrongWithArguments(parts, known.get());
    }

    private Optional<Method> method(Matcher parts) {
        return reach.vocabulary()
                .method(
                        parts.group("bean"),
                        parts.group("method"),
                        arguments(parts).size());
    }

    private static List<String> arguments(Matcher parts) {
        String arguments = parts.group("arguments");
        return arguments.isBlank()
                ? List.of()
                : Arrays.stream(arguments.split(",", -1)).map(String::strip).toList();
    }

    private @Nullable String wrongWithArguments(Matcher parts, Method method) {
        List<String> arguments = arguments(parts);
        for (int position = 0; position < arguments.size(); position++) {
            String argument = arguments.get(position);
            Parameter parameter = method.getParameters()[position];
            boolean isExecution = parameter.getType() == DelegateExecution.class;
            if (isExecution != argument.equals(ProcessVariables.EXECUTION)) {
                return said("asks " + parts.group("bean") + "." + parts.group("method") + " in another way than "
                        + reach.vocabulary().signature(parts.group("bean"), parts.group("method")));
            }
            String wrong = isExecution ? null : wrongWithArgument(parts, parameter, argument);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private @Nullable String wrongWithArgument(Matcher parts, Parameter parameter, String argument) {
        Set<Kind> kinds = Set.of(Meaning.of(parameter.getType(), Set.of()).kind());
        if (!argument.startsWith("'")) {
            String wrong = wrongWithVariable(argument);
            return wrong != null || meaning(argument).is(kinds)
                    ? wrong
                    : said("hands on '" + argument + "' where " + spoken(kinds) + " belongs");
        }
        String word = argument.substring(1, argument.length() - 1);
        Meaning meaning = new Meaning(Kind.TEXT, reach.vocabulary().words(parts.group("bean"), parts.group("method")));
        if (!kinds.contains(Kind.TEXT)) {
            return said("hands on a text where " + spoken(kinds) + " belongs");
        }
        return meaning.canBe(word) ? null : said("names '" + word + "'; there are " + meaning.wordsInOrder());
    }

    private @Nullable String wrongAlone(String named, Meaning meaning, boolean negated) {
        Set<Kind> kinds = negated ? Set.of(Kind.TRUTH) : wanted;
        return meaning.is(kinds)
                ? null
                : said("has " + named + ", which is " + meaning.kind().spoken() + ", where " + spoken(kinds)
                        + " belongs"
                        + (wanted.contains(Kind.TRUTH) ? "; compare it: " + example(named, meaning) : ""));
    }

    private static String example(String named, Meaning meaning) {
        return named + " == "
                + (meaning.kind() == Kind.NUMBER
                        ? "1"
                        : "'" + meaning.words().stream().sorted().findFirst().orElse("...") + "'");
    }

    private @Nullable String wrongCompared(String named, Meaning meaning, Matcher parts) {
        String constant = parts.group("constant");
        String operator = parts.group("operator");
        Kind kind = constant.startsWith("'") ? Kind.TEXT : constant.matches("[0-9]+") ? Kind.NUMBER : Kind.TRUTH;
        if (parts.group("not") != null) {
            return said("denies a comparison; write != for that");
        }
        if (!meaning.is(Set.of(kind))) {
            return said("compares " + named + ", which is " + meaning.kind().spoken() + ", with " + constant);
        }
        if (kind != Kind.NUMBER && !operator.equals("==") && !operator.equals("!=")) {
            return said("compares with " + operator + " what is no number");
        }
        String word = constant.replace("'", "");
        return kind != Kind.TEXT || meaning.canBe(word)
                ? null
                : said("compares " + named + " with '" + word + "', which it never is; it can be "
                        + meaning.wordsInOrder());
    }

    private static String spoken(Set<Kind> kinds) {
        return kinds.stream().sorted().map(Kind::spoken).collect(Collectors.joining(" or "));
    }

    private String said(String what) {
        return "the expression " + expression + " " + what;
    }
}
