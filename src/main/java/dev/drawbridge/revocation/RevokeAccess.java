package dev.drawbridge.revocation;

import dev.drawbridge.process.NextStep;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequests;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Takes the access away that this process gave; the engine runs it again until it succeeds. */
@Component
@UsedInProcess(apart = true)
class RevokeAccess implements JavaDelegate {
    private final AccessRequests requests;
    private final EndAccess end;

    RevokeAccess(AccessRequests requests, EndAccess end) {
        this.requests = requests;
        this.end = end;
    }

    @Override
    public void execute(DelegateExecution execution) {
        UUID request =
                requests.ofProcessInstance(execution.getProcessInstanceId()).id();
        // Where many end at once they are ended together, mostly, and all that is left is to go on.
        Optional<Reason> reason = end.confirmed(request).or(() -> ended(request));
        if (reason.isEmpty()) {
            throw new IllegalStateException("The access of request " + request + " is being ended.");
        }
        NextStep.reads(execution, "endReason", reason.get().name());
    }

    /** Whoever is at it does it; no thread of the engine waits for them. */
    private Optional<Reason> ended(UUID request) {
        return end.orderUnlessBusy(request, "", grant -> true) ? end.carryOutUnlessBusy(request) : Optional.empty();
    }
}
