package dev.drawbridge.publication;

import java.util.List;

/**
 * Event: files came into force, in the transaction that puts this on record.
 *
 * @param by who put them in force: the author, or who agreed to what they had proposed; {@code system} for the server's folders
 * @param changed the paths of the files that are new, or other than in the one before
 * @param removed the paths of those that are there no more
 */
public record Published(Publication publication, String by, List<String> changed, List<String> removed) {}
