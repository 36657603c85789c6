package dev.drawbridge.deputies;

/** Event: a deputy was dismissed before the time, in the transaction that publishes this. */
public record DeputyDismissed(Deputies.Deputy deputy) {}
