package dev.drawbridge.approval;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an approver asked the requester back, and the answer once it is there.
 *
 * @param level the level's position in the verdict, from 0
 * @param answeredAt when the answer came, or when it was too late for one
 * @param lapsed whether the time for an answer went by without one; then {@code answer} says so, and holds no words of
 *     the requester's
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
    public Question {
        answer = lapsed ? NO_ANSWER : answer;
    }

    static final String NO_ANSWER = "(no answer came in time)";

    Question answered(String words, Instant at) {
        return new Question(id, requestId, level, askedBy, text, askedAt, words, at, false);
    }
}
