package dev.drawbridge.publication;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is to be published, or was, as this node reads it: its files, and what has been made of them. */
final class Edition {
    private final PublishedFiles files;
    private final @Nullable Publication publication;
    private final Map<String, Object> parts;

    private Edition(PublishedFiles files, @Nullable Publication publication, Map<String, Object> parts) {
        this.files = files;
        this.publication = publication;
        this.parts = parts;
    }

    static Edition of(PublishedFiles files) {
        return new Edition(files, null, new HashMap<>());
    }

    /** The same, once it is on record as this. */
    Edition as(Publication made) {
        return new Edition(files, made, parts);
    }

    /** Other files beside the same rules, of which all parts are made. */
    Edition with(PublishedFiles others) {
        if (!hasTheRulesOf(others)) {
            throw new IllegalArgumentException("These are other rules.");
        }
        return new Edition(others, null, parts);
    }

    boolean hasTheRulesOf(PublishedFiles others) {
        return others.fingerprint(PublishedFiles.RULES).equals(files.fingerprint(PublishedFiles.RULES));
    }

    PublishedFiles files() {
        return files;
    }

    /** None until it is on record. */
    @Nullable
    Publication publication() {
        return publication;
    }

    /** The part of this name, made when it is first asked for. */
    Object part(String name, Supplier<Object> made) {
        // One part is made of others, in the same thread: no map lets itself be changed meanwhile in one step.
        synchronized (parts) {
            Object known = parts.get(name);
            if (known == null) {
                known = made.get();
                parts.put(name, known);
            }
            return known;
        }
    }
}
