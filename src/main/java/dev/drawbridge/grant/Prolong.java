package dev.drawbridge.grant;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import org.springframework.stereotype.Component;

/** Lock, pass the door, move the end. May run again after any failure. */
@Component
class Prolong {
    private final AccessRequests requests;
    private final GrantDoor door;
    private final Provision provision;
    private final MoveEnd process;
    private final RequestEnds ends;
    private final Refusals refusals;

    Prolong(
            AccessRequests requests,
            GrantDoor door,
            Provision provision,
            MoveEnd process,
            RequestEnds ends,
            Refusals refusals) {
        this.requests = requests;
        this.door = door;
        this.provision = provision;
        this.process = process;
        this.ends = ends;
        this.refusals = refusals;
    }

    /** Gives the access that the request of this instance names more time; false where it is too late for that. */
    boolean accessNamedBy(String processInstanceId) {
        AccessRequest request = requests.lockedOfProcessInstance(processInstanceId);
        // Whatever ends the access at this moment comes before this, or after it.
        AccessRequest extended = refusals.onRecord("system", request.id(), () -> door.extended(request));
        requests.requireLock(extended.id());
        Grant later;
        try {
            later = refusals.onRecord("system", request.id(), () -> door.passExtension(request));
        } catch (NoLonger late) {
            ends.record(request.id(), "FAILED", "system", late.sentence());
            return false;
        }
        process.requireInUse(extended);
        if (provision.longer(later, request.id())) {
            // In this transaction: either both know of the later end, or neither does.
            process.tell(extended);
        }
        return true;
    }
}
