package dev.drawbridge.approval;

import java.util.UUID;

/** Event: a level began to wait for its people, in the transaction that publishes this. */
public record LevelOpened(UUID requestId, String levelName) {}
