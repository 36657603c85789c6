package dev.drawbridge.catalog;

import java.time.Duration;
import java.util.List;

/**
 * A level of approval that rules may ask for, from {@code rules/levels.yaml}; the file's order is the order of approval.
 *
 * @param of where its approvers come from
 * @param groups the approvers, for {@code GROUPS}; for the others, who steps in where there is nobody else
 * @param quorum how many must approve
 * @param deadline how long it may take
 */
public record LevelDefinition(String name, Source of, List<String> groups, int quorum, Duration deadline) {
    /** Where approvers come from. */
    public enum Source {
        REQUESTERS_MANAGER,
        RESOURCE_OWNERS,
        GROUPS
    }
}
