package dev.drawbridge.publication;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What counts on this node.
 *
 * @param live what is in force
 * @param last the id of the last step on record that this node knows
 * @param canary what judges the requests of some people instead; none where nothing does
 */
record Here(Edition live, long last, @Nullable Canary canary) {
    /**
     * What judges the requests of some people.
     *
     * @param step that it does, and for whom
     */
    record Canary(Edition edition, Step step) {}

    Here with(Edition next) {
        return new Here(next, last, canary);
    }

    Publication publication() {
        return Objects.requireNonNull(live.publication(), "What is in force is on record.");
    }

    /** By which the requests of this person are judged, who is in these groups. */
    Edition of(String person, Set<String> groups) {
        Canary trial = running();
        return trial != null && trial.step().cohort().has(trial.step().number(), person, groups)
                ? trial.edition()
                : live;
    }

    /** By which anybody's request may be judged. */
    Stream<Edition> all() {
        Canary trial = running();
        return trial == null ? Stream.of(live) : Stream.of(live, trial.edition());
    }

    /** Beside another than it was begun with it counts no more, whether that has been said yet or not. */
    private @Nullable Canary running() {
        return canary != null
                        && Objects.equals(canary.step().base(), publication().number())
                ? canary
                : null;
    }
}
