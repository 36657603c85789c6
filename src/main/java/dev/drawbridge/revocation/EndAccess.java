package dev.drawbridge.revocation;

import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.Grants;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Ends access, for every reason: first the obligation goes on record, then the target is made to confirm it. */
@Component
class EndAccess {
    private final JdbcClient jdbc;
    private final AccessRequests requests;
    private final Grants grants;
    private final Connector connector;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    EndAccess(
            JdbcClient jdbc,
            AccessRequests requests,
            Grants grants,
            Connector connector,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.requests = requests;
        this.grants = grants;
        this.connector = connector;
        this.events = events;
        this.clock = clock;
    }

    /** Puts the obligation on record; the first reason stays. */
    @Transactional
    public void order(UUID requestId, Reason reason, String actor, String note) {
        requests.lock(requestId);
        int added = jdbc.sql("insert into revocation values (:id, :reason, :actor, :note, :at) on conflict do nothing")
                .param("id", requestId)
                .param("reason", reason.name())
                .param("actor", actor)
                .param("note", note)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (added > 0) {
            events.publishEvent(new RevocationOrdered(requestId, reason, actor, note));
        }
    }

    /** As {@link #order}, and committed whatever becomes of the transaction that runs: from here on it is an obligation. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void orderAtOnce(UUID requestId, Reason reason, String actor, String note) {
        order(requestId, reason, actor, note);
    }

    /** Meets the obligation, or throws: it stands until the target confirms that nothing is left. */
    @Transactional
    public Reason carryOut(Grant grant) {
        requests.lock(grant.requestId());
        Reason reason = jdbc.sql("select reason from revocation where request_id = :id")
                .param("id", grant.requestId())
                .query((row, number) -> Reason.valueOf(row.getString("reason")))
                .single();
        if (isConfirmed(grant.requestId())) {
            return reason;
        }
        connector.revoke(grant.access());
        jdbc.sql("insert into revocation_confirmation values (:id, :at)")
                .param("id", grant.requestId())
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        events.publishEvent(new AccessRevoked(grant, reason));
        return reason;
    }

    /** Why access ends that nobody has ended: its time is over, or it never was usable, or its process is gone. */
    Reason reasonFor(Grant grant) {
        if (!grants.wasConfirmed(grant.requestId())) {
            return Reason.FAILED;
        }
        return grant.expiresAt().isAfter(clock.instant()) ? Reason.REVOKED : Reason.EXPIRED;
    }

    private boolean isConfirmed(UUID requestId) {
        return jdbc.sql("select exists (select 1 from revocation_confirmation where request_id = :id)")
                .param("id", requestId)
                .query(Boolean.class)
                .single();
    }
}
