package dev.drawbridge.directory;

/** Event: an administrator changed what is recorded of a person, in the transaction that publishes this. */
public record PersonChanged(String actor, PersonRecord before, PersonRecord after) {}
