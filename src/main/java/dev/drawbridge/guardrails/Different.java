package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where two sides differ, for requests of which they see the same: both say the same where none of these rules fires, or each pair
 * of rules that say the same fires on both sides, or on none.
 *
 * @param facts what these rules speak of
 * @param pairs by position on each side: rules of one name that say the same, of different requests
 * @param alone by side: rules that have no such partner
 * @param isAll where it is not known, so that everything counts
 */
record Different(Set<Fact> facts, List<Pair> pairs, List<BitSet> alone, boolean isAll) {
    static final Different ALL = new Different(Set.of(), List.of(), List.of(), true);

    record Pair(int one, int other) {}

    static Different of(Side one, Side other) {
        if (!GatherFacts.wanted(one.wanted()).equals(GatherFacts.wanted(other.wanted()))
                || !FewestPeople.of(one).isLike(FewestPeople.of(other))) {
            return ALL;
        }
        Set<Fact> facts = new HashSet<>();
        List<Pair> pairs = new ArrayList<>();
        List<BitSet> alone = List.of(new BitSet(), new BitSet());
        for (int position = 0; position < one.sources().size(); position++) {
            RuleFindings.Source source = one.sources().get(position);
            Optional<RuleFindings.Source> partner = partner(source, other);
            if (partner.isEmpty()) {
                alone.get(0).set(position);
            } else if (!partner.get().rule().when().equals(source.rule().when())) {
                pairs.add(new Pair(position, other.sources().indexOf(partner.get())));
            } else {
                continue;
            }
            Stream.concat(Stream.of(source), partner.stream())
                    .forEach(rule -> facts.addAll(Leaves.facts(rule.rule().when())));
        }
        for (int position = 0; position < other.sources().size(); position++) {
            RuleFindings.Source source = other.sources().get(position);
            if (partner(source, one).isEmpty()) {
                alone.get(1).set(position);
                facts.addAll(Leaves.facts(source.rule().when()));
            }
        }
        return new Different(facts, pairs, alone, false);
    }

    private static Optional<RuleFindings.Source> partner(RuleFindings.Source source, Side side) {
        return side.sources().stream()
                .filter(other -> other.id().equals(source.id())
                        && other.rule().then().equals(source.rule().then()))
                .findFirst();
    }

    /** Whether both sides say the same, whatever else there is. */
    boolean isOfNoMatter(List<BitSet> fired, List<BitSet> known) {
        return !isAll
                && pairs.stream()
                        .allMatch(pair -> known.get(0).get(pair.one())
                                && known.get(1).get(pair.other())
                                && fired.get(0).get(pair.one()) == fired.get(1).get(pair.other()))
                && isSilent(0, fired, known)
                && isSilent(1, fired, known);
    }

    private boolean isSilent(int side, List<BitSet> fired, List<BitSet> known) {
        return alone.get(side).stream()
                .allMatch(rule -> known.get(side).get(rule) && !fired.get(side).get(rule));
    }
}
