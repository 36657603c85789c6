package dev.drawbridge.revocation;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The second net under the process's timer: ends what is past its time and not confirmed gone, and what has lost its
 * process, whatever happened to the instance or its jobs.
 */
@Component
class Sweeper {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    /** The process comes first; what it has not settled within this time is taken over. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Grants grants;
    private final EndAccess end;
    private final AccessRequests requests;
    private final AccessProcesses processes;
    private final RequestEnds ends;
    private final Clock clock;

    Sweeper(
            Grants grants,
            EndAccess end,
            AccessRequests requests,
            AccessProcesses processes,
            RequestEnds ends,
            Clock clock) {
        this.grants = grants;
        this.end = end;
        this.requests = requests;
        this.processes = processes;
        this.ends = ends;
        this.clock = clock;
    }

    @Scheduled(
            fixedDelayString = "${drawbridge.sweeper.every:PT5S}",
            initialDelayString = "${drawbridge.sweeper.every:PT5S}")
    void sweep() {
        ends.abandoned().forEach(request -> ends.record(request, "FAILED", "system", "Its process is gone."));
        grants.abandoned().forEach(grant -> end(grant, "Its process is gone."));
        grants.overdue(clock.instant().minus(GRACE)).forEach(grant -> end(grant, "Swept up."));
    }

    private void end(Grant grant, String note) {
        try {
            Reason reason = end.reasonFor(grant);
            end.order(grant.requestId(), reason, "system", note);
            if (end.carryOut(grant) == Reason.FAILED) {
                // The step that never succeeded still waits for an operator; there is nothing left for it to do.
                requests.find(grant.requestId())
                        .ifPresent(request -> processes.discard(request.processInstanceId(), "Its time has passed."));
            }
        } catch (RuntimeException failing) {
            // The next one must not wait for this one; the obligation stays on record and is tried again.
            log.warn("The access of request {} could not be ended yet: {}", grant.requestId(), failing.getMessage());
        }
    }
}
