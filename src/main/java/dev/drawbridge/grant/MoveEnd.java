package dev.drawbridge.grant;

import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.process.UsedInProcess;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Lets the timers of access that was extended fall due at its later end. */
@Component
@UsedInProcess
class MoveEnd implements JavaDelegate {
    private final AccessRequests requests;
    private final Grants grants;
    private final AccessWindow window;
    private final AccessProcesses processes;
    private final AccessTasks tasks;

    MoveEnd(AccessRequests requests, Grants grants, AccessWindow window, AccessProcesses processes, AccessTasks tasks) {
        this.requests = requests;
        this.grants = grants;
        this.window = window;
        this.processes = processes;
        this.tasks = tasks;
    }

    @Override
    public void execute(DelegateExecution execution) {
        AccessRequest request = requests.ofProcessInstance(execution.getProcessInstanceId());
        // Not whenever a process says so: only where there is an end to move.
        if (grants.find(request.id()).isPresent()) {
            move(request);
        }
    }

    /** Throws where access is on its way to its end: what needs it is tried again, until that is reached. */
    void requireInUse(AccessRequest access) {
        if (!processes.isAt(access.processInstanceId(), ProcessNames.USE_ACCESS)) {
            throw new IllegalStateException("The access " + access.id() + " is not in use at this moment.");
        }
    }

    /** Tells the process of access that it ends later; throws where it has ended meanwhile. */
    void tell(AccessRequest access) {
        if (processes.awaits(access.processInstanceId(), ProcessNames.MESSAGE_EXTEND)) {
            processes.tell(access.processInstanceId(), ProcessNames.MESSAGE_EXTEND);
            return;
        }
        // An instance of the process's first version, which has timers all the same.
        requireInUse(access);
        move(access);
    }

    void move(AccessRequest request) {
        Instant end = window.end(request);
        processes.moveTimers(
                request.processInstanceId(),
                Map.of(ProcessNames.WINDOW_ENDED, end, ProcessNames.ENDS_SOON, window.endsSoon(request)));
        tasks.setDue(request.processInstanceId(), ProcessNames.USE_ACCESS, end);
    }
}
