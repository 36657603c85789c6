package dev.drawbridge.approval;

/**
 * Event: somebody did what a company's own process waited for, in the transaction that publishes this.
 *
 * @param note what they wrote with it; empty where they wrote nothing
 */
public record OwnTaskDone(OwnTask task, String by, String note) {}
