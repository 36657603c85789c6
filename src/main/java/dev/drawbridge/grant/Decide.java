package dev.drawbridge.grant;

import dev.drawbridge.guardrails.Guardrails;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Passes the door, and puts the intent on record, in a transaction of its own: it is committed before the target is touched,
 * whatever becomes of the transaction that runs. If this machine dies in the next line, the sweeper knows what to remove. What the
 * guardrails refuse by now is on record as well: nothing else is written before that.
 */
@Component
class Decide {
    private final AccessRequests requests;
    private final GrantDoor door;
    private final Guardrails guardrails;
    private final Grants grants;
    private final Connector connector;

    Decide(AccessRequests requests, GrantDoor door, Guardrails guardrails, Grants grants, Connector connector) {
        this.requests = requests;
        this.door = door;
        this.guardrails = guardrails;
        this.grants = grants;
        this.connector = connector;
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW, noRollbackFor = NoLonger.class)
    GrantDoor.Passed on(AccessRequest request) {
        if (guardrails.looksAtOthers()) {
            // What another grant decides at this moment is on record before this one looks.
            requests.oneGrantAtATime();
        }
        GrantDoor.Passed passed = door.pass(request);
        if (!passed.isNew()) {
            return passed;
        }
        GrantDoor.Passed placed =
                passed.on(connector.serverAtHand(passed.grant().place().system()));
        grants.add(placed.grant(), placed.judged());
        return placed;
    }
}
