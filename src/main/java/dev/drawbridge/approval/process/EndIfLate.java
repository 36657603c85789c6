package dev.drawbridge.approval.process;

import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.approval.LevelTimes;
import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.approval.TakeTurn;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends one request whose time is over, with its process; not while somebody acts on it. */
@Component
class EndIfLate {
    /** The process comes first. */
    static final Duration GRACE = Duration.ofMinutes(1);

    private final TakeTurn turns;
    private final ApprovalCases cases;
    private final RequestEnds ends;
    private final AccessProcesses processes;

    EndIfLate(TakeTurn turns, ApprovalCases cases, RequestEnds ends, AccessProcesses processes) {
        this.turns = turns;
        this.cases = cases;
        this.ends = ends;
        this.processes = processes;
    }

    @Transactional
    public void look(UUID id) {
        turns.lockedUnlessBusy(id).ifPresent(this::look);
    }

    private void look(ApprovalCase approval) {
        AccessRequest request = approval.request();
        LevelTimes times = cases.times(approval);
        if (approval.waits()) {
            Instant deadline = times.deadline(approval.open().orElseThrow());
            end(request, times.now(), deadline, "TIMED_OUT", RecordEnd.NOBODY_IN_TIME);
        } else if (!approval.settled() && request.startsAt() != null) {
            Instant over = request.startsAt().plus(request.duration());
            end(request, times.now(), over, "FAILED", RecordEnd.TIME_PASSED);
        }
    }

    private void end(AccessRequest request, Instant now, Instant due, String outcome, String why) {
        if (due.isBefore(now.minus(GRACE))) {
            ends.record(request.id(), outcome, "system", why);
            processes.discard(request.processInstanceId(), why);
        }
    }
}
