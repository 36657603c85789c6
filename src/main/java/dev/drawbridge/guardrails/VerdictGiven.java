package dev.drawbridge.guardrails;

import dev.drawbridge.request.AccessRequest;

/** Event: the guardrails judged a request, in the transaction that publishes this. */
public record VerdictGiven(AccessRequest request, Verdict verdict) {}
