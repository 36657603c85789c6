package dev.drawbridge.guardrails;

import java.time.Duration;
import java.util.List;

/**
 * One level of approval that a verdict asks for.
 *
 * @param name what it is called, such as {@code manager}
 * @param groups candidate groups
 * @param people candidate people, by id, beside the groups
 * @param quorum how many distinct people must approve
 * @param deadline how long the level may take
 */
public record Level(String name, List<String> groups, List<String> people, int quorum, Duration deadline) {
    public Level {
        groups = List.copyOf(groups);
        people = List.copyOf(people);
    }
}
