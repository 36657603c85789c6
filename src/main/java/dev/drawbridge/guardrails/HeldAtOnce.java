package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.facts.Holdings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What somebody may hold of the catalog beside what they ask for, as far as rules can tell it apart. */
final class HeldAtOnce {
    private static final int MOST_SETS = 4_096;
    private static final int FEW = 3;
    private static final List<String> COUNTS = List.of("count", "sameResource", "sameTarget", "sameLevel");

    private final List<Side> sides;
    private final Alike alike;
    private final ImaginedRequest base;
    private final Map<String, Integer> most;
    private final Set<String> leftOut = new LinkedHashSet<>();

    HeldAtOnce(List<Side> sides, Mentions mentions, Alike alike, ImaginedRequest base) {
        this.sides = sides;
        this.most = most(mentions);
        this.alike = alike;
        this.base = base;
    }

    Set<String> leftOut() {
        return leftOut;
    }

    /** Sets of ids; of what is alike the first is kept, and one with what is wanted could stand for later starts only. */
    List<List<String>> all() {
        boolean counted = !most.isEmpty();
        Map<Object, List<String>> classes = new LinkedHashMap<>();
        for (Entitlement one : entitlements()) {
            List<String> alone = List.of(one.id());
            if (counted || isSeen(alone)) {
                classes.computeIfAbsent(counted ? counted(alone) : looks(alone), unseen -> new ArrayList<>())
                        .add(one.id());
            }
        }
        // Without counting, a second one of a class changes nothing.
        return wantedLast(counted ? counts(classes.values()) : subsets(classes.values()))
                .toList();
    }

    private List<Entitlement> entitlements() {
        return sides.get(0).facts().rules().catalog().all().stream()
                .sorted(Comparator.comparing(one -> one.id().equals(base.entitlement())))
                .toList();
    }

    private Stream<List<String>> wantedLast(Collection<List<String>> sets) {
        return sets.stream().sorted(Comparator.comparing(set -> set.contains(base.entitlement())));
    }

    private boolean isSeen(List<String> held) {
        return looks(held).stream().anyMatch(side -> !side.isEmpty());
    }

    private List<Set<Object>> looks(List<String> held) {
        return alike.looks(Set.of(Fact.HELD), base.with(held));
    }

    /** With those numbers of them that count. */
    private Object counted(List<String> held) {
        List<Object> looks = new ArrayList<>(looks(held));
        for (Side side : sides) {
            for (Object fact :
                    side.facts().of(Set.of(Fact.HOLDINGS), base.with(held)).getOrDefault(Fact.HOLDINGS, List.of())) {
                Holdings holdings = (Holdings) fact;
                most.forEach((word, most) ->
                        looks.add(Math.min(most, numbers(holdings).getOrDefault(word, 0))));
            }
        }
        return looks;
    }

    private static Map<String, Integer> numbers(Holdings holdings) {
        return Map.of(
                "count",
                holdings.count(),
                "sameResource",
                holdings.sameResource(),
                "sameTarget",
                holdings.sameTarget(),
                "sameLevel",
                holdings.sameLevel());
    }

    private List<List<String>> subsets(Collection<List<String>> classes) {
        Subsets<String> sets =
                Subsets.of(classes.stream().map(ids -> ids.get(0)).toList(), MOST_SETS);
        if (!sets.all()) {
            leftOut.add("people who hold more than " + sets.size() + " accesses at once");
        }
        return sets.sets();
    }

    /** So many of each class, in each way; what looks the same so far looks the same with whatever is added. */
    private Collection<List<String>> counts(Collection<List<String>> classes) {
        int each = most.values().stream().max(Comparator.naturalOrder()).orElse(0);
        Collection<List<String>> sets = List.of(List.of());
        for (List<String> ids : classes) {
            List<List<String>> more = sets.stream()
                    .flatMap(set -> IntStream.rangeClosed(0, Math.min(ids.size(), each))
                            .mapToObj(number -> Stream.concat(
                                            set.stream(), ids.stream().limit(number))
                                    .toList()))
                    .toList();
            Map<Object, List<String>> byLooks = new LinkedHashMap<>();
            wantedLast(more).forEach(set -> byLooks.putIfAbsent(counted(set), set));
            sets = byLooks.values();
            if (sets.size() > MOST_SETS) {
                leftOut.add("people who hold more than " + FEW + " accesses at once");
                sets = sets.stream().filter(set -> set.size() <= FEW).toList();
            }
        }
        return sets;
    }

    /** For each number that counts, from where on a higher one is like it; no such where it is compared with other words. */
    private static Map<String, Integer> most(Mentions mentions) {
        return COUNTS.stream()
                .filter(word -> mentions.use(Fact.HOLDINGS, word))
                .collect(Collectors.toMap(
                        word -> word,
                        word -> mentions.join(Fact.HOLDINGS, word)
                                ? Integer.MAX_VALUE
                                : 1
                                        + mentions
                                                .of(Fact.HOLDINGS, word, Operand.Number.class, Operand.Number::value)
                                                .stream()
                                                .max(Comparator.naturalOrder())
                                                .orElse(0)));
    }
}
