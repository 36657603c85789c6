package dev.drawbridge.guardrails.facts;

/** Where a compiled rule says that its condition holds; what the rule then does is no part of what was compiled. */
public interface Firing {
    /** The rule of this number. */
    void of(int rule);
}
