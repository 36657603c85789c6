package dev.drawbridge.approval;

import java.time.Instant;
import java.util.UUID;

/**
 * One person's answer at one level.
 *
 * @param level the level's position in the verdict, from 0
 */
public record Approval(UUID requestId, int level, String approver, Decision decision, String comment, Instant at) {
    /** Approve or reject; any other answer is refused. */
    public enum Decision {
        APPROVE,
        REJECT
    }
}
