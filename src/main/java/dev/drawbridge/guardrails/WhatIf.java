package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Change.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The least that a requester would have to do otherwise, found by asking the rules: one thing, or two together, or three. */
final class WhatIf {
    private static final int MOST_TOGETHER = 3;
    /** Then it is told as if nothing helped: some milliseconds are enough. */
    private static final int MOST_ASKED = 3_000;

    private final RuleSet rules;
    private final SeenFacts facts;
    private final Map<Kind, List<Change>> changes;
    private int asked;

    private WhatIf(RuleSet rules, SeenFacts facts) {
        this.rules = rules;
        this.facts = facts;
        this.changes = new EnumMap<>(Changes.of(rules, facts));
        changes.values().removeIf(List::isEmpty);
    }

    /**
     * Each of the smallest changes that would do, in words that end "It would be automatic …"; none where nothing that can be
     * done otherwise helps.
     */
    static List<String> automatic(RuleSet rules, SeenFacts facts) {
        return new WhatIf(rules, facts).ways(RulesSay::isAutomatic);
    }

    /** As {@link #automatic}, for what is refused: to be possible at all. */
    static List<String> possible(RuleSet rules, SeenFacts facts) {
        return new WhatIf(rules, facts).ways(RulesSay::isPossible);
    }

    private List<String> ways(Predicate<RulesSay> wanted) {
        if (wanted.test(rules.say(facts))) {
            // The rules have nothing against it as it is: there may be nobody who could agree.
            return List.of();
        }
        for (int together = 1; together <= MOST_TOGETHER; together++) {
            List<String> found = new ArrayList<>();
            for (List<Kind> kinds : choices(List.copyOf(changes.keySet()), together)) {
                way(kinds, List.of(facts), List.of(), wanted).map(WhatIf::told).ifPresent(found::add);
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** So many of these, in their order. */
    private static List<List<Kind>> choices(List<Kind> of, int many) {
        if (many == 0) {
            return List.of(List.of());
        }
        List<List<Kind>> choices = new ArrayList<>();
        for (int first = 0; first < of.size(); first++) {
            for (List<Kind> rest : choices(of.subList(first + 1, of.size()), many - 1)) {
                List<Kind> choice = new ArrayList<>(List.of(of.get(first)));
                choice.addAll(rest);
                choices.add(choice);
            }
        }
        return choices;
    }

    private Optional<List<String>> way(
            List<Kind> kinds, List<SeenFacts> before, List<String> words, Predicate<RulesSay> wanted) {
        if (kinds.isEmpty()) {
            return before.stream().allMatch(seen -> does(seen, wanted)) ? Optional.of(words) : Optional.empty();
        }
        return changes.getOrDefault(kinds.get(0), List.of()).stream()
                .flatMap(change -> {
                    List<SeenFacts> after = new ArrayList<>();
                    for (SeenFacts seen : before) {
                        List<SeenFacts> made = change.made().apply(seen);
                        if (made.isEmpty()) {
                            return Stream.empty();
                        }
                        after.addAll(made);
                    }
                    List<String> told = new ArrayList<>(words);
                    told.add(change.words());
                    return way(kinds.subList(1, kinds.size()), after, told, wanted).stream();
                })
                .findFirst();
    }

    private boolean does(SeenFacts seen, Predicate<RulesSay> wanted) {
        return asked++ < MOST_ASKED && isOffered(seen) && wanted.test(rules.say(seen));
    }

    /** Another thing may be had for less time than this one. */
    private boolean isOffered(SeenFacts seen) {
        return seen.wanted().equals(facts.wanted())
                || rules.wanted(seen)
                        .filter(other -> seen.asked().duration().compareTo(other.limit()) <= 0)
                        .isPresent();
    }

    private static String told(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
