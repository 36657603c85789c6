package dev.drawbridge.grant;

/** What was agreed can be given no longer, and nobody did wrong. The message is a sentence for the requester. */
class NoLonger extends RuntimeException {
    NoLonger(String sentence) {
        super(sentence, null, false, false);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
