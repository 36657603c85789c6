package dev.drawbridge.approval;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an approver asked the requester back, and the answer once it is there.
 *
 * @param level the level's position in the verdict, from 0
 * @param lapsed whether the time for an answer went by without one; then {@code answer} says so
 */
public record Question(
        UUID id,
        UUID requestId,
        int level,
        String askedBy,
        String text,
        Instant askedAt,
        @Nullable String answer,
        @Nullable Instant answeredAt,
        boolean lapsed) {
    /** What stands where an answer would, once it is too late for one; it holds no words of the requester's. */
    static final String NO_ANSWER = "(no answer came in time)";
}
