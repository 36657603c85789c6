package dev.drawbridge.approval;

/** Event: a process went on although nobody had done this, in the transaction that publishes this. */
public record OwnTaskGone(OwnTask task) {}
