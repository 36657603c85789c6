package dev.drawbridge.publication;

import java.time.Instant;

/**
 * One set of files that was published, which never changes.
 *
 * @param number from 1, one more each time
 * @param fingerprint SHA-256 over all its paths and contents, in hexadecimal
 * @param author a person's id, or {@code system} for the server's folders
 * @param note what the author says of it; empty where that is nothing
 * @param definition what the engine calls the process that requests go by
 */
public record Publication(long number, String fingerprint, String author, String note, String definition, Instant at) {
    /** The same, by another process of the engine. */
    Publication carriedBy(String process) {
        return new Publication(number, fingerprint, author, note, process, at);
    }
}
