package dev.drawbridge.guardrails;

/** One piece of a rule file; {@code text} is without the quotation marks, {@code line} counts from 1. */
record Token(Kind kind, String text, int line) {
    enum Kind {
        WORD,
        /** {@code $} and a word. */
        NAME,
        NUMBER,
        TEXT,
        SYMBOL,
        END
    }

    private static final int LONGEST_QUOTE = 60;

    boolean is(String symbolOrWord) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(symbolOrWord);
    }

    /** As a sentence quotes it. */
    String quoted() {
        String shown = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
        return kind == Kind.END ? "the end of the file" : "'" + shown + "'";
    }
}
