package dev.drawbridge.catalog;

/**
 * Where something stands in a file of process owners.
 *
 * @param file such as {@code rules/catalog.yaml}
 * @param line from 1
 */
public record RulesPlace(String file, int line) {
    /** For people. */
    public String told() {
        return file + ", line " + line;
    }
}
