package dev.drawbridge.guardrails;

import java.util.UUID;

/**
 * What the guardrails say of a request, and what they went by.
 *
 * @param facts for this package alone
 */
public record Judgement(UUID request, Verdict verdict, SeenFacts facts) {}
