package dev.drawbridge.grant;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes the credential of a live grant, only for its requester. The one before it stops working. */
@Component
class RevealCredential {
    private final AccessRequests requests;
    private final Grants grants;
    private final Connector connector;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RevealCredential(
            AccessRequests requests,
            Grants grants,
            Connector connector,
            ApplicationEventPublisher events,
            Clock clock) {
        this.requests = requests;
        this.grants = grants;
        this.connector = connector;
        this.events = events;
        this.clock = clock;
    }

    /** A credential and when it ends. */
    record Revealed(Credential credential, Grant grant) {}

    @Transactional
    public Revealed reveal(String person, UUID requestId) {
        AccessRequest request = requests.find(requestId)
                .filter(found -> found.requester().equals(person) && !requests.isOfAnEarlierAccount(requestId))
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.FORBIDDEN, "not-your-access", "Only who asked can reveal the credential."));
        live(requestId);
        // A revocation that runs at this moment comes first; and many calls at once keep no connection from anybody
        // else.
        if (!requests.tryLock(requestId)) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "busy",
                    "Something else is being done with this access at this moment; try again.");
        }
        Grant grant = live(requestId);
        Credential credential = connector.reveal(grant.access());
        events.publishEvent(new CredentialRevealed(grant, request.requester()));
        return new Revealed(credential, grant);
    }

    private Grant live(UUID requestId) {
        return grants.find(requestId)
                .filter(open -> grants.isLive(requestId) && open.expiresAt().isAfter(clock.instant()))
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.CONFLICT,
                        "access-not-active",
                        "This access is not active, so there is no credential. If it has just been granted, it is still"
                                + " being set up; try again in a moment."));
    }
}
