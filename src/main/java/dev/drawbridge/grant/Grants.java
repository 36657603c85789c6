package dev.drawbridge.grant;

import dev.drawbridge.guardrails.Judgement;
import dev.drawbridge.guardrails.Judgements;
import dev.drawbridge.request.AccessToExtend;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The grants on record, one at a time. */
@Repository
public class Grants implements AccessToExtend {
    private final JdbcClient jdbc;
    private final Judgements judgements;

    Grants(JdbcClient jdbc, Judgements judgements) {
        this.jdbc = jdbc;
        this.judgements = judgements;
    }

    public Optional<Grant> find(UUID requestId) {
        return jdbc.sql(GrantRow.SELECT + "where g.request_id = :id")
                .param("id", requestId)
                .query(GrantRow::grant)
                .optional();
    }

    /** Process instances that go on although the access that they carried was confirmed gone after one moment and before another. */
    public List<String> endedButRunning(Instant after, Instant before) {
        return jdbc.sql("""
                        select r.process_instance_id from revocation_confirmation c
                        join access_request r on r.id = c.request_id
                        join act_ru_execution e on e.id_ = r.process_instance_id
                        where c.confirmed_at > :after and c.confirmed_at < :before
                        """)
                .param("after", after.atOffset(ZoneOffset.UTC))
                .param("before", before.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list();
    }

    /** Whether it is not confirmed gone. */
    public boolean isOpen(UUID requestId) {
        return jdbc.sql("select exists (select 1 from open_grant where request_id = :id)")
                .param("id", requestId)
                .query(Boolean.class)
                .single();
    }

    /**
     * Some of the open grants on a target, by whichever of these names it was given under, that it has confirmed: in the order of
     * their requests, those behind this one.
     */
    public List<Grant> confirmedOn(Set<String> names, UUID after, int most) {
        return jdbc.sql(GrantRow.SELECT + """
                        join open_grant o on o.request_id = g.request_id
                        join grant_confirmation c on c.request_id = g.request_id
                        where g.target_system = any(:names) and o.request_id > :after
                        order by o.request_id limit :most
                        """)
                .param("names", names.toArray(String[]::new))
                .param("after", after)
                .param("most", most)
                .query(GrantRow::grant)
                .list();
    }

    /** The grant that a login was made for, open or not. */
    public Optional<Grant> ofPrincipal(String principal) {
        return jdbc.sql(GrantRow.SELECT + "where g.principal = :principal")
                .param("principal", principal)
                .query(GrantRow::grant)
                .optional();
    }

    @Override
    public Optional<LiveAccess> find(UUID requestId, Instant moment) {
        return find(requestId)
                .filter(grant -> isLive(requestId) && grant.expiresAt().isAfter(moment))
                .map(grant -> new LiveAccess(
                        jdbc.sql("select requester from access_request where id = :id")
                                .param("id", requestId)
                                .query(String.class)
                                .single(),
                        grant.entitlement(),
                        grant.startedAt(),
                        grant.expiresAt()));
    }

    /** Whether the target has confirmed this grant and nobody has ordered its end. */
    public boolean isLive(UUID requestId) {
        return jdbc.sql("""
                        select exists (select 1 from grant_confirmation where request_id = :id)
                           and not exists (select 1 from revocation where request_id = :id)
                        """).param("id", requestId).query(Boolean.class).single();
    }

    /** Whether the target ever confirmed this grant. */
    public boolean wasConfirmed(UUID requestId) {
        return jdbc.sql("select exists (select 1 from grant_confirmation where request_id = :id)")
                .param("id", requestId)
                .query(Boolean.class)
                .single();
    }

    /** A name for the login of this request that no other grant has or had: as short as that can be. */
    String principalFor(UUID requestId) {
        int digits = Access.FEWEST_DIGITS;
        while (ofPrincipal(Access.principalFor(requestId, digits))
                .filter(other -> !other.requestId().equals(requestId))
                .isPresent()) {
            digits++;
        }
        return Access.principalFor(requestId, digits);
    }

    /**
     * Once for each request, and with it the judgement by which it is given; throws where another grant has the login, since it
     * would become that one's too.
     */
    void add(Grant grant, @Nullable Judgement judged) {
        jdbc.sql("""
                        with decided as (
                            insert into access_grant values
                                (:id, :principal, :entitlement, :system, :role, :start, :end, true)
                            on conflict (request_id) do nothing returning request_id),
                        judged as (""" + Judgements.ADD + """
                        )
                        insert into grant_server
                        select request_id, coalesce(:server::text, '') from decided where not :untouched
                        """)
                .params(judgements.atTheGrant(judged))
                .param("id", grant.requestId())
                .param("principal", grant.principal())
                .param("entitlement", grant.entitlement())
                .param("system", grant.place().system())
                .param("role", grant.place().role())
                .param("server", grant.place().server())
                .param("untouched", grant.place().untouched())
                .param("start", grant.startedAt().atOffset(ZoneOffset.UTC))
                .param("end", grant.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * Puts on record, whatever becomes of the transaction that runs, that something is done for it now, and on which server; none
     * where it does not say which it is.
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void touching(UUID requestId, @Nullable String server) {
        jdbc.sql("insert into grant_server values (:id, coalesce(:server::text, '')) on conflict do nothing")
                .param("id", requestId)
                .param("server", server)
                .update();
    }

    /** Puts on record, whatever becomes of the transaction that runs, that the target did not give it. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    void addFailure(UUID requestId, String reason, Instant at) {
        jdbc.sql("""
                        insert into grant_failure
                        select :id, (select count(*) + 1 from grant_failure f where f.request_id = :id), :reason, :at
                        on conflict do nothing
                        """)
                .param("id", requestId)
                .param("reason", reason)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** How often its target has failed to give it. */
    int failures(UUID requestId) {
        return jdbc.sql("select count(*) from grant_failure where request_id = :id")
                .param("id", requestId)
                .query(Integer.class)
                .single();
    }

    /** What is being set up by a process: decided on, and neither given nor to end. */
    Optional<Grant> beingSetUpBy(String processInstanceId) {
        return jdbc.sql(GrantRow.SELECT + """
                        join access_request r on r.id = g.request_id
                        where r.process_instance_id = :instance
                          and not exists (select 1 from grant_confirmation c where c.request_id = g.request_id)
                          and not exists (select 1 from revocation rv where rv.request_id = g.request_id)
                        """)
                .param("instance", processInstanceId)
                .query(GrantRow::grant)
                .optional();
    }

    /** Its target gave it only now: its time is this, and not what was decided on. */
    void beginLater(Grant given) {
        jdbc.sql("insert into grant_begun_later values (:id, :start, :end)")
                .param("id", given.requestId())
                .param("start", given.startedAt().atOffset(ZoneOffset.UTC))
                .param("end", given.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean confirm(UUID requestId, Instant at) {
        return jdbc.sql("insert into grant_confirmation values (:id, :at) on conflict do nothing")
                        .param("id", requestId)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    /** Adds a later end that the target has confirmed, once for each request that asked for it. */
    boolean extend(UUID requestId, Grant later, Instant at) {
        return jdbc.sql("insert into grant_extension values (:id, :grant, :end, :at) on conflict do nothing")
                        .param("id", requestId)
                        .param("grant", later.requestId())
                        .param("end", later.expiresAt().atOffset(ZoneOffset.UTC))
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }
}
