package dev.drawbridge.platform;

import java.text.Bidi;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What people write for other people to read: a justification, a comment, a reason. */
public final class PlainText {
    /** In characters. */
    public static final int LIMIT = 2_000;

    /** A stack trace fits; a column of lines that pushes everything else out of sight does not. */
    private static final int MOST_LINES = 60;

    private static final int MOST_BLANK_LINES = 2;

    private static final Pattern LINE_ENDS = Pattern.compile("\\r\\n|[\\r\\u0085\\u2028\\u2029]");

    /** What looks like the marks that this product quotes with. */
    private static final Pattern OPENS =
            Pattern.compile("[\\u201c\\u201f\\u201e\\u301d\\u275d\\u2760\\u2e42\\x{1f676}\\x{1f678}]");

    private static final Pattern CLOSES = Pattern.compile(
            "[\\u201d\\u301e\\u301f\\u275e\\x{1f677}\\u2033\\u2034\\u2036\\u2037\\u2057\\u02ba\\u02dd\\u02ee\\u02f5\\u02f6\\u3003\\u05f4]");

    private static final Pattern STRAIGHT = Pattern.compile("[\"\\uff02]");

    private static final String SINGLE =
            "['`\\u2018\\u2019\\u201a\\u201b\\u02bc\\u02b9\\u2032\\u2035\\u00b4\\u275b\\u275c\\u05f3\\uff07]";
    /** Two of which look like a double one. */
    private static final Pattern SINGLES = Pattern.compile("(" + SINGLE + ")" + SINGLE + "+");

    private PlainText() {}

    /** Whether nothing in it can be seen. */
    public static boolean looksEmpty(@Nullable String text) {
        return text == null || !Alphabet.isSeen(text);
    }

    /**
     * The text as it is kept: without blanks around it, with at most two blank lines in a row. Refuses one that is too long, and
     * one with a character that cannot be seen or could deceive; {@link Alphabet} says which.
     */
    public static String checked(String field, String text) {
        String tidied = tidied(text);
        if (tidied.length() > LIMIT) {
            throw refused(
                    field,
                    "-too-long",
                    "The " + field + " has " + tidied.length() + " characters; at most " + LIMIT + " are taken.");
        }
        long lines = tidied.lines().count();
        if (lines > MOST_LINES) {
            throw refused(
                    field,
                    "-too-long",
                    "The " + field + " has " + lines + " lines; at most " + MOST_LINES + " are taken.");
        }
        OptionalInt stranger = Alphabet.firstStranger(tidied);
        if (stranger.isPresent()) {
            throw refused(
                    field,
                    "-unreadable",
                    "The " + field + " has " + named(stranger.getAsInt())
                            + ", which is invisible there or could deceive; please type it as plain text.");
        }
        return tidied;
    }

    private static Refusal refused(String field, String what, String sentence) {
        return Refusal.ofField(Refusal.Kind.UNPROCESSABLE, field, field.toLowerCase(Locale.ROOT) + what, sentence);
    }

    private static String named(int character) {
        String name = Character.getName(character);
        return "the character " + String.format(Locale.ROOT, "U+%04X", character)
                + (name == null ? "" : " (" + name + ")");
    }

    private static String tidied(String text) {
        String unix = LINE_ENDS.matcher(text).replaceAll("\n");
        StringBuilder tidied = new StringBuilder();
        int blank = 0;
        for (String line : unix.split("\n", -1)) {
            boolean isBlank = stripped(line).isEmpty();
            blank = isBlank ? blank + 1 : 0;
            if (blank <= MOST_BLANK_LINES) {
                tidied.append(isBlank ? "" : line).append('\n');
            }
        }
        return stripped(tidied.toString());
    }

    /**
     * Somebody's words within a sentence of the product: in quotation marks that nothing in them can close, on one line, and
     * whatever their direction, without any hold on the words around them.
     */
    public static String quoted(String text) {
        String words = shown(text);
        words = OPENS.matcher(words).replaceAll("‘");
        words = CLOSES.matcher(words).replaceAll("’");
        words = STRAIGHT.matcher(words).replaceAll("'");
        words = SINGLES.matcher(words).replaceAll("$1");
        return Bidi.requiresBidi(words.toCharArray(), 0, words.length())
                ? "“\u2068" + words + "\u2069”"
                : "“" + words + "”";
    }

    /** Any text, however it came about, on one line and with a sign for each character that cannot be seen or could deceive. */
    public static String shown(String text) {
        return Alphabet.withoutStrangers(LINE_ENDS.matcher(text).replaceAll("\n"))
                .lines()
                .map(PlainText::stripped)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" ⏎ "))
                .replace('\t', ' ');
    }

    /** Of every blank, also of those that are no white space to Java. */
    private static String stripped(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u2800';
    }
}
