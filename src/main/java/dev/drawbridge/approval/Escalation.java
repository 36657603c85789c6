package dev.drawbridge.approval;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A tier that was added to a level that waited for too long, or whose people have all left: its groups may answer as well.
 *
 * @param level the level's position in the verdict, from 0
 * @param tier the tier's position in the level, from 0; {@link #STEPS_IN} where its people have left
 */
public record Escalation(UUID requestId, int level, int tier, List<String> groups, Instant at) {
    /** In place of a tier's position: groups that answer since nobody is left of the people whom the level names. */
    static final int STEPS_IN = -1;
}
