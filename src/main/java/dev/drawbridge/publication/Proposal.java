package dev.drawbridge.publication;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody would have published.
 *
 * @param files that replace those of the one in force, by their paths
 * @param removed the paths of those that are to be there no more
 * @param note what they say of it
 * @param base the number that it builds on; none: the one in force
 * @param isForLater whether it is to wait for what is decided about it, and not to come into force at once
 */
record Proposal(
        SortedMap<String, byte[]> files,
        Set<String> removed,
        String note,
        @Nullable Long base,
        boolean isForLater) {
    /** All that would be in force. */
    PublishedFiles over(PublishedFiles before) {
        SortedMap<String, byte[]> all = new TreeMap<>(before.byPath());
        removed.forEach(all::remove);
        all.putAll(files);
        return new PublishedFiles(all);
    }
}
