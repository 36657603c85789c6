package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * When rules are asked on a walk: each as soon as all parts of the request are chosen that it speaks of.
 *
 * @param asked by how many parts are chosen, the rules that are asked then
 * @param known which rules, of each side, have been asked by then
 */
record Stages(List<List<Placed>> asked, List<List<BitSet>> known) {
    record Placed(int side, int position, RuleMeaning meaning) {}

    static Stages of(Space space) {
        int parts = space.groups().size();
        List<List<Placed>> asked = new ArrayList<>();
        for (int part = 0; part <= parts; part++) {
            asked.add(new ArrayList<>());
        }
        for (int side = 0; side < space.sides().size(); side++) {
            List<RuleFindings.Source> sources = space.sides().get(side).sources();
            for (int position = 0; position < sources.size(); position++) {
                List<Clause> when = sources.get(position).rule().when();
                asked.get(partsOf(when, space)).add(new Placed(side, position, new RuleMeaning(when)));
            }
        }
        return new Stages(asked, known(asked, space.sides().size()));
    }

    /** How many parts must be chosen before it can be asked. */
    private static int partsOf(List<Clause> when, Space space) {
        Set<Fact> needed = Leaves.facts(when);
        for (int part = space.groups().size(); part > 0; part--) {
            if (!Collections.disjoint(space.groups().get(part - 1).kinds(), needed)) {
                return part;
            }
        }
        return 0;
    }

    private static List<List<BitSet>> known(List<List<Placed>> asked, int sides) {
        List<List<BitSet>> known = new ArrayList<>();
        List<BitSet> before = Collections.nCopies(sides, new BitSet());
        for (List<Placed> here : asked) {
            List<BitSet> then = before.stream().map(set -> (BitSet) set.clone()).toList();
            here.forEach(rule -> then.get(rule.side()).set(rule.position()));
            known.add(then);
            before = then;
        }
        return known;
    }
}
