package dev.drawbridge.approval;

import dev.drawbridge.approval.Electorate.Voters;
import dev.drawbridge.catalog.LevelDefinition;
import dev.drawbridge.catalog.LevelDefinition.Source;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.OnCall;
import dev.drawbridge.deputies.Deputies;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.directory.Directory.Known;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.platform.WithinTransaction;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Looks up who may answer a case, for one or for many with the same two statements: the accounts as they are now, and the
 * deputies and duties of a moment.
 */
@Component
public class Electorates {
    private final LevelDefinitions definitions;
    private final OnCall onCall;
    private final Directory people;
    private final Deputies deputies;
    private final Clock clock;
    // A task that is made asks for them several times, of one and the same case.
    private final WithinTransaction<Same, Electorate> known =
            new WithinTransaction<>(same -> Optional.of(at(same.approval(), clock().instant())));

    Electorates(LevelDefinitions definitions, OnCall onCall, Directory people, Deputies deputies, Clock clock) {
        this.definitions = definitions;
        this.onCall = onCall;
        this.people = people;
        this.deputies = deputies;
        this.clock = clock;
    }

    /** Of a case that was read in this transaction, once. A decision reads the case again. */
    public Electorate now(ApprovalCase approval) {
        return known.get(new Same(approval)).orElseThrow();
    }

    private Clock clock() {
        return clock;
    }

    /** One and the same case, and no other like it: one that is read again is looked at again. */
    private record Same(ApprovalCase approval) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Same same && same.approval == approval;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(approval);
        }
    }

    /** Of the accounts of now, and of those who had duty or were deputies at a moment. */
    Electorate at(ApprovalCase approval, Instant moment) {
        return Objects.requireNonNull(all(List.of(approval), moment).get(approval.id()));
    }

    /** Of many, by request. */
    public Map<UUID, Electorate> now(Collection<ApprovalCase> approvals) {
        return all(approvals, clock.instant());
    }

    /** Who stands in for somebody now. */
    List<Deputies.Deputy> standing() {
        return deputies.at(clock.instant());
    }

    /** As {@link #now(Collection)}, where it is known already who stands in. */
    Map<UUID, Electorate> now(Collection<ApprovalCase> approvals, List<Deputies.Deputy> standing) {
        return all(approvals, clock.instant(), standing);
    }

    private Map<UUID, Electorate> all(Collection<ApprovalCase> approvals, Instant moment) {
        return all(approvals, moment, deputies.at(moment));
    }

    private Map<UUID, Electorate> all(
            Collection<ApprovalCase> approvals, Instant moment, List<Deputies.Deputy> standing) {
        Known known = people.known(
                groups(approvals),
                persons(approvals, moment),
                approvals.stream()
                        .map(approval -> approval.request().requester())
                        .collect(Collectors.toSet()));
        return approvals.stream()
                .collect(Collectors.toMap(
                        ApprovalCase::id,
                        approval -> new Electorate(
                                approval,
                                positions(approval)
                                        .mapToObj(position -> voters(approval, position, known, moment, standing))
                                        .toList(),
                                standing)));
    }

    /** The groups that are asked who may answer these. */
    Set<String> groups(Collection<ApprovalCase> approvals) {
        return each(
                approvals,
                (approval, position) ->
                        Stream.concat(approval.groups(position).stream(), standIns(approval.level(position)).stream()));
    }

    /** The people who are looked up to say who may answer these now. */
    Set<String> persons(Collection<ApprovalCase> approvals) {
        return persons(approvals, clock.instant());
    }

    private Set<String> persons(Collection<ApprovalCase> approvals, Instant moment) {
        return each(approvals, (approval, position) -> persons(approval.level(position), moment));
    }

    private interface OfALevel {
        Stream<String> of(ApprovalCase approval, int position);
    }

    private static Set<String> each(Collection<ApprovalCase> approvals, OfALevel what) {
        return approvals.stream()
                .flatMap(approval -> positions(approval).boxed().flatMap(position -> what.of(approval, position)))
                .collect(Collectors.toSet());
    }

    private static IntStream positions(ApprovalCase approval) {
        return IntStream.range(0, approval.levels().size());
    }

    private Voters voters(
            ApprovalCase approval, int position, Known known, Instant moment, List<Deputies.Deputy> standing) {
        Level level = approval.level(position);
        List<String> all = named(level, approval, known, moment);
        Set<String> standIns = new TreeSet<>(known.members(standIns(level)));
        if (restricted(level).isEmpty()) {
            standIns.addAll(all);
            standIns.addAll(known.accounts(rota(level)));
        }
        standIns = without(standIns, approval);
        Set<String> named = InOrder.isKept(level)
                ? new InOrder(approval, position, standIns, standing).asked(all)
                : Set.copyOf(all);
        Set<String> asked = new TreeSet<>(named);
        asked.addAll(known.members(approval.groups(position, named)));
        Set<String> steppedIn = approval.hasSteppedIn(position) ? known.members(approval.groups(position)) : Set.of();
        return new Voters(named, without(asked, approval), standIns, without(steppedIn, approval));
    }

    private static Set<String> without(Set<String> accounts, ApprovalCase approval) {
        return accounts.stream().filter(person -> !approval.isRequester(person)).collect(Collectors.toSet());
    }

    /**
     * Those who are there of whom a level names beside its groups, in order: as they are now or at the moment, not as they were
     * when it was asked for.
     */
    private List<String> named(Level level, ApprovalCase approval, Known known, Instant moment) {
        if (level.people().isEmpty()) {
            return List.of();
        }
        List<String> named = InOrder.relation(level)
                // Whom the requester has now, which may be nobody; who it was only where nothing was ever said of it.
                .map(relation ->
                        known.related(approval.request().requester(), relation).orElse(level.people()))
                .orElseGet(() -> Stream.concat(level.people().stream(), onDuty(level, moment).stream())
                        .toList());
        Set<String> there = known.accounts(named);
        return named.stream()
                .distinct()
                .filter(person -> there.contains(person) && !approval.isRequester(person))
                .toList();
    }

    private Optional<String> onDuty(Level level, Instant moment) {
        return rota(level).isEmpty() ? Optional.empty() : onCall.at(Objects.requireNonNull(level.schedule()), moment);
    }

    /** Everybody whom a level may come to name. */
    private Stream<String> persons(Level level, Instant moment) {
        return Stream.concat(
                level.people().stream(), Stream.concat(onDuty(level, moment).stream(), rota(level).stream()));
    }

    private Collection<String> rota(Level level) {
        return level.source() == Source.ON_CALL && level.schedule() != null
                ? onCall.people(level.schedule())
                : Set.of();
    }

    /**
     * The groups whose members may stand in, by {@code rules/levels.yaml} as it is now: those that the level's definition
     * names, or whoever may answer at it anyway.
     */
    private Set<String> standIns(Level level) {
        return restricted(level).orElseGet(() -> {
            Set<String> groups = new TreeSet<>(level.groups());
            level.escalations().forEach(tier -> groups.addAll(tier.groups()));
            definitions.find(level.name()).map(LevelDefinition::allGroups).ifPresent(groups::addAll);
            return groups;
        });
    }

    private Optional<Set<String>> restricted(Level level) {
        return definitions
                .find(level.name())
                .flatMap(definition -> definition.deputies().groups());
    }
}
