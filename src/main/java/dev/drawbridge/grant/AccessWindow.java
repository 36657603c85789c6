package dev.drawbridge.grant;

import dev.drawbridge.platform.WithinTransaction;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What the process asks about when access starts and ends, and whose it is. Public, since BPMN calls it. */
@Component
@UsedInProcess
public class AccessWindow {
    private static final Duration NOTICE = Duration.ofMinutes(10);

    private final AccessRequests requests;
    private final Grants grants;
    private final Clock clock;
    // A task that is made asks for its end more than once.
    private final WithinTransaction<UUID, Grant> given;

    AccessWindow(AccessRequests requests, Grants grants, Clock clock) {
        this.requests = requests;
        this.grants = grants;
        this.clock = clock;
        this.given = new WithinTransaction<>(grants::find);
    }

    /** What was given in this transaction need not be read back. */
    @EventListener
    void on(AccessGranted event) {
        given.put(event.grant().requestId(), event.grant());
    }

    @UsedInProcess
    public boolean startsLater(DelegateExecution execution) {
        AccessRequest request = request(execution);
        return request.startsAt() != null && request.startsAt().isAfter(clock.instant());
    }

    @UsedInProcess
    public Date startsAt(DelegateExecution execution) {
        return Date.from(Optional.ofNullable(request(execution).startsAt()).orElseThrow());
    }

    @UsedInProcess
    public Date endsAt(DelegateExecution execution) {
        return Date.from(given(execution).expiresAt());
    }

    /** When the requester is told that it ends soon. */
    @UsedInProcess
    public Date endsSoonAt(DelegateExecution execution) {
        return Date.from(endsSoon(given(execution)));
    }

    /** Whether it asks for more time of access that is held. */
    @UsedInProcess
    public boolean extendsAccess(DelegateExecution execution) {
        return request(execution).extending() != null;
    }

    Instant end(AccessRequest request) {
        return grants.find(request.id()).orElseThrow().expiresAt();
    }

    /** Ten minutes before the end, or a fifth of the time where that is less. */
    Instant endsSoon(AccessRequest request) {
        return endsSoon(grants.find(request.id()).orElseThrow());
    }

    private static Instant endsSoon(Grant grant) {
        Duration fifth = Duration.between(grant.startedAt(), grant.expiresAt()).dividedBy(5);
        return grant.expiresAt().minus(fifth.compareTo(NOTICE) < 0 ? fifth : NOTICE);
    }

    @UsedInProcess
    public String requester(DelegateExecution execution) {
        return request(execution).requester();
    }

    private Grant given(DelegateExecution execution) {
        return given.get(request(execution).id()).orElseThrow();
    }

    private AccessRequest request(DelegateExecution execution) {
        return requests.ofProcessInstance(execution.getProcessInstanceId());
    }
}
