package dev.drawbridge.publication;

import java.util.List;

/**
 * Event: files were published, in the transaction that publishes this.
 *
 * @param changed the paths of the files that are new, or other than in the one before
 * @param removed the paths of those that are there no more
 */
public record Published(Publication publication, List<String> changed, List<String> removed) {}
