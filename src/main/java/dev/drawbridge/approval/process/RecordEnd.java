package dev.drawbridge.approval.process;

import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.process.InstanceEnd;
import dev.drawbridge.request.AccessRequests;
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
    private final ApprovalCases cases;

    RecordEnd(AccessRequests requests, RequestEnds ends, ApprovalCases cases) {
        this.requests = requests;
        this.ends = ends;
        this.cases = cases;
    }

    @Override
    public void ended(String processInstanceId) {
        requests.findByProcessInstance(processInstanceId).ifPresent(request -> {
            // A deadline waits here for an answer that is being given, before the engine takes any lock of its own.
            ApprovalCase approval = cases.lock(request.id());
            if (!approval.settled()) {
                record(approval);
            }
        });
    }

    private void record(ApprovalCase approval) {
        boolean late = approval.open().filter(cases.times(approval)::isOver).isPresent();
        if (late) {
            ends.record(approval.id(), "TIMED_OUT", SYSTEM, NOBODY_IN_TIME);
        } else {
            ends.record(approval.id(), "FAILED", SYSTEM, "Its process ended before anything was decided or given.");
        }
    }
}
