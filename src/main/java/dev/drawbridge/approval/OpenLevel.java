package dev.drawbridge.approval;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The level at which a request is open, as people read it.
 *
 * @param position counts from 1, of {@code levels}
 * @param waitsFor the names of those who may answer and have not: in place of who handed it over, whom they handed it to
 * @param escalatesTo the names of the groups that may answer as well then
 * @param awaitsAnswer whether the requester has been asked something: then the clock stands still
 * @param answerDueAt until when the requester can answer; none where they have not been asked
 * @param claimedBy the name of who has claimed the task; none where nobody has
 */
public record OpenLevel(
        String name,
        int position,
        int levels,
        Instant since,
        List<String> waitsFor,
        int quorum,
        int approved,
        boolean awaitsAnswer,
        @Nullable Instant answerDueAt,
        @Nullable String claimedBy,
        @Nullable Instant reminderAt,
        @Nullable Instant escalatesAt,
        List<String> escalatesTo,
        Instant deadlineAt) {}
