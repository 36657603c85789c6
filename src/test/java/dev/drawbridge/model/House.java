package dev.drawbridge.model;

import dev.drawbridge.model.Asked.Answer;
import dev.drawbridge.model.Asked.HandOver;
import dev.drawbridge.model.Asked.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The people and groups of the demonstration, who stands in for whom, and so who may answer. Promised by
 * {@code rules/levels.yaml} and decision 15; where both are silent:
 *
 * <ul>
 *   <li>Whoever may answer in their own right answers for themselves, though others have named them as well.
 *   <li>Who has handed over their own answer may still give the one of somebody whose deputy they are.
 *   <li>What was handed over rests while whom it was handed to could give it, also where its owner left the groups meanwhile.
 * </ul>
 */
final class House {
    static final String MANAGER = "manager";
    static final Map<String, String> GROUPS = groups();
    /** As the demonstration calls them. */
    static final Map<String, String> NAMES = Map.of(
            "engineer", "Erin Engineer",
            "engineer2", "Emil Engineer",
            "contractor", "Casey Contractor",
            "manager", "Mara Manager",
            "manager2", "Milo Manager",
            "owner", "Olga Owner",
            "owner2", "Omar Owner",
            "security", "Sami Security",
            "security2", "Sina Security",
            "operator", "Otto Operator");

    private static final Set<String> LED = Set.of("engineer", "engineer2", "contractor");
    private static final Set<String> MAY_ASK = Set.of("engineers", "contractors");
    /** Who may answer at each level that is defined, whatever is asked for; the first is also the requester's manager's. */
    private static final List<Set<String>> LEVELS =
            List.of(Set.of("managers"), Set.of("orders-owners", "security"), Set.of("security"));

    /** {@code dismissed}: none while it stands. */
    static final class Deputy {
        final UUID id;
        final String person;
        final String deputy;
        final Instant from;
        final Instant until;
        Instant dismissed;

        Deputy(UUID id, String person, String deputy, Instant from, Instant until) {
            this.id = id;
            this.person = person;
            this.deputy = deputy;
            this.from = from;
            this.until = until;
        }

        boolean at(Instant moment) {
            return !moment.isBefore(from)
                    && moment.isBefore(until)
                    && (dismissed == null || moment.isBefore(dismissed));
        }

        boolean isOverAt(Instant now) {
            return dismissed != null || !now.isBefore(until);
        }
    }

    final Map<String, Set<String>> members = new TreeMap<>();
    final List<Deputy> deputies = new ArrayList<>();

    House() {
        GROUPS.forEach((person, group) ->
                members.computeIfAbsent(group, any -> new TreeSet<>()).add(person));
    }

    private static Map<String, String> groups() {
        Map<String, String> groups = new LinkedHashMap<>();
        groups.put("engineer", "engineers");
        groups.put("engineer2", "engineers");
        groups.put("contractor", "contractors");
        groups.put("manager", "managers");
        groups.put("manager2", "managers");
        groups.put("owner", "orders-owners");
        groups.put("owner2", "orders-owners");
        groups.put("security", "security");
        groups.put("security2", "security");
        groups.put("operator", "operators");
        return groups;
    }

    boolean isIn(String person, Collection<String> groups) {
        return groups.stream().anyMatch(group -> members.get(group).contains(person));
    }

    boolean mayAsk(String person) {
        return isIn(person, MAY_ASK);
    }

    /** Whom a level asks: whom it names, and the members of its groups; never the requester. */
    Set<String> asked(Asked request, int position) {
        Level level = request.level(position);
        Set<String> asked = named(request, level);
        request.groups(position).forEach(group -> asked.addAll(members.get(group)));
        asked.remove(request.requester);
        return asked;
    }

    /** The requester's manager of now; where nobody is, who was it when it was judged. */
    private static Set<String> named(Asked request, Level level) {
        return new TreeSet<>(
                level.ofManager() && !level.people().isEmpty() && LED.contains(request.requester)
                        ? Set.of(MANAGER)
                        : level.people());
    }

    /** Who may stand in at a level: whoever may answer at it anyway, at once or with one of its tiers. */
    Set<String> standIns(Asked request, int position) {
        Level level = request.level(position);
        Set<String> standIns = named(request, level);
        level.groups().forEach(group -> standIns.addAll(members.get(group)));
        level.tiers().forEach(tier -> tier.groups().forEach(group -> standIns.addAll(members.get(group))));
        standIns.addAll(members.get(level.ofManager() ? "managers" : "security"));
        standIns.remove(request.requester);
        return standIns;
    }

    /** Whether one may stand in for the other at some level at which that one may be asked. */
    boolean mayStandInSomewhere(String deputy, String person) {
        return LEVELS.stream()
                .anyMatch(groups -> (isIn(person, groups)
                                || person.equals(MANAGER) && groups.contains("managers")
                                || isOnDuty(person) && groups.contains("orders-owners"))
                        && (isIn(deputy, groups) || isOnDuty(deputy) && isOnCallLevel(groups)));
    }

    private static boolean isOnDuty(String person) {
        return person.startsWith("owner");
    }

    private static boolean isOnCallLevel(Set<String> groups) {
        return groups.contains("orders-owners");
    }

    /** It rests with the other while they could give it: afterwards it is back by itself. */
    private boolean rests(Asked request, HandOver handOver) {
        return !request.hasHeard(handOver.to())
                && standIns(request, handOver.level()).contains(handOver.to());
    }

    boolean hasHandedOver(Asked request, String person) {
        return request.handOvers.stream()
                .anyMatch(one -> one.level() == request.open() && one.from().equals(person) && rests(request, one));
    }

    boolean mayInOwnRight(Asked request, String person) {
        return !request.hasHeard(person)
                && asked(request, request.open()).contains(person)
                && !hasHandedOver(request, person);
    }

    /** Those in whose place a person may answer now. */
    Set<String> principals(Asked request, String person, Instant now) {
        Set<String> principals = new TreeSet<>();
        if (request.hasHeard(person) || !standIns(request, request.open()).contains(person)) {
            return principals;
        }
        request.handOvers.stream()
                .filter(one -> one.level() == request.open() && one.to().equals(person))
                .forEach(one -> principals.add(one.from()));
        deputies.stream()
                .filter(one -> one.at(now) && one.deputy.equals(person) && !hasHandedOver(request, one.person))
                .forEach(one -> principals.add(one.person));
        principals.removeIf(
                one -> request.hasHeard(one) || !asked(request, request.open()).contains(one));
        return principals;
    }

    /** Everybody who may answer, with those in whose place; with nobody, where it is in their own right. */
    Map<String, Set<String>> mayAnswer(Asked request, Instant now) {
        Map<String, Set<String>> may = new TreeMap<>();
        for (String person : GROUPS.keySet()) {
            Set<String> principals = principals(request, person, now);
            if (mayInOwnRight(request, person)) {
                may.put(person, Set.of());
            } else if (!principals.isEmpty()) {
                may.put(person, principals);
            }
        }
        return may;
    }

    /** Whom it waits for: who answers in their own right, and to whom an answer was handed. Nobody waits for deputies. */
    Set<String> awaited(Asked request) {
        Set<String> awaited = new TreeSet<>();
        asked(request, request.open()).stream()
                .filter(person -> mayInOwnRight(request, person))
                .forEach(awaited::add);
        request.handOvers.stream()
                .filter(one -> one.level() == request.open()
                        && rests(request, one)
                        && !request.hasHeard(one.from())
                        && asked(request, one.level()).contains(one.from()))
                .forEach(one -> awaited.add(one.to()));
        return awaited;
    }

    Set<String> unheard(Asked request, int level) {
        Set<String> unheard = asked(request, level);
        unheard.removeIf(request::hasHeard);
        return unheard;
    }

    /** Whether an approval still counts when access is given: by the accounts of now, and the deputies of when it was given. */
    boolean counts(Asked request, Answer answer) {
        if (answer.forPerson() == null) {
            return asked(request, answer.level()).contains(answer.by());
        }
        boolean stoodIn = request.handOvers.contains(new HandOver(answer.level(), answer.forPerson(), answer.by()))
                || deputies.stream()
                        .anyMatch(one -> one.at(answer.at())
                                && one.person.equals(answer.forPerson())
                                && one.deputy.equals(answer.by()));
        return stoodIn
                && asked(request, answer.level()).contains(answer.forPerson())
                && standIns(request, answer.level()).contains(answer.by());
    }
}
