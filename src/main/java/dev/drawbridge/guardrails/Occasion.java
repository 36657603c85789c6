package dev.drawbridge.guardrails;

/** When a request is judged. */
public enum Occasion {
    /** When it is asked for: that judgement is its verdict. */
    SUBMISSION,
    /** Later, when access is to be given, or to last longer: deny still wins. */
    GRANT
}
