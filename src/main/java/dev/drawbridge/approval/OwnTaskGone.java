package dev.drawbridge.approval;

/**
 * Event: a process waits no more for something that nobody is on record to have done, in the transaction that publishes this.
 *
 * @param wasSeen whether the process went on without it; else it is over, and nobody knows how
 */
public record OwnTaskGone(OwnTask task, boolean wasSeen) {}
