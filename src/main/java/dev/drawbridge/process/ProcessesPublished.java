package dev.drawbridge.process;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Processes and forms were published, and are live with the transaction that publishes this.
 *
 * @param actor who published them: a person's id, or {@code system} for the folder at the start
 * @param deployment the engine's id of what was published
 * @param digest SHA-256 over the names and contents, in hexadecimal
 * @param contents by their names
 * @param definition what the engine calls the process that requests go by from now on; none where that is not among these
 */
public record ProcessesPublished(
        String actor,
        String deployment,
        String digest,
        SortedMap<String, byte[]> contents,
        @Nullable String definition) {
    /** Their names, sorted. */
    public List<String> files() {
        return List.copyOf(contents.keySet());
    }
}
