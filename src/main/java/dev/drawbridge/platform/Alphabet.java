package dev.drawbridge.platform;

import static java.lang.Character.UnicodeScript.*;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which characters people may write, and next to which others: what can be seen, and of what cannot be seen that
 * alone without which a language, a name or a picture cannot be written. The one list; what is not on it is refused.
 */
final class Alphabet {
    private static final int ZERO_WIDTH_SPACE = 0x200B;
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    private static final int BLACK_FLAG = 0x1F3F4;
    private static final int END_OF_TAGS = 0xE007F;
    private static final int BLANK_BRAILLE = 0x2800;

    /** Letters, marks and symbols by their kind, and nothing to see: what is made of them only looks empty. */
    private static final Set<Integer> UNSEEN = Set.of(
            0x034F, // combining grapheme joiner
            0x115F, 0x1160, 0x3164, 0xFFA0, // fillers of Hangul
            0x17B4, 0x17B5, // inherent vowels of Khmer, never written
            0x16FE4, // filler of the Khitan small script
            0x1D159, // null note head
            0xFFFC); // stands for an object that is not there

    /** Signs that are written before numbers, and seen, although they count as invisible. */
    private static final Set<Integer> BEFORE_NUMBERS =
            Set.of(0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F, 0x08E2, 0x110BD, 0x110CD);

    /** Scripts whose letters change with their neighbours: Persian, Hindi and many more say with a joiner whether they do. */
    private static final Set<UnicodeScript> JOINING = EnumSet.of(
            ARABIC,
            SYRIAC,
            MONGOLIAN,
            NKO,
            MANDAIC,
            ADLAM,
            HANIFI_ROHINGYA,
            DEVANAGARI,
            BENGALI,
            GURMUKHI,
            GUJARATI,
            ORIYA,
            TAMIL,
            TELUGU,
            KANNADA,
            MALAYALAM,
            SINHALA,
            TIBETAN,
            MYANMAR,
            KHMER,
            BALINESE,
            JAVANESE,
            SUNDANESE,
            MEETEI_MAYEK,
            CHAKMA,
            NEWA);

    /** Scripts without spaces between words: where a line may end is said by one without width. */
    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(KHMER, THAI, LAO, MYANMAR);

    /** Scripts whose letters come in variants, picked by a sign behind them: names in Japan, for instance. */
    private static final Set<UnicodeScript> WITH_VARIANTS = EnumSet.of(HAN, MONGOLIAN, MYANMAR, PHAGS_PA, MANICHAEAN);

    /** Pictures outside the ranges of pictures. */
    private static final Set<Integer> PICTURES =
            Set.of(0xA9, 0xAE, 0x203C, 0x2049, 0x2122, 0x2139, 0x3030, 0x303D, 0x3297, 0x3299);

    /** Tibetan and Burmese pile up this many; more would be drawn over other people's lines. */
    private static final int MOST_MARKS = 8;

    /** Vietnamese has two, phonetic scripts three. */
    private static final int MOST_ACCENTS = 4;

    private final int[] text;

    private Alphabet(String text) {
        this.text = text.codePoints().toArray();
    }

    /** The first character that may not stand where it stands. */
    static OptionalInt firstStranger(String text) {
        Alphabet alphabet = new Alphabet(text);
        for (int i = 0; i < alphabet.text.length; i++) {
            if (!alphabet.mayStand(i)) {
                return OptionalInt.of(alphabet.text[i]);
            }
        }
        return OptionalInt.empty();
    }

    /** The text with a replacement character for each that may not stand where it stands. */
    static String withoutStrangers(String text) {
        Alphabet alphabet = new Alphabet(text);
        StringBuilder known = new StringBuilder();
        for (int i = 0; i < alphabet.text.length; i++) {
            known.appendCodePoint(alphabet.mayStand(i) ? alphabet.text[i] : 0xFFFD);
        }
        return known.toString();
    }

    /** Whether there is something to see in it. */
    static boolean isSeen(String text) {
        return text.codePoints().anyMatch(c -> isVisible(c) && c != BLANK_BRAILLE);
    }

    private boolean mayStand(int i) {
        int c = text[i];
        if (c == JOINER || c == NON_JOINER) {
            return joins(i);
        }
        if (c == ZERO_WIDTH_SPACE) {
            return at(i - 1) != ZERO_WIDTH_SPACE && (isOf(i - 1, WITHOUT_SPACES) || isOf(i + 1, WITHOUT_SPACES));
        }
        if (isSelector(c)) {
            return selects(i);
        }
        if (isRegional(c)) {
            return (run(i, -1) + 1 + run(i, 1)) % 2 == 0;
        }
        if (isTag(c) || c == END_OF_TAGS) {
            return tagsAFlag(i);
        }
        if (isMark(c)) {
            return !UNSEEN.contains(c) && marks(i);
        }
        // Of controls, the end of a line and the tabulator; spaces are all of one kind.
        return c == '\n' || c == '\t' || isSpace(c) || BEFORE_NUMBERS.contains(c) || isVisible(c);
    }

    private static boolean isSpace(int c) {
        return Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    private static boolean isVisible(int c) {
        return !UNSEEN.contains(c)
                && switch (Character.getType(c)) {
                    case Character.UPPERCASE_LETTER,
                            Character.LOWERCASE_LETTER,
                            Character.TITLECASE_LETTER,
                            Character.MODIFIER_LETTER,
                            Character.OTHER_LETTER,
                            Character.DECIMAL_DIGIT_NUMBER,
                            Character.LETTER_NUMBER,
                            Character.OTHER_NUMBER,
                            Character.CONNECTOR_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION,
                            Character.OTHER_PUNCTUATION,
                            Character.MATH_SYMBOL,
                            Character.CURRENCY_SYMBOL,
                            Character.MODIFIER_SYMBOL,
                            Character.OTHER_SYMBOL -> true;
                    // Pictures and ideographs that are younger than this Java; their ranges are reserved for them.
                    case Character.UNASSIGNED ->
                        c >= 0x1F000 && c <= 0x1FAFF || c >= 0x20000 && c <= 0x3FFFD && (c & 0xFFFE) != 0xFFFE;
                    default -> false;
                };
    }

    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /** A mark sits on something that can be seen, with few others. */
    private boolean marks(int i) {
        int marks = 0;
        int accents = 0;
        int same = 0;
        int base = i;
        while (base >= 0
                && marks <= MOST_MARKS
                && (isMark(text[base]) || text[base] == JOINER || text[base] == NON_JOINER)) {
            marks++;
            accents += UnicodeScript.of(text[base]) == INHERITED ? 1 : 0;
            same += text[base] == text[i] ? 1 : 0;
            base--;
        }
        return base >= 0 && isVisible(text[base]) && marks <= MOST_MARKS && accents <= MOST_ACCENTS && same <= 2;
    }

    private boolean joins(int i) {
        boolean letters = isOf(i - 1, JOINING) && at(i + 1) != JOINER && at(i + 1) != NON_JOINER;
        int before = isSelector(at(i - 1)) ? i - 2 : i - 1;
        return letters || text[i] == JOINER && isPicture(at(before)) && isPicture(at(i + 1));
    }

    /** Whether a letter, digit or mark of one of these scripts stands there. */
    private boolean isOf(int i, Set<UnicodeScript> scripts) {
        int base = i;
        while (base >= 0 && i - base < MOST_MARKS && isMark(at(base)) && UnicodeScript.of(text[base]) == INHERITED) {
            base--;
        }
        int c = at(base);
        return c >= 0 && (Character.isLetterOrDigit(c) || isMark(c)) && scripts.contains(UnicodeScript.of(c));
    }

    /** Picks a variant of the character before it; behind any other it would be an invisible difference. */
    private boolean selects(int i) {
        int c = text[i];
        int base = at(i - 1);
        if (c == 0xFE0E || c == 0xFE0F) {
            return isPicture(base) || base >= '0' && base <= '9' || base == '#' || base == '*';
        }
        return base >= 0
                && (isOf(i - 1, WITH_VARIANTS) && !isMark(base)
                        || c < 0xE0000
                                && (Character.getType(base) == Character.MATH_SYMBOL
                                        || Character.UnicodeBlock.of(base)
                                                == Character.UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION));
    }

    private static boolean isSelector(int c) {
        return c >= 0xFE00 && c <= 0xFE0F || c >= 0xE0100 && c <= 0xE01EF || c >= 0x180B && c <= 0x180D || c == 0x180F;
    }

    private static boolean isPicture(int c) {
        return c >= 0x1F000 && c <= 0x1FAFF || PICTURES.contains(c) || c >= 0x2190 && c <= 0x2BFF && c != BLANK_BRAILLE;
    }

    /** Two of them are a country's flag. */
    private static boolean isRegional(int c) {
        return c >= 0x1F1E6 && c <= 0x1F1FF;
    }

    private int run(int i, int step) {
        int length = 0;
        while (isRegional(at(i + step * (length + 1)))) {
            length++;
        }
        return length;
    }

    /** Lower-case letters and digits that cannot be seen. */
    private static boolean isTag(int c) {
        return c >= 0xE0030 && c <= 0xE0039 || c >= 0xE0061 && c <= 0xE007A;
    }

    /** A black flag, three to six tags that name a region such as Scotland, and their end; anywhere else they are hidden words. */
    private boolean tagsAFlag(int i) {
        int first = i;
        while (isTag(at(first - 1)) && i - first < 7) {
            first--;
        }
        int end = i;
        while (isTag(at(end)) && end - first < 7) {
            end++;
        }
        return at(first - 1) == BLACK_FLAG && at(end) == END_OF_TAGS && end - first >= 3 && end - first <= 6;
    }

    private int at(int i) {
        return i < 0 || i >= text.length ? -1 : text[i];
    }
}
