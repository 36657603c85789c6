package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.LevelDefinition;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.OnCall;
import dev.drawbridge.directory.AccountIds;
import dev.drawbridge.directory.Directory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Turns the names of required levels into levels with people, in the order of {@code rules/levels.yaml}. */
@Component
class ApprovalChain {
    private final LevelDefinitions definitions;
    private final BusinessCalendar calendar;
    private final OnCall onCall;
    private final Directory people;

    ApprovalChain(LevelDefinitions definitions, BusinessCalendar calendar, OnCall onCall, Directory people) {
        this.definitions = definitions;
        this.calendar = calendar;
        this.onCall = onCall;
        this.people = people;
    }

    /** Throws {@link Combining.NobodyCanApprove} where a level could not find enough people beside those before it. */
    List<Level> resolve(Set<String> required, Entitlement entitlement, String requester, Instant moment) {
        List<Step> chain = new ArrayList<>();
        // A level is looked at again with each that follows; whom it finds stays the same meanwhile.
        Map<Level, Set<String>> found = new HashMap<>();
        for (LevelDefinition definition : definitions.inOrder()) {
            if (required.contains(definition.name())) {
                add(
                        chain,
                        definition,
                        entitlement,
                        candidates(definition, entitlement, requester, moment),
                        level -> found.computeIfAbsent(level, one -> approvers(one, requester)));
            }
        }
        return chain.stream().map(Step::level).toList();
    }

    /** {@code fallback}: who steps in where the definition's own people are too few. */
    private record Step(LevelDefinition definition, Level level, boolean fallback) {
        /** Asks the same people for the same thing; what merely fell back to the same people asks them for another. */
        boolean asksTheSameAs(Step other) {
            return !fallback
                    && !other.fallback
                    && definition.of() == other.definition.of()
                    && level.groups().equals(other.level.groups())
                    && level.people().equals(other.level.people());
        }
    }

    /** Everybody, by id, who could approve at this level now; never the requester. */
    Set<String> approvers(Level level, String requester) {
        Directory.Known known = people.known(level.groups(), level.people(), Set.of());
        Set<String> able = new TreeSet<>(known.members(level.groups()));
        able.addAll(known.accounts(level.people()));
        able.removeIf(person -> AccountIds.isOne(person, requester));
        return able;
    }

    private void add(
            List<Step> chain,
            LevelDefinition definition,
            Entitlement entitlement,
            Level first,
            Function<Level, Set<String>> approvers) {
        for (Step step : List.of(
                new Step(definition, first, false),
                new Step(definition, of(definition, entitlement, definition.groups(), List.of()), true))) {
            List<Step> longer = merged(chain, step);
            if (enoughPeople(longer, approvers)) {
                chain.clear();
                chain.addAll(longer);
                return;
            }
        }
        throw new Combining.NobodyCanApprove("This needs approval at level '" + definition.name()
                + "', and there are not enough people who could give it. Please tell the process owners.");
    }

    /** The same people asked for a larger quorum are asked once, for the larger. */
    private static List<Step> merged(List<Step> chain, Step step) {
        List<Step> longer = new ArrayList<>(chain);
        Optional<Step> same = chain.stream().filter(step::asksTheSameAs).findFirst();
        if (same.isPresent() && same.get().level().quorum() >= step.level().quorum()) {
            return longer;
        }
        same.ifPresent(longer::remove);
        longer.add(step);
        return longer;
    }

    /** Nobody counts for two levels, so each needs its quorum of people whom no other level needs. */
    private static boolean enoughPeople(List<Step> chain, Function<Level, Set<String>> approvers) {
        List<Set<String>> places = chain.stream()
                .map(Step::level)
                .flatMap(level -> Collections.nCopies(level.quorum(), approvers.apply(level)).stream())
                .toList();
        return DistinctPeople.fill(places);
    }

    private Level candidates(LevelDefinition definition, Entitlement entitlement, String requester, Instant moment) {
        return switch (definition.of()) {
            case REQUESTERS_MANAGER, REQUESTERS_SPONSOR, REQUESTERS_MENTOR ->
                of(definition, entitlement, List.of(), related(definition, requester));
            case RESOURCE_OWNERS ->
                of(
                        definition,
                        entitlement,
                        entitlement.owners().stream().sorted().toList(),
                        List.of());
            case ON_CALL ->
                of(
                        definition,
                        entitlement,
                        List.of(),
                        onCall.at(entitlement.scheduleAt(definition), moment).stream()
                                .toList());
            case GROUPS -> of(definition, entitlement, definition.groups(), List.of());
        };
    }

    /** In their order; the requester is not asked, and keeps none of the others from being. */
    private List<String> related(LevelDefinition definition, String requester) {
        return definition.of().relation().stream()
                .flatMap(relation ->
                        people.find(requester).stream().flatMap(person -> person.related(relation).stream()))
                .filter(person -> !AccountIds.isOne(person, requester))
                .toList();
    }

    private Level of(LevelDefinition definition, Entitlement entitlement, List<String> groups, List<String> people) {
        return new Level(
                definition.name(),
                groups,
                people,
                entitlement.quorumAt(definition),
                definition.deadline(),
                calendar.zoneOf(groups.isEmpty() ? definition.groups() : groups).getId(),
                definition.remindEvery(),
                definition.escalate(),
                definition.of(),
                entitlement.scheduleAt(definition));
    }
}
