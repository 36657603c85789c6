package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the requester, and others, may hold of the catalog at once, as far as rules can tell it apart. */
final class HeldAtOnce {
    private static final int MOST_SETS = 4_096;
    private static final int FEW = 3;

    private final List<Side> sides;
    private final Mentions mentions;
    private final Alike alike;
    private final ImaginedRequest base;
    private final Set<String> leftOut = new LinkedHashSet<>();

    HeldAtOnce(List<Side> sides, Mentions mentions, Alike alike, ImaginedRequest base) {
        this.sides = sides;
        this.mentions = mentions;
        this.alike = alike;
        this.base = base;
    }

    Set<String> leftOut() {
        return leftOut;
    }

    /** Sets of ids; the wanted one only where no other would do. */
    List<List<String>> byRequester() {
        boolean counted = mentions.useAny(Set.of(Fact.HOLDINGS));
        Map<List<Object>, List<String>> classes = new LinkedHashMap<>();
        for (Entitlement one : entitlements()) {
            List<Set<Object>> looks = alike.looks(Set.of(Fact.HELD), base.with(List.of(one.id())));
            if (counted || isSeen(looks)) {
                List<Object> together = counted ? List.of(looks, shared(one)) : List.of(looks);
                classes.computeIfAbsent(together, unseen -> new ArrayList<>()).add(one.id());
            }
        }
        // Without counting, a second one of a class changes nothing.
        List<List<String>> sets = counted ? counts(List.copyOf(classes.values())) : subsets(classes.values());
        // Of what is alike the first is kept; one that holds what is wanted could stand for later starts only.
        return sets.stream()
                .sorted(Comparator.comparing(set -> set.contains(base.entitlement())))
                .toList();
    }

    private List<List<String>> subsets(Collection<List<String>> classes) {
        Subsets<String> sets =
                Subsets.of(classes.stream().map(ids -> ids.get(0)).toList(), MOST_SETS);
        tell(sets.all(), "people who hold more than " + sets.size() + " accesses at once");
        return sets.sets();
    }

    /** So many of each class, in each way. */
    private List<List<String>> counts(List<List<String>> classes) {
        List<List<String>> sets = new ArrayList<>(List.of(List.of()));
        for (List<String> ids : classes) {
            List<List<String>> more = new ArrayList<>();
            for (List<String> set : sets) {
                for (int number = 0; number <= ids.size(); number++) {
                    more.add(Stream.concat(set.stream(), ids.stream().limit(number))
                            .toList());
                }
            }
            sets = more;
            if (sets.size() > MOST_SETS) {
                tell(false, "people who hold more than " + FEW + " accesses at once");
                sets.removeIf(set -> set.size() > FEW);
            }
        }
        return sets;
    }

    private void tell(boolean all, String otherwise) {
        if (!all) {
            leftOut.add(otherwise);
        }
    }

    private static boolean isSeen(List<Set<Object>> looks) {
        return looks.stream().anyMatch(side -> !side.isEmpty());
    }

    private List<Entitlement> entitlements() {
        return sides.get(0).facts().rules().catalog().all().stream()
                .sorted(Comparator.comparing(one -> one.id().equals(base.entitlement())))
                .toList();
    }

    /** What it has in common with what is wanted, on each side. */
    private List<Object> shared(Entitlement one) {
        return sides.stream()
                .<Object>map(side ->
                        side.facts().of(Set.of(Fact.HOLDINGS), base.with(List.of(one.id()))).values().stream()
                                .toList())
                .toList();
    }

    /** By id, how many others hold it. */
    List<Map<String, Integer>> byOthers(List<Integer> people) {
        Map<List<Set<Object>>, Map<String, Integer>> classes = new LinkedHashMap<>();
        for (Entitlement one : entitlements()) {
            for (int number : people) {
                List<Set<Object>> looks = alike.looks(Set.of(Fact.HELD_BY_OTHERS), base.with(Map.of(one.id(), number)));
                if (isSeen(looks)) {
                    classes.computeIfAbsent(looks, unseen -> new LinkedHashMap<>())
                            .putIfAbsent(one.id(), number);
                }
            }
        }
        Subsets<Map<String, Integer>> sets = Subsets.of(List.copyOf(classes.values()), MOST_SETS);
        tell(sets.all(), "others who hold more than " + sets.size() + " different accesses at once");
        return sets.sets().stream()
                .flatMap(set -> apart(set, Map.of()).stream())
                .toList();
    }

    /** One entitlement for each, no two the same; none where there are too few. */
    private static Optional<Map<String, Integer>> apart(
            List<Map<String, Integer>> classes, Map<String, Integer> chosen) {
        if (classes.isEmpty()) {
            return Optional.of(chosen);
        }
        for (Map.Entry<String, Integer> one : classes.get(0).entrySet()) {
            if (!chosen.containsKey(one.getKey())) {
                Map<String, Integer> more = new HashMap<>(chosen);
                more.put(one.getKey(), one.getValue());
                Optional<Map<String, Integer>> all = apart(classes.subList(1, classes.size()), more);
                if (all.isPresent()) {
                    return all;
                }
            }
        }
        return Optional.empty();
    }
}
