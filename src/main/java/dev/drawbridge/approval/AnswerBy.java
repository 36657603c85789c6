package dev.drawbridge.approval;

import dev.drawbridge.request.AccessToExtend;
import dev.drawbridge.request.AccessToExtend.LiveAccess;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Until when an answer is of use: as long as its level may take, and where it is about more time, while there is access. */
@Component
public class AnswerBy {
    private final ApprovalCases cases;
    private final AccessToExtend live;

    AnswerBy(ApprovalCases cases, AccessToExtend live) {
        this.cases = cases;
        this.live = live;
    }

    /** Until when the people of a level can answer. */
    public Instant ofLevel(ApprovalCase approval, int level) {
        return whileThereIsAccess(approval, cases.times(approval).deadline(level));
    }

    /** Until when the requester can answer what an approver asks. */
    public Instant ofQuestion(ApprovalCase approval, int level) {
        return whileThereIsAccess(approval, cases.times(approval).answerDue(level));
    }

    /** The access that this asks to have for longer; none where it asks for access of its own, or that access is over. */
    public Optional<LiveAccess> held(ApprovalCase approval) {
        return Optional.ofNullable(approval.request().extending())
                .flatMap(extended -> live.find(extended, cases.times(approval).now()));
    }

    private Instant whileThereIsAccess(ApprovalCase approval, Instant due) {
        return held(approval)
                .map(LiveAccess::expiresAt)
                .filter(end -> end.isBefore(due))
                .orElse(due);
    }
}
