package dev.drawbridge.process;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the ids of accounts and groups may hold. */
final class AccountIds {
    private static final String SIGNS = "\\p{M}.@!#$%&'*+/=?^_`{|}~-";

    /**
     * Letters and digits of every language, and what a mail address may hold before and after its {@code @} without quotes.
     * One letter or digit at least, since {@code *} is what the engine calls everybody. No commas, quotation marks, brackets
     * or spaces: they part one id from the next in lists.
     */
    static final String PATTERN = "[" + SIGNS + "]*[\\p{L}\\p{N}][\\p{L}\\p{N}" + SIGNS + "]*";

    static final String SENTENCE = "An id has 64 characters at most: letters, digits and what stands in a mail address;"
            + " no blanks, commas, quotation marks or brackets, and one letter or digit at least.";

    /** As long as the column. */
    private static final int LONGEST = 64;

    private static final Pattern FITS = Pattern.compile(PATTERN);

    private AccountIds() {}

    static boolean fits(@Nullable String id) {
        return id != null && id.length() <= LONGEST && FITS.matcher(id).matches();
    }
}
