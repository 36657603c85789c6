package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.LevelDefinition;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.process.People;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Turns the names of required levels into levels with people, in the order of {@code rules/levels.yaml}. */
@Component
class ApprovalChain {
    private final LevelDefinitions definitions;
    private final People people;

    ApprovalChain(LevelDefinitions definitions, People people) {
        this.definitions = definitions;
        this.people = people;
    }

    List<Level> resolve(Set<String> required, Entitlement entitlement, String requester) {
        List<Level> chain = new ArrayList<>();
        for (LevelDefinition definition : definitions.inOrder()) {
            if (required.contains(definition.name())) {
                add(chain, level(definition, entitlement, requester));
            }
        }
        return List.copyOf(chain);
    }

    /** Everybody, by id, who could approve at this level now; never the requester. */
    Set<String> approvers(Level level, String requester) {
        Set<String> able = new TreeSet<>(level.people());
        level.groups().forEach(group -> able.addAll(people.membersOf(group)));
        able.remove(requester);
        return able;
    }

    /** The same people asked for a larger quorum are asked once, for the larger. */
    private static void add(List<Level> chain, Level level) {
        Optional<Level> same = chain.stream()
                .filter(other ->
                        other.groups().equals(level.groups()) && other.people().equals(level.people()))
                .findFirst();
        same.filter(other -> other.quorum() < level.quorum()).ifPresent(chain::remove);
        if (same.isEmpty() || same.get().quorum() < level.quorum()) {
            chain.add(level);
        }
    }

    private Level level(LevelDefinition definition, Entitlement entitlement, String requester) {
        Level first = switch (definition.of()) {
            case REQUESTERS_MANAGER ->
                of(
                        definition,
                        List.of(),
                        people.find(requester).flatMap(People.Person::manager).stream()
                                .toList());
            case RESOURCE_OWNERS ->
                of(definition, entitlement.owners().stream().sorted().toList(), List.of());
            case GROUPS -> of(definition, definition.groups(), List.of());
        };
        if (approvers(first, requester).size() >= definition.quorum()) {
            return first;
        }
        Level fallback = of(definition, definition.groups(), List.of());
        if (approvers(fallback, requester).size() >= definition.quorum()) {
            return fallback;
        }
        throw new Combining.NobodyCanApprove("This needs approval at level '" + definition.name()
                + "', and there are not enough people who could give it. Please tell the process owners.");
    }

    private static Level of(LevelDefinition definition, List<String> groups, List<String> people) {
        return new Level(definition.name(), groups, people, definition.quorum(), definition.deadline());
    }
}
