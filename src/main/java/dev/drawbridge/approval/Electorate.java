package dev.drawbridge.approval;

import dev.drawbridge.approval.ApprovalCase.HandOverFact;
import dev.drawbridge.deputies.Deputies;
import dev.drawbridge.directory.AccountIds;
import dev.drawbridge.guardrails.DistinctPeople;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may answer a request, in whose place, who is waited for, and whether there is room for somebody's answer: by the case,
 * and by the accounts and deputies of one moment. Levels are named by their position, from 0.
 */
public final class Electorate {
    private final ApprovalCase approval;
    private final List<Voters> levels;
    private final List<Deputies.Deputy> deputies;

    /**
     * @param levels for each level of the case, in order
     * @param deputies the appointments that hold at the moment, one a person
     */
    Electorate(ApprovalCase approval, List<Voters> levels, List<Deputies.Deputy> deputies) {
        this.approval = approval;
        this.levels = List.copyOf(levels);
        this.deputies = List.copyOf(deputies);
    }

    /**
     * The accounts around one level; the requester is never among them.
     *
     * @param named whom it names beside its groups
     * @param asked everybody whom it asks, by name or by group
     * @param standIns everybody who may stand in for one who is asked
     * @param steppedIn who stepped in for people who had left, asked still or not: what they answered counts on
     */
    record Voters(Set<String> named, Set<String> asked, Set<String> standIns, Set<String> steppedIn) {
        Voters {
            named = Set.copyOf(named);
            asked = Set.copyOf(asked);
            standIns = Set.copyOf(standIns);
            steppedIn = Set.copyOf(steppedIn);
        }
    }

    /** Whether the level asks this person, who may have handed their answer over. */
    boolean isAsked(String person, int level) {
        return levels.get(level).asked().contains(person);
    }

    /** Whether the level names this person beside its groups. */
    boolean isNamed(String person, int level) {
        return levels.get(level).named().contains(person);
    }

    /** Whether this person may answer in their own right: they are asked, and have not handed it over. */
    boolean mayApprove(String person, int level) {
        return isAsked(person, level) && !hasHandedOver(person, level);
    }

    /** In whichever capacity. */
    boolean mayAnswer(String person, int level) {
        return mayApprove(person, level) || !inPlaceOf(person, level).isEmpty();
    }

    /** Whether this person's answer rests with somebody else, who can still give it. */
    boolean hasHandedOver(String person, int level) {
        return resting(level).stream().anyMatch(handOver -> handOver.from().equals(person));
    }

    boolean mayStandIn(String person, int level) {
        return levels.get(level).standIns().contains(person);
    }

    /**
     * In whose place this person may answer: of those who handed it over to them, or named them their deputy, the ones who
     * are asked; a deputy has no say where it was handed over to another.
     */
    List<String> inPlaceOf(String person, int level) {
        return principals(person, level)
                .filter(principal -> principal.handedOver() || !hasHandedOver(principal.id(), level))
                .map(Principal::id)
                .distinct()
                .filter(principal -> isAsked(principal, level))
                .toList();
    }

    /** One for whom somebody stands in; {@code handedOver}: they asked for it with this very request. */
    private record Principal(String id, boolean handedOver) {}

    private Stream<Principal> principals(String person, int level) {
        return mayStandIn(person, level)
                ? Stream.concat(
                        approval.handOversAt(level).stream()
                                .filter(handOver -> handOver.to().equals(person))
                                .map(handOver -> new Principal(handOver.from(), true)),
                        deputies.stream()
                                .filter(deputy -> deputy.deputy().equals(person))
                                .map(deputy -> new Principal(deputy.person(), false)))
                : Stream.empty();
    }

    /**
     * Whether an answer counts, by an electorate of the moment at which it was given: who gave it is asked; or stood in for
     * somebody who is, and may do so.
     */
    boolean counts(Approval answer) {
        String principal = answer.forPerson();
        return principal == null
                ? wasAsked(answer.approver(), answer.level())
                : wasAsked(principal, answer.level())
                        && principals(answer.approver(), answer.level())
                                .anyMatch(stoodInFor -> stoodInFor.id().equals(principal));
    }

    private boolean wasAsked(String person, int level) {
        return isAsked(person, level) || levels.get(level).steppedIn().contains(person);
    }

    /**
     * What was handed over and rests there still. Where whom it was handed to may not stand in any more, or has been heard,
     * it is back with whose it is: nothing is to wait for nobody.
     */
    private List<HandOverFact> resting(int level) {
        return approval.handOversAt(level).stream()
                .filter(handOver -> !approval.hasBeenHeard(handOver.to()) && mayStandIn(handOver.to(), level))
                .toList();
    }

    /** Whose answer is still missing, even if a deputy gives it; by id, in alphabetical order. */
    Set<String> unheard(int level) {
        return levels.get(level).asked().stream()
                .filter(person -> !approval.hasBeenHeard(person))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Who answers in their own right. A person who handed it over is no longer waited for. */
    Set<String> inTheirOwnRight(int level) {
        Set<String> able = unheard(level);
        resting(level).forEach(handOver -> able.remove(handOver.from()));
        return able;
    }

    private Set<String> handedTo(int level) {
        Set<String> able = unheard(level);
        return resting(level).stream()
                .filter(handOver -> able.contains(handOver.from()))
                .map(HandOverFact::to)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whom it waits for: who is to answer in their own right, and whom it was handed to. Nobody waits for deputies. */
    Set<String> awaited(int level) {
        return both(inTheirOwnRight(level), handedTo(level));
    }

    /** Who may answer for another: whom it was handed to, and the deputies of those who answer in their own right. */
    private Set<String> inPlaceOfOthers(int level) {
        Set<String> own = inTheirOwnRight(level);
        Set<String> standing = handedTo(level);
        deputies.stream()
                .filter(deputy -> own.contains(deputy.person()))
                .map(Deputies.Deputy::deputy)
                .filter(deputy -> mayStandIn(deputy, level) && !approval.hasBeenHeard(deputy))
                .forEach(standing::add);
        return standing;
    }

    /** Everybody who may answer and has not been heard, in whichever capacity. */
    public Set<String> everybody(int level) {
        return both(inTheirOwnRight(level), inPlaceOfOthers(level));
    }

    /**
     * Whom a task names. Once somebody has been heard, at whichever level, or has handed it over, they are not asked again:
     * then there are no groups, and who is left is named one by one.
     *
     * @param groups whose members are asked
     * @param people who is asked beside those
     */
    public record Shown(Set<String> groups, Set<String> people) {}

    /** Whom the level's task names. */
    public Shown shown(int level) {
        return inTheirOwnRight(level).size() == levels.get(level).asked().size()
                ? new Shown(
                        approval.groups(level, levels.get(level).named()),
                        both(levels.get(level).named(), inPlaceOfOthers(level)))
                : new Shown(Set.of(), everybody(level));
    }

    /** Since when somebody is away who has named a deputy for this time. */
    public Stream<Instant> absenceOf(String person) {
        return deputies.stream()
                .filter(deputy -> deputy.person().equals(person))
                .map(Deputies.Deputy::startsAt);
    }

    /** Whether somebody else answers for them now. */
    public boolean isAbsent(String person) {
        return absenceOf(person).findAny().isPresent();
    }

    /** Whether this person has an answer of their own that they could hand over. */
    boolean mayHandOver(String person, int level) {
        return !approval.hasBeenHeard(person) && mayApprove(person, level);
    }

    /**
     * To whom this person can hand their own answer over; nobody where they have none to give. Not to one who is needed
     * beside it, or at a later level.
     */
    Set<String> successors(String person, int level) {
        if (!mayHandOver(person, level)) {
            return Set.of();
        }
        Set<String> here = awaited(level);
        boolean fits = canBeFilled(level, 0, position -> position == level ? here : unheard(position));
        return levels.get(level).standIns().stream()
                .filter(to -> !AccountIds.isOne(to, person) && !approval.hasBeenHeard(to) && !hasHandedOver(to, level))
                .filter(to -> !fits || leavesRoom(level, here, person, to))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean leavesRoom(int level, Set<String> here, String from, String to) {
        Set<String> then = new TreeSet<>(here);
        then.removeIf(person -> AccountIds.isOne(person, from));
        then.add(to);
        return canBeFilled(level, 0, position -> position == level ? then : unheard(position));
    }

    /** What was handed to this person by those who are asked still: it can be handed back. */
    List<HandOverFact> givenTo(String person, int level) {
        return approval.handOversAt(level).stream()
                .filter(handOver -> handOver.to().equals(person)
                        && !approval.hasBeenHeard(handOver.from())
                        && isAsked(handOver.from(), level))
                .toList();
    }

    /** Whether an answer by which these are gone leaves everybody who is needed elsewhere: nobody counts for two. */
    boolean leavesRoomWithout(Set<String> gone, int level) {
        return !canBeFilled(level, 0, this::unheard)
                || canBeFilled(level, 1, position -> {
                    Set<String> left = unheard(position);
                    left.removeIf(person -> gone.stream().anyMatch(one -> AccountIds.isOne(person, one)));
                    return left;
                });
    }

    /** Whether each place that is open, at this level and those after it, finds a person of its own. */
    private boolean canBeFilled(int from, int answered, IntFunction<Set<String>> able) {
        List<Set<String>> places = new ArrayList<>();
        for (int level = from; level < levels.size(); level++) {
            int open = approval.level(level).quorum() - approval.approvals(level) - (level == from ? answered : 0);
            places.addAll(Collections.nCopies(Math.max(open, 0), able.apply(level)));
        }
        return DistinctPeople.fill(places);
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
