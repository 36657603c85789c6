package dev.drawbridge.grant;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Moves the end of access that is held to where the grant door agrees. May run again after any failure. */
@Component
@UsedInProcess(apart = true)
class ExtendAccess implements JavaDelegate {
    private final AccessRequests requests;
    private final GrantDoor door;
    private final Grants grants;
    private final RequestEnds ends;
    private final Connector connector;
    private final AccessProcesses processes;
    private final MoveEnd timers;
    private final Refusals refusals;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ExtendAccess(
            AccessRequests requests,
            GrantDoor door,
            Grants grants,
            RequestEnds ends,
            Connector connector,
            AccessProcesses processes,
            MoveEnd timers,
            Refusals refusals,
            ApplicationEventPublisher events,
            Clock clock) {
        this.requests = requests;
        this.door = door;
        this.grants = grants;
        this.ends = ends;
        this.connector = connector;
        this.processes = processes;
        this.timers = timers;
        this.refusals = refusals;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        AccessRequest request = requests.ofProcessInstance(execution.getProcessInstanceId());
        requests.requireLock(request.id());
        // Ending this access happens either before this or after it.
        AccessRequest extended = refusals.onRecord("system", request.id(), () -> door.extended(request));
        requests.requireLock(extended.id());
        Grant later;
        try {
            later = refusals.onRecord("system", request.id(), () -> door.passExtension(request));
        } catch (NoLonger late) {
            ends.record(request.id(), "FAILED", "system", late.sentence());
            throw new BpmnError(ProcessNames.ERROR_NO_LONGER);
        }
        if (!processes.isAt(extended.processInstanceId(), ProcessNames.USE_ACCESS)) {
            // On its way to its end: tried again, until that is reached.
            throw new IllegalStateException("The access " + extended.id() + " is not in use at this moment.");
        }
        connector.extend(later.access());
        if (grants.extend(request.id(), later, clock.instant())) {
            // In this transaction: either both know of the later end, or neither does.
            tell(extended);
            events.publishEvent(new AccessExtended(later, request.id()));
        }
    }

    private void tell(AccessRequest extended) {
        if (processes.awaits(extended.processInstanceId(), ProcessNames.MESSAGE_EXTEND)) {
            processes.tell(extended.processInstanceId(), ProcessNames.MESSAGE_EXTEND);
        } else if (processes.isAt(extended.processInstanceId(), ProcessNames.USE_ACCESS)) {
            // An instance of the process's first version, which has timers too.
            timers.move(extended);
        } else {
            throw new IllegalStateException("The access " + extended.id() + " has ended meanwhile.");
        }
    }
}
