package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.LevelDefinition;
import dev.drawbridge.catalog.LevelDefinition.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One level of approval that a verdict asks for.
 *
 * @param name what it is called, such as {@code manager}
 * @param groups candidate groups
 * @param people candidate people, by id, beside the groups
 * @param quorum how many distinct people must approve
 * @param deadline how long the level may take, in office time of {@code zone}
 * @param zone where office time is kept; none in verdicts of the first version, whose times are the clock's
 * @param remindEvery after how much office time the people asked are reminded, again and again; none: never
 * @param escalations who else may answer, and after how much office time
 * @param source where its people come from, so that they can be looked up anew; none in verdicts of the first version
 * @param schedule the rota that says who has duty, where they come from one
 */
public record Level(
        String name,
        List<String> groups,
        List<String> people,
        int quorum,
        Duration deadline,
        @Nullable String zone,
        @Nullable Duration remindEvery,
        List<Tier> escalations,
        LevelDefinition.@Nullable Source source,
        @Nullable String schedule) {
    public Level {
        groups = List.copyOf(groups);
        people = List.copyOf(people);
        escalations = escalations == null ? List.of() : List.copyOf(escalations);
    }

    /** Whether whoever agrees at this level does so for the other one too: the same people are asked, and as many of them. */
    public boolean covers(Level other) {
        return groups.equals(other.groups()) && people.equals(other.people()) && quorum >= other.quorum();
    }

    /** The first of these that none of the others covers. */
    public static Optional<Level> uncovered(List<Level> needed, List<Level> others) {
        return needed.stream()
                .filter(level -> others.stream().noneMatch(other -> other.covers(level)))
                .findFirst();
    }
}
