package dev.drawbridge.process;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;

/** The exact forms that a value in a process may have. None but the last few holds an expression. */
enum ValueForm {
    ID("[A-Za-z_][A-Za-z0-9_.-]{0,200}"),
    /** The id of something else in the file. */
    REFERENCE("([A-Za-z_][A-Za-z0-9_.-]*:)?[A-Za-z_][A-Za-z0-9_.-]{0,200}"),
    /** What a variable may be called. */
    NAME(Patterns.NAME),
    BOOLEAN("true|false"),
    INTEGER("-?[0-9]{1,9}"),
    /** No job of a process goes before those that end access. */
    PRIORITY("-?[0-9]{1,2}|100"),
    COORDINATE("-?[0-9]{1,7}(\\.[0-9]{1,20})?"),
    COLOUR("#[0-9a-fA-F]{3,8}|[a-z]{3,30}|rgb\\([0-9, ]{5,15}\\)"),
    DAYS("P[0-9]{1,5}D|[0-9]{1,5}"),
    RETRIES("(R[0-9]{1,3}/)?" + Patterns.DURATION + "(, ?" + Patterns.DURATION + "){0,20}"),
    /** What Tasklist would run as HTML is HTML by its name, and looked at as such; what it draws by itself is no HTML. */
    FORM("(embedded:deployment:(?=.*\\.html$)|camunda-forms:deployment:(?=.*\\.form$))" + Patterns.PATH),
    FORMAL_EXPRESSION("([A-Za-z_][A-Za-z0-9_.-]*:)?tFormalExpression"),
    /** What something is called, no longer than the engine can store it. */
    TITLE("(?s).{0,250}"),
    TAG("[^\\p{Cntrl}]{0,60}"),
    /** Words for people. The engine reads many of them as expressions, so none may hold one. */
    TEXT("(?s).{0,20000}"),
    SERVICE(JavaDelegate.class),
    /** A name, or a list of them, or what a bean or a variable says. */
    WHO("[A-Za-z0-9][A-Za-z0-9._@ ,-]{0,250}", Patterns.CALL, Patterns.VARIABLE),
    /** Written out, or a moment from a bean. A variable could hold a cycle, which the engine would compute without end. */
    WHEN(Patterns.INSTANT + "|" + Patterns.DURATION, Patterns.CALL),
    /** Written out: the value of a bean is known too late to be checked. */
    CYCLE("R([1-9][0-9]{0,2})?/" + Patterns.DURATION),
    HOW_MANY("[0-9]{1,3}", Patterns.CALL, Patterns.VARIABLE),
    EACH_OF("(?!)", Patterns.CALL, Patterns.VARIABLE),
    CONDITION("(?!)", Patterns.CONDITION);

    private static final class Patterns {
        static final String NAME = ExpressionCheck.NAME;
        static final String CALL = "#\\{ ?" + ExpressionCheck.CALL + " ?\\}";
        static final String VARIABLE = "#\\{ ?" + NAME + " ?\\}";
        static final String CONDITION = "#\\{ ?" + ExpressionCheck.CLAUSE + "(?:" + ExpressionCheck.JOINS
                + ExpressionCheck.CLAUSE + "){0,9} ?\\}";
        static final String DURATION = "P[0-9YMDTHS]{2,30}";
        static final String INSTANT = "20[0-9]{2}-[0-9]{2}-[0-9]{2}(T[0-9:.]{5,12}(Z|[+-][0-9]{2}:[0-9]{2})?)?";
        static final String PATH = "([A-Za-z0-9_-][A-Za-z0-9_. -]{0,100}/){0,5}[A-Za-z0-9_-][A-Za-z0-9_. -]{0,100}";
    }

    private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{");
    private static final Pattern BEAN = Pattern.compile("#\\{ ?(?<bean>" + Patterns.NAME + ") ?\\}");

    private final Pattern pattern;
    private final @Nullable Class<?> kind;

    ValueForm(String literal, String... expressions) {
        StringBuilder all = new StringBuilder("(?:" + literal + ")");
        for (String expression : expressions) {
            all.append("|(?:").append(expression).append(')');
        }
        this.pattern = Pattern.compile(all.toString());
        this.kind = null;
    }

    ValueForm(Class<?> kind) {
        this.pattern = Pattern.compile("#\\{ ?" + Patterns.NAME + " ?\\}");
        this.kind = kind;
    }

    /** Why the value is not of this form, or names what there is not at its place; null where neither is so. */
    @Nullable
    String wrongWith(String value, Reach reach) {
        if (!pattern.matcher(value).matches()
                || isForPeople() && EXPRESSION.matcher(value).find()) {
            return EXPRESSION.matcher(value).find()
                    ? "the expression " + NotPublished.shown(value) + " is more than processes may use here"
                    : "'" + NotPublished.shown(value) + "' is no "
                            + name().toLowerCase(Locale.ROOT).replace('_', ' ') + " as processes may use it";
        }
        String wrongTime = wrongTime(value);
        if (wrongTime != null) {
            return wrongTime;
        }
        if (!value.startsWith("#{")) {
            return null;
        }
        return kind == null
                ? ExpressionCheck.wrongWith(value, wanted(), reach)
                : wrongBean(value, kind, reach.vocabulary());
    }

    private static @Nullable String wrongBean(String value, Class<?> kind, ProcessVocabulary vocabulary) {
        Matcher bean = BEAN.matcher(value);
        return bean.matches() && vocabulary.offers(bean.group("bean"), kind)
                ? null
                : "'" + NotPublished.shown(value) + "' is not part of what processes may use here; there are "
                        + String.join(", ", vocabulary.all(kind));
    }

    /** What an expression has to come to. */
    private Set<Meaning.Kind> wanted() {
        return switch (this) {
            case WHO -> Set.of(Meaning.Kind.TEXT, Meaning.Kind.LIST);
            case WHEN -> Set.of(Meaning.Kind.MOMENT);
            case HOW_MANY -> Set.of(Meaning.Kind.NUMBER);
            case EACH_OF -> Set.of(Meaning.Kind.LIST);
            default -> Set.of(Meaning.Kind.TRUTH);
        };
    }

    private boolean isForPeople() {
        return this == TEXT || this == TITLE || this == TAG;
    }

    /** A literal that looks like a time and is not one, or a cycle that never ends. */
    private @Nullable String wrongTime(String value) {
        if (EXPRESSION.matcher(value).find() || this != WHEN && this != CYCLE) {
            return null;
        }
        if (this == CYCLE) {
            return Times.isPeriod(value.substring(value.indexOf('/') + 1))
                    ? null
                    : "'" + value + "' is no cycle of a minute or more";
        }
        return Times.isDuration(value) || Times.isMoment(value)
                ? null
                : "'" + value + "' is no moment and no duration that can be meant";
    }
}
