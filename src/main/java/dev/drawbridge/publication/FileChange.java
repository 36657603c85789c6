package dev.drawbridge.publication;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What has become of a file from one publication to another.
 *
 * @param diff as {@code diff -u} writes it, without the names
 */
public record FileChange(String path, Change change, String diff) {
    /** What has become of it. */
    public enum Change {
        ADDED,
        CHANGED,
        REMOVED
    }

    /** Those that differ, by their paths. */
    static List<FileChange> between(PublishedFiles then, PublishedFiles now) {
        TreeSet<String> paths = new TreeSet<>(then.byPath().keySet());
        paths.addAll(now.byPath().keySet());
        return paths.stream()
                .filter(path ->
                        !Arrays.equals(then.byPath().get(path), now.byPath().get(path)))
                .map(path -> new FileChange(
                        path, change(path, then, now), LineDifference.of(text(then, path), text(now, path))))
                .toList();
    }

    private static Change change(String path, PublishedFiles then, PublishedFiles now) {
        return !then.byPath().containsKey(path)
                ? Change.ADDED
                : now.byPath().containsKey(path) ? Change.CHANGED : Change.REMOVED;
    }

    private static String text(PublishedFiles files, String path) {
        return new String(files.byPath().getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
    }
}
