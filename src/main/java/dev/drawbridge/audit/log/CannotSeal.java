package dev.drawbridge.audit.log;

/** The log must not be gone on with as it is; its message says why, in a sentence for operators. */
final class CannotSeal extends RuntimeException {
    private static final long serialVersionUID = 1;

    CannotSeal(String sentence) {
        super(sentence);
    }
}
