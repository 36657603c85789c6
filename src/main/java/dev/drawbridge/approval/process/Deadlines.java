package dev.drawbridge.approval.process;

import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.approval.LevelTimes;
import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.approval.TakeTurn;
import dev.drawbridge.platform.Cluster;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The second net under the timers of a process, which it may not have: a level whose deadline is over ends its request, and
 * so does a time that has passed before anything was given.
 */
@Component
class Deadlines {
    private static final Logger log = LoggerFactory.getLogger(Deadlines.class);
    /** The process comes first. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final int MOST = 500;

    private final Cluster cluster;
    private final AccessRequests requests;
    private final AccessProcesses processes;
    private final RequestEnds ends;
    private final ApprovalCases cases;
    private final TakeTurn turns;
    private final Clock clock;
    private final TransactionTemplate transaction;

    Deadlines(
            Cluster cluster,
            AccessRequests requests,
            AccessProcesses processes,
            RequestEnds ends,
            ApprovalCases cases,
            TakeTurn turns,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.cluster = cluster;
        this.requests = requests;
        this.processes = processes;
        this.ends = ends;
        this.cases = cases;
        this.turns = turns;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.approval-tasks.every:PT30S}",
            initialDelayString = "${drawbridge.approval-tasks.every:PT30S}")
    void endWhatIsLate() {
        cluster.onceAtATime("end what is late", () -> {
            List<UUID> all = ends.mayBeLate(clock.instant().minus(GRACE));
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
            transaction.executeWithoutResult(status -> {
                if (requests.tryLock(id)) {
                    endIfLate(turns.locked(id));
                }
            });
        } catch (RuntimeException failing) {
            log.error("The request {}, whose time may be over, is looked at in the next round", id, failing);
        }
    }

    private void endIfLate(ApprovalCase approval) {
        AccessRequest request = approval.request();
        if (approval.waits()) {
            Instant deadline = cases.times(approval).deadline(approval.open().orElseThrow());
            end(request, deadline, "TIMED_OUT", RecordEnd.NOBODY_IN_TIME);
        } else if (!approval.settled() && request.startsAt() != null) {
            end(request, request.startsAt().plus(request.duration()), "FAILED", RecordEnd.TIME_PASSED);
        }
    }

    private void end(AccessRequest request, Instant due, String outcome, String why) {
        if (due.isBefore(clock.instant().minus(GRACE))) {
            ends.record(request.id(), outcome, "system", why);
            processes.discard(request.processInstanceId(), why);
        }
    }
}
