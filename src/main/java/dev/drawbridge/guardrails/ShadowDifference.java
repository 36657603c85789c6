package dev.drawbridge.guardrails;

/**
 * What rules in the shadow would have said otherwise.
 *
 * @param certain whether the facts on record say all of it
 */
public record ShadowDifference(boolean certain, ReplayReport.Changed request) {}
