package dev.drawbridge.catalog;

import java.time.Duration;
import java.util.List;

/**
 * A level of approval that rules may ask for, from {@code rules/levels.yaml}; the file's order is the order of approval.
 * All its times are office time.
 *
 * @param of where its approvers come from
 * @param groups the approvers, for {@code GROUPS}; for the others, who steps in where there is nobody else
 * @param schedule the rota of {@code rules/on-call.yaml}, for {@code ON_CALL}; else {@code none}
 * @param quorum how many must approve
 * @param remindEvery after how long the people asked are reminded, again and again
 * @param escalate who else may answer, and after how long
 * @param deadline how long it may take
 */
public record LevelDefinition(
        String name,
        Source of,
        List<String> groups,
        String schedule,
        int quorum,
        Duration remindEvery,
        List<Tier> escalate,
        Duration deadline) {
    /** Where approvers come from. */
    public enum Source {
        REQUESTERS_MANAGER,
        RESOURCE_OWNERS,
        ON_CALL,
        GROUPS
    }

    /** Groups that may answer as well once this much office time has gone by. */
    public record Tier(Duration after, List<String> groups) {
        public Tier {
            groups = List.copyOf(groups);
        }
    }
}
