package dev.drawbridge.guardrails;

import java.time.Instant;
import java.util.UUID;

/**
 * A verdict as it is on record.
 *
 * @param requestDigest the fingerprint of the content it was given to
 */
public record RecordedVerdict(UUID requestId, Verdict verdict, String requestDigest, Instant decidedAt) {}
