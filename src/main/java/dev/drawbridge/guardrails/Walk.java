package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Goes through all combinations of a space, part by part. A rule is asked as soon as all parts are chosen that it speaks of; where
 * what has fired settles the question, whatever else is chosen, the combinations behind it count as looked at.
 */
final class Walk {
    /** What is looked for. */
    interface Question {
        /**
         * Whether no further rule could make what has been chosen an answer.
         *
         * @param fired which rules have, of each side, by their position in it
         * @param known which rules have been asked
         */
        boolean isSettled(List<BitSet> fired, List<BitSet> known);

        /** A combination of which everything is known; false: that is enough. */
        boolean look(List<BitSet> fired, Combination combination);
    }

    /** One that has been chosen. */
    record Combination(ImaginedRequest request, boolean refusedBefore) {}

    /**
     * What came of it.
     *
     * @param all how many combinations there are
     * @param covered of how many the answer is known
     */
    record Covered(long all, long covered, Set<String> leftOut) {
        boolean isAll() {
            return leftOut.isEmpty() && covered == all;
        }
    }

    private final Space space;
    private final Question question;
    private final long most;
    private final List<FactTable> facts = new ArrayList<>();
    private final List<BitSet> fired = new ArrayList<>();
    private final Stages stages;
    private final long[] below;
    private final Choice[] chosen;
    private long covered;
    private long steps;

    /** {@code most}: how many steps it goes, at most. */
    Walk(Space space, Question question, long most) {
        this.space = space;
        this.question = question;
        this.most = most;
        int depth = space.groups().size();
        chosen = new Choice[depth];
        below = new long[depth + 1];
        below[depth] = 1;
        for (int part = depth - 1; part >= 0; part--) {
            int ways = space.groups().get(part).choices().size();
            below[part] = ways > 0 && below[part + 1] > Long.MAX_VALUE / ways ? Long.MAX_VALUE : below[part + 1] * ways;
        }
        for (Side side : space.sides()) {
            FactTable table = new FactTable();
            table.put(side.facts().of(EnumSet.of(Fact.WANTED), space.start()));
            facts.add(table);
            fired.add(new BitSet());
        }
        stages = Stages.of(space);
    }

    Covered go() {
        ask(0);
        if (question.isSettled(fired, stages.known().get(0))) {
            covered = below[0];
        } else {
            from(0);
        }
        return new Covered(below[0], covered, space.leftOut());
    }

    /** False: it is over. */
    private boolean from(int part) {
        if (part == chosen.length) {
            covered++;
            return look();
        }
        Choice.Group group = space.groups().get(part);
        for (Choice choice : group.choices()) {
            if (++steps > most) {
                return false;
            }
            chosen[part] = choice;
            for (int side = 0; side < facts.size(); side++) {
                facts.get(side).put(choice.facts().get(side));
            }
            ask(part + 1);
            boolean goesOn = true;
            if (question.isSettled(fired, stages.known().get(part + 1))) {
                covered = below[part + 1] > Long.MAX_VALUE - covered ? Long.MAX_VALUE : covered + below[part + 1];
            } else {
                goesOn = from(part + 1);
            }
            stages.asked().get(part + 1).forEach(rule -> fired.get(rule.side()).clear(rule.position()));
            if (!goesOn) {
                return false;
            }
        }
        return true;
    }

    private void ask(int parts) {
        for (Stages.Placed rule : stages.asked().get(parts)) {
            if (rule.meaning().holds(facts.get(rule.side()))) {
                fired.get(rule.side()).set(rule.position());
            }
        }
    }

    private boolean look() {
        ImaginedRequest request = space.start();
        boolean refused = false;
        for (Choice choice : chosen) {
            request = choice.said().apply(request);
            refused |= choice.refusedBefore();
        }
        // Nobody asks for what they have, but for when they will have it no more.
        return request.words().startsIn().isZero() && request.held().contains(request.entitlement())
                || question.look(fired, new Combination(request, refused));
    }
}
