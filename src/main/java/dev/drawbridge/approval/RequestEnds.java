package dev.drawbridge.approval;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The ends that requests came to without access. */
@Repository
public class RequestEnds {
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RequestEnds(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** Adds the end, once: {@code REJECTED}, {@code TIMED_OUT}, {@code WITHDRAWN}, {@code REVOKED} or {@code FAILED}. */
    public void record(UUID requestId, String outcome, String actor, String reason) {
        record(requestId, outcome, actor, reason, false);
    }

    /** As {@link #record}, where the reason is what a person wrote, and no sentence of the product. */
    public void recordInTheirWords(UUID requestId, String outcome, String actor, String reason) {
        record(requestId, outcome, actor, reason, true);
    }

    private void record(UUID requestId, String outcome, String actor, String reason, boolean inTheirWords) {
        int added = jdbc.sql(
                        "insert into request_end values (:id, :outcome, :actor, :reason, :at) on conflict do nothing")
                .param("id", requestId)
                .param("outcome", outcome)
                .param("actor", actor)
                .param("reason", reason)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (added > 0) {
            events.publishEvent(new RequestEnded(requestId, outcome, actor, reason, inTheirWords));
        }
    }

    /** Requests that still wait although their process instance is gone: nothing else would ever end them. */
    public List<UUID> abandoned() {
        return jdbc.sql("""
                        select o.request_id from open_request o
                        cross join lateral (
                            select r.process_instance_id from access_request r join verdict v on v.request_id = r.id
                            where r.id = o.request_id offset 0) r
                        where not exists (select 1 from open_grant g where g.request_id = o.request_id)
                          and not exists (select 1 from act_ru_execution x where x.id_ = r.process_instance_id)
                        """).query(UUID.class).list();
    }

    /** What requests that are not over, and have come to no access yet, are for. */
    public List<String> waitedFor() {
        return jdbc.sql("""
                        select distinct n.given_entitlement from open_request o
                        cross join lateral (select * from access_request_now n where n.id = o.request_id offset 0) n
                        where not exists (select 1 from open_grant g where g.request_id = o.request_id)
                          and n.state <> 'ENDED'
                        """).query(String.class).list();
    }

    /**
     * The requests of a person, or of everybody where none is named, that would give this entitlement, or any, and have come to no
     * end and no access yet; with what they would give.
     */
    public Map<UUID, String> pending(@Nullable String person, @Nullable String entitlement) {
        Map<UUID, String> pending = new HashMap<>();
        jdbc.sql("""
                        select o.request_id, n.given_entitlement from open_request o
                        cross join lateral (select * from access_request_now n where n.id = o.request_id offset 0) n
                        where (:person::text is null or o.requester = :person)
                          and not exists (select 1 from open_grant g where g.request_id = o.request_id)
                          and (:entitlement::text is null or n.given_entitlement = :entitlement)
                          and exists (select 1 from act_ru_execution e where e.id_ = n.process_instance_id)
                          and n.state <> 'ENDED' and n.started_at is null
                        """).param("person", person).param("entitlement", entitlement).query(row -> {
            pending.put(row.getObject("request_id", UUID.class), row.getString("given_entitlement"));
        });
        return pending;
    }

    /**
     * Requests that run and may have been undecided since before a moment for longer than they can be: at a level whose
     * deadline could have passed by the clock, or with a time that is over. Who reckons with office hours asks again.
     */
    public List<UUID> mayBeLate(Instant before) {
        return jdbc.sql("""
                        select r.id from open_request o
                        cross join lateral (select * from access_request_now n where n.id = o.request_id offset 0) r
                        join verdict v on v.request_id = o.request_id
                        where not exists (select 1 from open_grant g where g.request_id = o.request_id)
                          and exists (select 1 from act_ru_execution e where e.id_ = r.process_instance_id)
                          and (r.state = 'SCHEDULED' and r.starts_at + r.duration::interval < :before
                               or r.state = 'PENDING_APPROVAL'
                               and (select min((l ->> 'deadline')::interval) from jsonb_array_elements(r.levels) l)
                                   + greatest(v.decided_at, (select max(a.decided_at) from approval a
                                                             where a.request_id = r.id
                                                               and a.level < (select max(l.level) from approval l
                                                                              where l.request_id = r.id))) < :before)
                        """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .query(UUID.class)
                .list();
    }

    /** Process instances that go on although their request has ended before a moment, in whichever way. */
    public List<String> outlived(Instant before) {
        return jdbc.sql("""
                        select e.id_ from act_ru_execution e
                        cross join lateral (
                            select r.id from access_request r where r.process_instance_id = e.id_ offset 0) carried
                        cross join lateral (
                            select n.state, n.ended_at from access_request_now n where n.id = carried.id offset 0) n
                        where e.parent_id_ is null
                          and not exists (select 1 from open_request o where o.request_id = carried.id)
                          and n.state = 'ENDED' and n.ended_at < :before
                        """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list();
    }

    /** Whether it has ended, in whichever way. */
    public boolean isOver(UUID requestId) {
        return jdbc.sql("select state = 'ENDED' from access_request_now where id = :id")
                .param("id", requestId)
                .query(Boolean.class)
                .single();
    }

    /** Whether nothing has become of it: it was not denied, has come to no end, and no access was given for it. */
    boolean isUndecided(UUID requestId) {
        return jdbc.sql("""
                        select not exists (select 1 from verdict where request_id = :id and outcome = 'DENIED')
                           and not exists (select 1 from request_end where request_id = :id)
                           and not exists (select 1 from access_grant where request_id = :id)
                           and not exists (select 1 from grant_extension where request_id = :id)
                        """).param("id", requestId).query(Boolean.class).single();
    }

    public boolean exists(UUID requestId) {
        return jdbc.sql("select exists (select 1 from request_end where request_id = :id)")
                .param("id", requestId)
                .query(Boolean.class)
                .single();
    }
}
