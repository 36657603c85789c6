package dev.drawbridge.revocation;

import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Ended;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends access, for every reason: first the obligation goes on record, then the target is made to confirm it. Each part may
 * run again after any failure.
 */
@Component
class EndAccess {
    private final Revocations revocations;
    private final AccessRequests requests;
    private final Grants grants;
    private final Connector connector;
    private final Remnants remnants;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final TransactionTemplate apart;

    EndAccess(
            Revocations revocations,
            AccessRequests requests,
            Grants grants,
            Connector connector,
            Remnants remnants,
            ApplicationEventPublisher events,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.revocations = revocations;
        this.requests = requests;
        this.grants = grants;
        this.connector = connector;
        this.remnants = remnants;
        this.events = events;
        this.clock = clock;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Puts the obligation on record; the first reason stays. */
    @Transactional
    public void order(UUID requestId, Reason reason, String actor, String note) {
        requests.lock(requestId);
        if (revocations.add(requestId, reason, actor, note, clock.instant())) {
            events.publishEvent(new RevocationsOrdered(List.of(new RevocationOrdered(requestId, reason, actor, note))));
        }
    }

    /**
     * As {@link #order}; false where somebody else is at this request at this moment, or where the grant, as it is by then, is
     * neither ordered to end nor due. Committed whatever becomes of the transaction that runs.
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public boolean orderUnlessBusy(UUID requestId, String note, Predicate<Grant> isDue) {
        if (!requests.tryLock(requestId)) {
            return false;
        }
        Grant grant = grants.find(requestId).orElseThrow();
        if (revocations.find(requestId).isEmpty()) {
            if (!isDue.test(grant)) {
                return false;
            }
            order(requestId, Obligation.reason(grant, grants.wasConfirmed(requestId), clock.instant()), "system", note);
        }
        return true;
    }

    /**
     * Meets the obligation, or throws: it stands until the target confirms that nobody can use it any more. Empty where somebody else is
     * at it at this moment.
     */
    @Transactional
    public Optional<Reason> carryOutUnlessBusy(UUID requestId) {
        return requests.tryLock(requestId)
                ? Optional.of(confirmed(grants.find(requestId).orElseThrow()))
                : Optional.empty();
    }

    private Reason confirmed(Grant grant) {
        UUID id = grant.requestId();
        Revocations.Order order = revocations.find(id).orElseThrow();
        if (revocations.isConfirmed(id)) {
            return order.reason();
        }
        Ended ended;
        try {
            ended = connector.revoke(grant.access());
        } catch (ConnectorException failed) {
            apart.executeWithoutResult(status -> {
                int number = revocations.addFailure(id, String.valueOf(failed.getMessage()), clock.instant());
                events.publishEvent(new RevocationsFailing(
                        List.of(new RevocationFailing(id, number, String.valueOf(failed.getMessage())))));
            });
            throw failed;
        }
        Instant now = clock.instant();
        revocations.confirm(id, now);
        events.publishEvent(new AccessesRevoked(
                List.of(new AccessRevoked(grant, order.reason(), Obligation.due(grant, order), now))));
        remnants.record(grant.place().system(), grant.principal(), id, ended);
        return order.reason();
    }

    /** Why it ended, where its target has confirmed that it has. */
    Optional<Reason> confirmed(UUID requestId) {
        return revocations.confirmed(requestId);
    }
}
