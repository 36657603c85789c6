package dev.drawbridge.approval.process;

import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.approval.LevelTimes;
import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.platform.Cluster;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The second net under the timers of a process, which it may not have: a level whose deadline is over ends its request, and
 * so does a time that has passed before anything was given.
 */
@Component
class Deadlines {
    private static final Logger log = LoggerFactory.getLogger(Deadlines.class);
    private static final int MOST = 500;

    private final Cluster cluster;
    private final RequestEnds ends;
    private final ApprovalCases cases;
    private final EndIfLate endIfLate;
    private final Clock clock;

    Deadlines(Cluster cluster, RequestEnds ends, ApprovalCases cases, EndIfLate endIfLate, Clock clock) {
        this.cluster = cluster;
        this.ends = ends;
        this.cases = cases;
        this.endIfLate = endIfLate;
        this.clock = clock;
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.approval-tasks.every:PT30S}",
            initialDelayString = "${drawbridge.approval-tasks.every:PT30S}")
    void endWhatIsLate() {
        cluster.onceAtATime("end what is late", () -> {
            List<UUID> all = ends.mayBeLate(clock.instant().minus(EndIfLate.GRACE));
            for (int from = 0; from < all.size(); from += MOST) {
                late(all.subList(from, Math.min(from + MOST, all.size()))).forEach(this::endIfLate);
            }
        });
    }

    private List<UUID> late(List<UUID> some) {
        try {
            return cases.loadAll(some).stream()
                    .filter(this::isLate)
                    .map(ApprovalCase::id)
                    .toList();
        } catch (RuntimeException unreadable) {
            // Each is looked at by itself: one that cannot be read must not stop the others.
            log.warn("What may be late is looked at one by one in this round", unreadable);
            return some;
        }
    }

    /** Overnight most that may be late are not, since office time stands still: they are looked at without a lock. */
    private boolean isLate(ApprovalCase approval) {
        LevelTimes times = cases.times(approval);
        return !approval.waits()
                || times.isOver(approval.open().orElseThrow())
                || approval.openQuestion()
                        .filter(question -> !times.now().isBefore(times.answerDue(question.level())))
                        .isPresent();
    }

    /** Each by itself: a failure at one does not stop the others, and the next round tries again. */
    private void endIfLate(UUID id) {
        try {
            endIfLate.look(id);
        } catch (RuntimeException failing) {
            log.error("The request {}, whose time may be over, is looked at in the next round", id, failing);
        }
    }
}
