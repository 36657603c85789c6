package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What others may hold of the catalog at once, and how many of them, as far as rules can tell it apart. */
final class HeldElsewhere {
    private static final int MOST_SETS = 4_096;

    private final List<Side> sides;
    private final Alike alike;
    private final ImaginedRequest base;
    private final Set<String> leftOut = new LinkedHashSet<>();

    HeldElsewhere(List<Side> sides, Alike alike, ImaginedRequest base) {
        this.sides = sides;
        this.alike = alike;
        this.base = base;
    }

    Set<String> leftOut() {
        return leftOut;
    }

    /** By id, how many others hold it; {@code people}: the numbers that count. */
    List<Map<String, Integer>> all(List<Integer> people) {
        Map<List<Set<Object>>, Map<String, Integer>> classes = new LinkedHashMap<>();
        for (Entitlement one : sides.get(0).facts().rules().catalog().all()) {
            for (int number : people) {
                List<Set<Object>> looks = alike.looks(Set.of(Fact.HELD_BY_OTHERS), base.with(Map.of(one.id(), number)));
                if (looks.stream().anyMatch(side -> !side.isEmpty())) {
                    classes.computeIfAbsent(looks, unseen -> new LinkedHashMap<>())
                            .putIfAbsent(one.id(), number);
                }
            }
        }
        Subsets<Map<String, Integer>> sets = Subsets.of(List.copyOf(classes.values()), MOST_SETS);
        if (!sets.all()) {
            leftOut.add("others who hold more than " + sets.size() + " different accesses at once");
        }
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
