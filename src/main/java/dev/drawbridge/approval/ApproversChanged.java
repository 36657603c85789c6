package dev.drawbridge.approval;

import java.util.List;
import java.util.UUID;

/**
 * Event: a level that waits asks others than before, since whom it named has left, is away, or was replaced; in the transaction
 * that publishes this.
 *
 * @param groups those that step in, where nobody is left whom the level names; none: the next in order do
 * @param added who may answer now and could not before, by id
 */
public record ApproversChanged(UUID requestId, String levelName, List<String> groups, List<String> added) {
    public ApproversChanged {
        groups = List.copyOf(groups);
        added = List.copyOf(added);
    }
}
