package dev.drawbridge.publication;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A publication, and how far it has got.
 *
 * @param agreedBy who agreed to it beside its author; none where nobody did
 * @param hasBeenLive whether it is in force, or was
 * @param last its last step
 */
public record Life(
        Publication publication, Stage stage, @Nullable String agreedBy, boolean hasBeenLive, Step last) {
    private static final Set<Stage> AGREEING = Set.of(Stage.AGREED, Stage.CANARY, Stage.LIVE);

    /** {@code steps}: its own, in their order; {@code live}: the number of what is in force. */
    static Life of(Publication publication, List<Step> steps, long live) {
        Step last = steps.get(steps.size() - 1);
        boolean hasBeenLive = steps.stream().anyMatch(step -> step.stage() == Stage.LIVE);
        Stage stage = stage(publication.number() == live, hasBeenLive, last, live);
        return new Life(publication, stage, agreedBy(publication, steps), hasBeenLive, last);
    }

    private static Stage stage(boolean isLive, boolean hasBeenLive, Step last, long live) {
        if (isLive) {
            return Stage.LIVE;
        }
        boolean isOfNow = Objects.equals(last.base(), live);
        if (last.stage().isTrial() && isOfNow) {
            return last.stage();
        }
        if (hasBeenLive) {
            return Stage.PAST;
        }
        boolean isWaiting = last.stage() == Stage.PROPOSED || last.stage() == Stage.AGREED;
        return isWaiting && isOfNow ? Stage.PROPOSED : Stage.WITHDRAWN;
    }

    private static @Nullable String agreedBy(Publication publication, List<Step> steps) {
        return steps.stream()
                .filter(step -> AGREEING.contains(step.stage()))
                .map(Step::actor)
                .filter(actor -> !actor.equals(publication.author()) && !actor.equals("system"))
                .findFirst()
                .orElse(null);
    }
}
