package dev.drawbridge.catalog;

/**
 * Something that a file of process owners names and that is not there now.
 *
 * @param sentence what it is and what follows from it
 */
public record CatalogFinding(RulesPlace where, String sentence) {}
