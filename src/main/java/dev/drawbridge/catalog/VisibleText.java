package dev.drawbridge.catalog;

import java.nio.file.Path;
import java.util.Set;

/**
 * Which characters may stand in a file of process owners, in its comments too: nobody who reviews the file may see other
 * lines, or another order, than whoever reads it here.
 */
public final class VisibleText {
    /** Letters, marks, digits, punctuation and signs that can be seen, and plain spaces. */
    private static final Set<Integer> SEEN = Set.of(
            (int) Character.UPPERCASE_LETTER,
            (int) Character.LOWERCASE_LETTER,
            (int) Character.TITLECASE_LETTER,
            (int) Character.MODIFIER_LETTER,
            (int) Character.OTHER_LETTER,
            (int) Character.NON_SPACING_MARK,
            (int) Character.COMBINING_SPACING_MARK,
            (int) Character.DECIMAL_DIGIT_NUMBER,
            (int) Character.OTHER_NUMBER,
            (int) Character.CONNECTOR_PUNCTUATION,
            (int) Character.DASH_PUNCTUATION,
            (int) Character.START_PUNCTUATION,
            (int) Character.END_PUNCTUATION,
            (int) Character.INITIAL_QUOTE_PUNCTUATION,
            (int) Character.FINAL_QUOTE_PUNCTUATION,
            (int) Character.OTHER_PUNCTUATION,
            (int) Character.MATH_SYMBOL,
            (int) Character.CURRENCY_SYMBOL,
            (int) Character.MODIFIER_SYMBOL,
            (int) Character.OTHER_SYMBOL);

    private VisibleText() {}

    /** The text without the byte order mark at its very start, which says nothing; refused where not all can be seen. */
    public static String of(Path file, String text) {
        String read = text.startsWith("\uFEFF") ? text.substring(1) : text;
        int line = 1;
        for (int at = 0; at < read.length(); at += Character.charCount(read.codePointAt(at))) {
            int character = read.codePointAt(at);
            boolean layout = character == ' '
                    || character == '\t'
                    || character == '\n'
                    || character == '\r' && read.startsWith("\n", at + 1);
            if (!layout && !SEEN.contains(Character.getType(character))) {
                throw new RulesException(file, line, String.format("the character U+%04X cannot be seen.", character));
            }
            line += character == '\n' ? 1 : 0;
        }
        return read;
    }
}
