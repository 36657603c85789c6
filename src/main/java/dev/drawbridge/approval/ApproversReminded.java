package dev.drawbridge.approval;

import java.util.UUID;

/**
 * Event: the people whom a level waits for are reminded, in the transaction that publishes this.
 *
 * @param number counts the level's reminders, from 1
 */
public record ApproversReminded(UUID requestId, int level, String levelName, int number) {}
