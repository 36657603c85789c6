package dev.drawbridge.guardrails;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the guardrails say of a request, and what they went by.
 *
 * @param facts for this package alone
 * @param publication the number of the one by whose rules; none while what is to be published is looked into
 */
public record Judgement(
        UUID request,
        Verdict verdict,
        SeenFacts facts,
        @Nullable Long publication) {}
