package dev.drawbridge.approval;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an approver asked the requester back, and the answer once it is there.
 *
 * @param level the level's position in the verdict, from 0
 */
public record Question(
        UUID id,
        UUID requestId,
        int level,
        String askedBy,
        String text,
        Instant askedAt,
        @Nullable String answer,
        @Nullable Instant answeredAt) {}
