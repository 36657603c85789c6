package dev.drawbridge.approval;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One person's answer at one level.
 *
 * @param level the level's position in the verdict, from 0
 * @param forPerson in whose place it was given, as their deputy or because they handed it over; none: in one's own
 * @param narrowedTo the lesser access that was approved; none: what was asked for
 */
public record Approval(
        UUID requestId,
        int level,
        String approver,
        Decision decision,
        String comment,
        Instant at,
        @Nullable String forPerson,
        @Nullable Scope narrowedTo) {
    /** Approve or reject. Asking back answers nothing yet. */
    public enum Decision {
        APPROVE,
        REJECT
    }
}
