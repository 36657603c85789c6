package dev.drawbridge.guardrails;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as it is on record.
 *
 * @param publication the number of that which it was judged by; none where an earlier release judged
 * @param requestDigest the fingerprint of the content it was given to
 */
public record RecordedVerdict(
        UUID requestId, Verdict verdict, @Nullable Long publication, String requestDigest, Instant decidedAt) {}
