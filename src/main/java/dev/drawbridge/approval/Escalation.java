package dev.drawbridge.approval;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A tier that was added to a level that waited for too long: its groups may answer as well.
 *
 * @param level the level's position in the verdict, from 0
 * @param tier the tier's position in the level, from 0
 */
public record Escalation(UUID requestId, int level, int tier, List<String> groups, Instant at) {}
