package dev.drawbridge.approval;

import dev.drawbridge.process.InstanceEnd;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * Puts on record that a request ended without access once its process is over, where nobody has said so before. By the
 * facts alone: at whichever end event a process arrives, no time is over before it is.
 */
@Component
class RecordEnd implements InstanceEnd {
    static final String NOBODY_IN_TIME = "Nobody who may decide did so in time.";
    static final String TIME_PASSED = "Its time had passed before access could be given.";
    private static final String SYSTEM = "system";

    private final AccessRequests requests;
    private final RequestEnds ends;
    private final LevelClock levels;
    private final Clock clock;

    RecordEnd(AccessRequests requests, RequestEnds ends, LevelClock levels, Clock clock) {
        this.requests = requests;
        this.ends = ends;
        this.levels = levels;
        this.clock = clock;
    }

    @Override
    public void ended(String processInstanceId) {
        requests.findByProcessInstance(processInstanceId).ifPresent(request -> {
            // A deadline waits here for an answer that is being given, before the engine takes any lock of its own.
            requests.lock(request.id());
            if (ends.isUndecided(request.id())) {
                record(request);
            }
        });
    }

    private void record(AccessRequest request) {
        boolean late = levels.open(request.id())
                .filter(level -> !clock.instant().isBefore(levels.deadline(request.id(), level)))
                .isPresent();
        if (late) {
            ends.record(request.id(), "TIMED_OUT", SYSTEM, NOBODY_IN_TIME);
        } else {
            ends.record(request.id(), "FAILED", SYSTEM, "Its process ended before anything was decided or given.");
        }
    }
}
