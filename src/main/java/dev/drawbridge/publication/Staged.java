package dev.drawbridge.publication;

/**
 * Event: a publication got somewhere else than into force, in the transaction that puts this on record.
 *
 * @param publication what it is
 */
public record Staged(Publication publication, Step step) {}
