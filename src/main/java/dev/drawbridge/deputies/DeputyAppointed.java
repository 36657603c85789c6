package dev.drawbridge.deputies;

/** Event: a deputy was named, in the transaction that publishes this. */
public record DeputyAppointed(Deputies.Deputy deputy) {}
