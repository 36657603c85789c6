package dev.drawbridge.guardrails;

import dev.drawbridge.request.AccessRequest;
import org.jspecify.annotations.Nullable;

/**
 * Event: the guardrails judged a request, in the transaction that publishes this.
 *
 * @param publication the number of that which it was judged by
 */
public record VerdictGiven(
        AccessRequest request, Verdict verdict, @Nullable Long publication) {}
