package dev.drawbridge.guardrails;

import org.jspecify.annotations.Nullable;

/**
 * What one guardrail says about a request.
 *
 * @param rule the rule's name, as in its file
 * @param message the sentence that the requester reads
 * @param value what the effect carries: the level's name, the ISO-8601 duration, the obligation; none for the others
 */
public record Finding(
        String rule,
        Effect effect,
        String message,
        @Nullable String value) {

    /** What a finding does to the verdict. */
    public enum Effect {
        DENY,
        REQUIRE_APPROVAL,
        ALLOW,
        LIMIT,
        OBLIGE,
        /** The rule could not be evaluated; counts as a denial. */
        FAILED
    }
}
