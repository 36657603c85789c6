package dev.drawbridge.process;

/** What the ids of accounts and groups may hold. */
final class AccountIds {
    private static final String SIGNS = "\\p{M}.@!#$%&'*+/=?^_`{|}~-";

    /**
     * Letters and digits of every language, and what a mail address may hold before and after its {@code @} without quotes.
     * One letter or digit at least, since {@code *} is what the engine calls everybody. No commas, quotation marks, brackets
     * or spaces: they part one id from the next in lists.
     */
    static final String PATTERN = "[" + SIGNS + "]*[\\p{L}\\p{N}][\\p{L}\\p{N}" + SIGNS + "]*";

    private AccountIds() {}
}
