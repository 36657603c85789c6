package dev.drawbridge.approval;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequests;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Puts on record at which end event a request without access arrived. */
@Component
@UsedInProcess
class RecordEnd implements ExecutionListener {
    private record End(String outcome, String reason) {}

    private static final Map<String, End> ENDS = Map.of(
            "endEvent_rejected", new End("REJECTED", "An approver refused it."),
            "endEvent_timedOut", new End("TIMED_OUT", "Nobody who may decide did so in time."),
            "endEvent_withdrawn", new End("WITHDRAWN", "The requester withdrew it."),
            "endEvent_failed", new End("FAILED", "Its time had passed before access could be given."),
            "endEvent_tooLate", new End("FAILED", "The access was over before it could be given for longer."));

    private final AccessRequests requests;
    private final RequestEnds ends;
    private final Approvals approvals;

    RecordEnd(AccessRequests requests, RequestEnds ends, Approvals approvals) {
        this.approvals = approvals;
        this.requests = requests;
        this.ends = ends;
    }

    @Override
    public void notify(DelegateExecution execution) {
        End end = ENDS.get(execution.getCurrentActivityId());
        if (end == null) {
            throw new IllegalStateException("No outcome belongs to " + execution.getCurrentActivityId());
        }
        UUID request =
                requests.ofProcessInstance(execution.getProcessInstanceId()).id();
        // A deadline waits here for an answer that is being given, before the engine takes any lock of its own.
        requests.lock(request);
        ends.record(
                request,
                end.outcome(),
                CurrentSignIn.find().map(SignIn::person).orElse("system"),
                approvals.of(request).stream()
                        .filter(answer -> answer.decision() == Approval.Decision.REJECT)
                        .findFirst()
                        .map(answer -> answer.approver() + " refused it: “" + answer.comment() + "”")
                        .orElse(end.reason()));
    }
}
