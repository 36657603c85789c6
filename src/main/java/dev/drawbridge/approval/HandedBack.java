package dev.drawbridge.approval;

import java.util.UUID;

/**
 * Event: what was handed over is back with whose it is, in the transaction that publishes this.
 *
 * @param from who had it
 * @param to whose it is
 * @param by which of the two wanted it so
 */
public record HandedBack(UUID requestId, String levelName, String from, String to, String by) {
    /** Whether it was taken back, and not given. */
    public boolean taken() {
        return by.equals(to);
    }
}
