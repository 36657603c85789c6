package dev.drawbridge.publication;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import java.util.List;
import java.util.stream.Collectors;

/** What differs between two texts, line by line, as people read it: {@code -} was there, {@code +} is new. */
final class LineDifference {
    private static final int AROUND = 3;
    /** Of pairs of lines: beyond it, texts that differ throughout would take long, and what differs is told as a whole. */
    private static final long MOST = 4_000_000;

    private LineDifference() {}

    /** In the format of {@code diff -u}, without the names of the files; empty where nothing differs. */
    static String of(String then, String now) {
        List<String> before = then.lines().toList();
        List<String> after = now.lines().toList();
        return UnifiedDiffUtils.generateUnifiedDiff("then", "now", before, difference(before, after), AROUND).stream()
                // The names of the files.
                .skip(2)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static Patch<String> difference(List<String> before, List<String> after) {
        if ((long) before.size() * after.size() <= MOST) {
            return DiffUtils.diff(before, after);
        }
        Patch<String> whole = new Patch<>();
        if (!before.equals(after)) {
            whole.addDelta(new ChangeDelta<>(new Chunk<>(0, before), new Chunk<>(0, after)));
        }
        return whole;
    }
}
