package dev.drawbridge.approval;

import dev.drawbridge.platform.SignIn;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;

/**
 * Something that a company's own process asks people to do for a request, beside the answers of approvers. Whatever comes of it:
 * it gives nobody access.
 *
 * @param id the engine's
 * @param key the task's id in the process
 * @param groups whose members are to do it
 * @param people who is to do it, beside those
 */
public record OwnTask(String id, UUID requestId, String key, String name, Set<String> groups, Set<String> people) {
    public OwnTask {
        groups = Set.copyOf(groups);
        people = Set.copyOf(people);
    }

    /** Whether it is this person's to do, with the groups of now; where it names nobody, that is for the engine to say. */
    boolean isFor(SignIn who) {
        return groups.isEmpty() && people.isEmpty()
                || people.contains(who.person())
                || !Collections.disjoint(groups, who.groups());
    }
}
