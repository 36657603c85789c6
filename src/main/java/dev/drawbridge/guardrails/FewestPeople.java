package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.LevelDefinition;
import dev.drawbridge.catalog.LevelDefinitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Levels without a directory: nobody counts for two, so each needs people of its own, but levels that may ask the same people are
 * asked once, for the larger quorum, as {@link ApprovalChain} does. Which people there are, nobody knows here; it is taken that
 * there are always enough.
 */
record FewestPeople(LevelDefinitions definitions, Entitlement wanted) implements Function<Set<String>, List<Level>> {
    static FewestPeople of(Side side) {
        return new FewestPeople(side.facts().rules().levels(), side.wanted());
    }

    /** Whether the same levels are asked, for whatever is required. */
    boolean isLike(FewestPeople other) {
        Set<String> names = Stream.concat(definitions.inOrder().stream(), other.definitions.inOrder().stream())
                .map(LevelDefinition::name)
                .collect(Collectors.toSet());
        return definitions.inOrder().equals(other.definitions.inOrder())
                && names.stream().allMatch(name -> apply(Set.of(name)).equals(other.apply(Set.of(name))));
    }

    @Override
    public List<Level> apply(Set<String> required) {
        List<Level> levels = new ArrayList<>();
        for (LevelDefinition definition : definitions.inOrder()) {
            if (required.contains(definition.name())) {
                Level level = level(definition);
                levels.stream()
                        .filter(other -> asksTheSame(other, level))
                        .findFirst()
                        .ifPresentOrElse(
                                other -> {
                                    if (other.quorum() < level.quorum()) {
                                        levels.remove(other);
                                        levels.add(level);
                                    }
                                },
                                () -> levels.add(level));
            }
        }
        return levels;
    }

    /** Two rotas may name one person. */
    private static boolean asksTheSame(Level one, Level other) {
        return one.source() == other.source() && one.groups().equals(other.groups());
    }

    private Level level(LevelDefinition definition) {
        List<String> groups = switch (definition.of()) {
            case GROUPS -> definition.groups();
            case RESOURCE_OWNERS -> wanted.owners().stream().sorted().toList();
            default -> List.of();
        };
        return new Level(
                definition.name(),
                groups,
                definition.of() == LevelDefinition.Source.ON_CALL
                        ? List.of(wanted.scheduleAt(definition))
                        : groups.isEmpty() ? List.of(definition.of().name()) : List.of(),
                wanted.quorumAt(definition),
                definition.deadline(),
                null,
                null,
                definition.escalate(),
                definition.of(),
                wanted.scheduleAt(definition));
    }

    /** How many different people must agree before access is given. */
    static int people(Verdict.NeedsApproval verdict) {
        return verdict.levels().stream().mapToInt(Level::quorum).sum();
    }
}
