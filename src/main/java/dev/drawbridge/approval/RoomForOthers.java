package dev.drawbridge.approval;

import dev.drawbridge.guardrails.DistinctPeople;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccountIds;
import dev.drawbridge.request.AccessRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Keeps somebody from answering where another place cannot do without them: nobody counts for two. */
@Component
class RoomForOthers {
    private final Candidates candidates;

    RoomForOthers(Candidates candidates) {
        this.candidates = candidates;
    }

    /** {@code gone} are the approver, and whom they stand in for. */
    void require(AccessRequest request, List<Level> chain, int position, List<Approval> answers, Set<String> gone) {
        List<Set<String>> able = able(request, chain, position, answers);
        if (canBeFilled(chain, position, 0, answers, able)) {
            able.forEach(level ->
                    level.removeIf(person -> gone.stream().anyMatch(one -> AccountIds.isOne(person, one))));
            if (!canBeFilled(chain, position, 1, answers, able)) {
                throw Refusal.of(
                        Refusal.Kind.CONFLICT,
                        "needed-later",
                        "You are needed at a later level, where nobody else could approve this; leave this one to a"
                                + " colleague.");
            }
        }
    }

    /** To whom a person can hand their answer over: not to one who is needed beside it, or at a later level. */
    Predicate<String> forHandingOver(
            AccessRequest request, List<Level> chain, int position, List<Approval> answers, String from) {
        List<Set<String>> able = able(request, chain, position, answers);
        Set<String> here = candidates.awaited(request, chain.get(position), position, answers);
        able.set(0, here);
        if (!canBeFilled(chain, position, 0, answers, able)) {
            return to -> true;
        }
        return to -> {
            Set<String> then = new TreeSet<>(here);
            then.removeIf(person -> AccountIds.isOne(person, from));
            then.add(to);
            able.set(0, then);
            return canBeFilled(chain, position, 0, answers, able);
        };
    }

    /** For each level from this one on, whose answer is still to come. */
    private List<Set<String>> able(AccessRequest request, List<Level> chain, int position, List<Approval> answers) {
        List<Set<String>> able = new ArrayList<>();
        for (int level = position; level < chain.size(); level++) {
            able.add(candidates.unheard(request, chain.get(level), level, answers));
        }
        return able;
    }

    private static boolean canBeFilled(
            List<Level> chain, int position, int answered, List<Approval> answers, List<Set<String>> able) {
        List<Set<String>> places = new ArrayList<>();
        for (int level = position; level < chain.size(); level++) {
            int open = chain.get(level).quorum()
                    - Approvals.approvers(answers, level).size()
                    - (level == position ? answered : 0);
            places.addAll(Collections.nCopies(Math.max(open, 0), able.get(level - position)));
        }
        return DistinctPeople.fill(places);
    }
}
