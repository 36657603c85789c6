package dev.drawbridge.grant;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the credential of a live grant, only for its requester. The one before it stops working. */
@Component
class RevealCredential {
    /** What else is done with an access takes milliseconds, unless its target is slow. */
    private static final int TRIES = 20;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    /** Each keeps a thread from all others. */
    private static final int MOST_WAITING = 8;

    private final AccessRequests requests;
    private final Grants grants;
    private final Connector connector;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    RevealCredential(
            AccessRequests requests,
            Grants grants,
            Connector connector,
            ApplicationEventPublisher events,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.requests = requests;
        this.grants = grants;
        this.connector = connector;
        this.events = events;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** A credential and when it ends. */
    record Revealed(Credential credential, Grant grant) {}

    /**
     * Makes it when nothing else is being done with this access: a round that looks at a login is no reason to refuse a person. A
     * revocation comes first all the same, and who waits holds no connection, so that many calls at once take none from anybody else.
     */
    Revealed reveal(String person, UUID requestId) {
        Optional<Revealed> revealed = attempt(person, requestId);
        if (revealed.isEmpty() && waiting.tryAcquire()) {
            try {
                for (int tries = 1; revealed.isEmpty() && tries < TRIES; tries++) {
                    LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
                    revealed = attempt(person, requestId);
                }
            } finally {
                waiting.release();
            }
        }
        return revealed.orElseThrow(() -> Refusal.of(
                Refusal.Kind.CONFLICT,
                "busy",
                "Something else is being done with this access at this moment; try again."));
    }

    private Optional<Revealed> attempt(String person, UUID requestId) {
        return Objects.requireNonNull(transaction.execute(status -> revealUnlessBusy(person, requestId)));
    }

    private Optional<Revealed> revealUnlessBusy(String person, UUID requestId) {
        AccessRequest request = requests.find(requestId)
                .filter(found -> found.requester().equals(person) && !requests.isOfAnEarlierAccount(requestId))
                .orElseThrow(() -> Refusal.of(
                        Refusal.Kind.FORBIDDEN, "not-your-access", "Only who asked can reveal the credential."));
        live(requestId);
        if (!requests.tryLock(requestId)) {
            return Optional.empty();
        }
        Grant grant = live(requestId);
        Credential credential = connector.reveal(grant.access());
        events.publishEvent(new CredentialRevealed(grant, request.requester()));
        return Optional.of(new Revealed(credential, grant));
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
