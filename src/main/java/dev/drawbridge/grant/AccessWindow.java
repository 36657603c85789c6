package dev.drawbridge.grant;

import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.util.Date;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** What the process asks about when access starts and ends, and whose it is. Public, since BPMN calls it. */
@Component
@UsedInProcess
public class AccessWindow {
    private final AccessRequests requests;
    private final Grants grants;
    private final Clock clock;

    AccessWindow(AccessRequests requests, Grants grants, Clock clock) {
        this.requests = requests;
        this.grants = grants;
        this.clock = clock;
    }

    public boolean startsLater(DelegateExecution execution) {
        AccessRequest request = request(execution);
        return request.startsAt() != null && request.startsAt().isAfter(clock.instant());
    }

    public Date startsAt(DelegateExecution execution) {
        return Date.from(Objects.requireNonNull(request(execution).startsAt()));
    }

    public Date endsAt(DelegateExecution execution) {
        return Date.from(grants.find(request(execution).id()).orElseThrow().expiresAt());
    }

    public String requester(DelegateExecution execution) {
        return request(execution).requester();
    }

    private AccessRequest request(DelegateExecution execution) {
        return requests.ofProcessInstance(execution.getProcessInstanceId());
    }
}
