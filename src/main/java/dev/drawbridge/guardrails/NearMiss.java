package dev.drawbridge.guardrails;

/**
 * A guardrail of whose condition all but one part held.
 *
 * @param rule its id
 * @param message its sentence
 * @param fact what the missing part speaks of, such as {@code Asked}; empty where it is more than one fact
 * @param missing the part that did not hold, as in its file
 */
public record NearMiss(String rule, String message, String fact, String missing) {}
