package dev.drawbridge.approval;

import dev.drawbridge.guardrails.DistinctPeople;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.request.AccessRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Keeps somebody from answering at a level whom a later one cannot do without: nobody counts for two. */
@Component
class RoomForOthers {
    private final Candidates candidates;

    RoomForOthers(Candidates candidates) {
        this.candidates = candidates;
    }

    /** {@code gone} are the approver, and whom they stand in for. */
    void require(AccessRequest request, List<Level> chain, int position, List<Approval> answers, Set<String> gone) {
        if (canBeFilled(request, chain, position, 0, answers, Set.of())
                && !canBeFilled(request, chain, position, 1, answers, gone)) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "needed-later",
                    "You are needed at a later level, where nobody else could approve this; leave this one to a colleague.");
        }
    }

    private boolean canBeFilled(
            AccessRequest request,
            List<Level> chain,
            int position,
            int answered,
            List<Approval> answers,
            Set<String> gone) {
        List<Set<String>> places = new ArrayList<>();
        for (int level = position; level < chain.size(); level++) {
            int open = chain.get(level).quorum()
                    - Approvals.approvers(answers, level).size()
                    - (level == position ? answered : 0);
            Set<String> able = new TreeSet<>(candidates.of(request, chain.get(level), level, answers));
            able.removeAll(gone);
            places.addAll(Collections.nCopies(Math.max(open, 0), able));
        }
        return DistinctPeople.fill(places);
    }
}
