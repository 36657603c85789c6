package dev.drawbridge.approval;

/** Event: a company's own process has begun to wait for people, in the transaction that publishes this. */
public record OwnTaskOpened(OwnTask task) {}
