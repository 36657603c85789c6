package dev.drawbridge.platform;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Event: somebody tried something and was refused. Published when the refusal happens; the audit trail records it in a
 * transaction of its own, since the one it happened in rolls back.
 *
 * @param actor who tried: a person's id, or {@code system}
 * @param requestId the request it concerned, where there is one
 */
public record RefusedAttempt(
        String actor,
        String code,
        String sentence,
        @Nullable UUID requestId) {}
