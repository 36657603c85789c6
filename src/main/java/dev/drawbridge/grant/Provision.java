package dev.drawbridge.grant;

import dev.drawbridge.platform.RefusedAttempt;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Makes the target give access whose intent is on record, and puts on record that it has. */
@Component
class Provision {
    private final Connector connector;
    private final Grants grants;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Provision(Connector connector, Grants grants, ApplicationEventPublisher events, Clock clock) {
        this.connector = connector;
        this.grants = grants;
        this.events = events;
        this.clock = clock;
    }

    /** Throws, and says so on record, where the target does not do it: it is tried again. */
    void onItsTarget(GrantDoor.Passed passed) {
        Grant grant = passed.grant();
        try {
            grant = placed(grant);
            connector.provision(grant.access());
        } catch (ConnectorException unreachable) {
            grants.addFailure(grant.requestId(), String.valueOf(unreachable.getMessage()), clock.instant());
            events.publishEvent(new RefusedAttempt(
                    "system",
                    "target-not-ready",
                    "The access could not be set up yet and is tried again: " + unreachable.getMessage(),
                    grant.requestId()));
            throw unreachable;
        }
        if (grants.confirm(grant.requestId(), clock.instant())) {
            if (passed.isLater()) {
                grants.beginLater(grant);
            }
            events.publishEvent(new AccessGranted(grant, passed.automatic()));
        }
    }

    /** Before it is touched, it is on record which server it is. */
    private Grant placed(Grant grant) {
        if (grant.place().server() != null) {
            return grant;
        }
        Optional<String> server = connector.server(grant.place().system());
        server.ifPresent(known -> grants.placed(grant.requestId(), known));
        return server.map(grant::at).orElse(grant);
    }

    /** Moves the end of access that its target has confirmed; false where this request has been given that already. */
    boolean longer(Grant later, UUID extension) {
        connector.extend(later.access());
        boolean isNew = grants.extend(extension, later, clock.instant());
        if (isNew) {
            events.publishEvent(new AccessExtended(later, extension));
        }
        return isNew;
    }
}
