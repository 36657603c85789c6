package dev.drawbridge.directory;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the ids of accounts and groups may hold, and which of them are one person's. */
public final class AccountIds {
    private static final String SIGNS = "\\p{M}.@!#$%&'*+/=?^_`{|}~-";

    /**
     * Letters and digits of every language, and what a mail address may hold before and after its {@code @} without quotes.
     * One letter or digit at least, since {@code *} is what the engine calls everybody. No commas, quotation marks, brackets
     * or spaces: they part one id from the next in lists. And not what the record calls this product itself, in no spelling.
     */
    public static final String PATTERN = "(?!(?i:system)$)[" + SIGNS + "]*[\\p{L}\\p{N}][\\p{L}\\p{N}" + SIGNS + "]*";

    /** What an id may hold, for people. */
    public static final String SENTENCE =
            "An id has 64 characters at most: letters, digits and what stands in a mail address;"
                    + " no blanks, commas, quotation marks or brackets, and one letter or digit at least.";

    /** As long as the column. */
    private static final int LONGEST = 64;

    private static final Pattern FITS = Pattern.compile(PATTERN);

    private AccountIds() {}

    /**
     * What all accounts have in common that differ in capitals alone, or in how the same letters are written: they count as
     * one person wherever people are counted. An account itself is known by its exact id.
     */
    public static String oneOf(String account) {
        String letters = Normalizer.normalize(account, Normalizer.Form.NFKC);
        String folded = letters.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    /** Whether two accounts count as one person. */
    public static boolean isOne(String account, @Nullable String other) {
        return other != null && oneOf(account).equals(oneOf(other));
    }

    /** Whether a new account or group may have this id. */
    public static boolean fits(@Nullable String id) {
        return id != null && id.length() <= LONGEST && FITS.matcher(id).matches();
    }
}
