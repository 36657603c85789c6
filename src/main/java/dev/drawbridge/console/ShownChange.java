package dev.drawbridge.console;

import dev.drawbridge.publication.FileChange;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A file that changed, with its lines as they are shown. */
record ShownChange(String path, String change, List<Line> lines) {
    /** {@code kind}: {@code added}, {@code gone}, {@code place} or nothing. */
    record Line(String kind, String text) {}

    static List<ShownChange> of(Collection<FileChange> changes) {
        return changes.stream()
                .map(change -> new ShownChange(
                        change.path(),
                        change.change().name().toLowerCase(Locale.ROOT),
                        change.diff().lines().map(ShownChange::line).toList()))
                .toList();
    }

    private static Line line(String text) {
        String kind =
                text.startsWith("+") ? "added" : text.startsWith("-") ? "gone" : text.startsWith("@@") ? "place" : "";
        return new Line(kind, text);
    }
}
