package dev.drawbridge.process;

import dev.drawbridge.platform.Refusal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a file is not published, or would not be now.
 *
 * @param line from 1
 * @param id of the element that it is about
 * @param why the part of a sentence that says what is wrong
 */
record Problem(String file, int line, @Nullable String id, String why) {
    Refusal refused() {
        return NotPublished.at(file, line, id, why);
    }

    /** Whether it is about the same thing in the same place; what can be said instead may differ. */
    boolean isAtThePlaceOf(Problem other) {
        return file.equals(other.file) && line == other.line && Objects.equals(id, other.id);
    }
}
