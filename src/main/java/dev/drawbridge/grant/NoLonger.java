package dev.drawbridge.grant;

/** What was agreed can no longer be given, and nobody did anything wrong. The message is a sentence for the requester. */
class NoLonger extends RuntimeException {
    NoLonger(String sentence) {
        super(sentence, null, false, false);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
