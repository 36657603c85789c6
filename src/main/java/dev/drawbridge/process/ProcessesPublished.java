package dev.drawbridge.process;

import java.util.List;

/**
 * Processes and forms were published, and are live with the transaction that publishes this.
 *
 * @param actor who published them: a person's id, or {@code system} for the folder at the start
 * @param deployment the engine's id of what was published
 * @param digest SHA-256 over the names and contents, in hexadecimal
 * @param files their names, sorted
 */
public record ProcessesPublished(String actor, String deployment, String digest, List<String> files) {}
