package dev.drawbridge.grant;

import dev.drawbridge.approval.RequestEnds;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import org.springframework.stereotype.Component;

/** Lock, decide, provision. May run again after any failure: each part does nothing twice. */
@Component
class Give {
    private final AccessRequests requests;
    private final Decide decide;
    private final Grants grants;
    private final Provision provision;
    private final RequestEnds ends;
    private final Refusals refusals;

    Give(
            AccessRequests requests,
            Decide decide,
            Grants grants,
            Provision provision,
            RequestEnds ends,
            Refusals refusals) {
        this.requests = requests;
        this.decide = decide;
        this.grants = grants;
        this.provision = provision;
        this.ends = ends;
        this.refusals = refusals;
    }

    /** False where it is too late: the request has ended without access. */
    boolean accessOf(String processInstanceId) {
        AccessRequest request = requests.lockedOfProcessInstance(processInstanceId);
        // A grant that is being made counts for the next decision about this person.
        requests.oneGrantAtATimeFor(request.requester());
        GrantDoor.Passed passed;
        try {
            passed = refusals.onRecord("system", request.id(), () -> decide.on(request));
        } catch (NoLonger late) {
            if (grants.wasConfirmed(request.id())) {
                throw late;
            }
            if (grants.find(request.id()).isPresent()) {
                // Something may be left on the target: that is ended first, and with it this request.
                provision.notAnyMore(request.id(), late.sentence());
            } else {
                ends.record(request.id(), "FAILED", "system", late.sentence());
            }
            return false;
        }
        provision.onItsTarget(passed);
        return true;
    }
}
