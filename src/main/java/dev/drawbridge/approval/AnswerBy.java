package dev.drawbridge.approval;

import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessToExtend;
import dev.drawbridge.request.AccessToExtend.LiveAccess;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Until when an answer is of use: as long as its level may take, and where it is about more time, while there is access. */
@Component
class AnswerBy {
    private final LevelClock levels;
    private final AccessToExtend live;
    private final Clock clock;

    AnswerBy(LevelClock levels, AccessToExtend live, Clock clock) {
        this.levels = levels;
        this.live = live;
        this.clock = clock;
    }

    /** Until when the people of a level can answer. */
    Instant ofLevel(AccessRequest request, int level) {
        return whileThereIsAccess(request, levels.deadline(request.id(), level));
    }

    /** Until when the requester can answer what an approver asks. */
    Instant ofQuestion(AccessRequest request, int level) {
        return whileThereIsAccess(request, levels.answerDue(request.id(), level));
    }

    /** The access that this asks to have for longer; none where it asks for access of its own, or that access is over. */
    Optional<LiveAccess> held(AccessRequest request) {
        return Optional.ofNullable(request.extending()).flatMap(extended -> live.find(extended, clock.instant()));
    }

    private Instant whileThereIsAccess(AccessRequest request, Instant due) {
        return held(request)
                .map(LiveAccess::expiresAt)
                .filter(end -> end.isBefore(due))
                .orElse(due);
    }
}
