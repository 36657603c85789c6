package dev.drawbridge.revocation;

import dev.drawbridge.grant.Grant;
import dev.drawbridge.grant.GrantRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The grants that are to end, many at once: each statement here is said once for all of them. */
@Repository
class Obligations {
    /** A try that lies further ahead than any pause was set by a clock that has been put back since. */
    private static final String DUE = """
            (o.next_try_at <= :before or o.failures > 0 and o.next_try_at > :before + interval '3 minutes')
            """;

    private static final int MOST_HELD = 20_000;

    private final JdbcClient jdbc;

    Obligations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is due on a target.
     *
     * @param many how many
     * @param late how many of them were due before the earlier moment already
     */
    record Due(String system, int many, int late) {}

    List<Due> due(Instant before, Instant earlier) {
        return jdbc.sql("""
                        select g.target_system as system, count(*) as many,
                               count(*) filter (where o.next_try_at <= :earlier or o.next_try_at > :before) as late
                        from open_grant o join access_grant g on g.request_id = o.request_id where
                        """ + DUE + "group by 1")
                .param("before", utc(before))
                .param("earlier", utc(earlier))
                .query(Due.class)
                .list();
    }

    /** The process instances of what is due on a target, or of some of it where that is very much. */
    List<String> instancesDue(String system, Instant before) {
        return jdbc.sql("""
                        select r.process_instance_id from open_grant o
                        join access_grant g on g.request_id = o.request_id
                        join access_request r on r.id = o.request_id
                        where g.target_system = :system and
                        """ + DUE + "limit :most")
                .param("most", MOST_HELD)
                .param("system", system)
                .param("before", utc(before))
                .query(String.class)
                .list();
    }

    /**
     * Takes what has been due for longest, so that nothing else happens to it until the running transaction is over. What
     * somebody else is at is passed over: nobody waits here for anybody.
     */
    List<UUID> takeDue(String system, Instant before, Collection<UUID> beside, int most) {
        // What is due is few, and is found first: were it sorted out while walking along an index, all that is open
        // could be walked through.
        return jdbc.sql("""
                        with due as materialized (
                            select o.request_id, o.next_try_at from open_grant o where
                        """ + DUE + """
                              and o.request_id <> all(:beside::uuid[]))
                        select r.id from due
                        join access_grant g on g.request_id = due.request_id
                        join access_request r on r.id = due.request_id
                        where g.target_system = :system
                        order by due.next_try_at limit :most
                        for no key update of r skip locked
                        """)
                .param("system", system)
                .param("before", utc(before))
                .param("beside", texts(beside))
                .param("most", most)
                .query(UUID.class)
                .list();
    }

    /** The same of these requests. */
    List<UUID> take(Collection<UUID> requests) {
        return jdbc.sql("select id from access_request where id = any(:ids::uuid[]) for no key update skip locked")
                .param("ids", texts(requests))
                .query(UUID.class)
                .list();
    }

    /** Those that are open still, as they are now that nothing else can happen to them. */
    List<Obligation> open(Collection<UUID> taken) {
        return jdbc.sql("""
                        select g.*, r.process_instance_id, c.request_id is not null as was_usable, rv.reason, rv.requested_at,
                        """ + GrantRow.PLACE_COLUMNS + """
                         from open_grant o
                        join grant_now g on g.request_id = o.request_id
                        """ + GrantRow.PLACE + """
                        join access_request r on r.id = o.request_id
                        left join grant_confirmation c on c.request_id = o.request_id
                        left join revocation rv on rv.request_id = o.request_id
                        where o.request_id = any(:ids::uuid[])
                        """)
                .param("ids", texts(taken))
                .query(Obligations::read)
                .list();
    }

    /** Adds them where there are none yet; those that were added. */
    List<UUID> order(List<RevocationOrdered> each, Instant at) {
        return jdbc.sql("""
                        insert into revocation (request_id, reason, requested_by, note, requested_at)
                        select said.*, :at from unnest(:ids::uuid[], :reasons::text[], :actors::text[], :notes::text[]) said
                        on conflict do nothing returning request_id
                        """)
                .param(
                        "ids",
                        texts(each.stream().map(RevocationOrdered::requestId).toList()))
                .param(
                        "reasons",
                        texts(each.stream().map(RevocationOrdered::reason).toList()))
                .param(
                        "actors",
                        texts(each.stream().map(RevocationOrdered::actor).toList()))
                .param("notes", texts(each.stream().map(RevocationOrdered::note).toList()))
                .param("at", utc(at))
                .query(UUID.class)
                .list();
    }

    void confirm(Collection<UUID> requests, Instant at) {
        jdbc.sql("insert into revocation_confirmation select gone, :at from unnest(:ids::uuid[]) gone")
                .param("ids", texts(requests))
                .param("at", utc(at))
                .update();
    }

    /** Adds a failure to each. */
    List<RevocationFailing> fail(Collection<UUID> requests, String reason, Instant at) {
        return jdbc.sql("""
                        insert into revocation_failure
                        select tried, (select count(*) + 1 from revocation_failure f where f.request_id = tried), :reason, :at
                        from unnest(:ids::uuid[]) tried
                        on conflict do nothing returning request_id, number, reason
                        """)
                .param("ids", texts(requests))
                .param("reason", reason)
                .param("at", utc(at))
                .query(RevocationFailing.class)
                .list();
    }

    private static Obligation read(ResultSet row, int number) throws SQLException {
        @Nullable String reason = row.getString("reason");
        return new Obligation(
                new Grant(
                        row.getObject("request_id", UUID.class),
                        row.getString("principal"),
                        row.getString("entitlement"),
                        GrantRow.place(row),
                        instant(row, "started_at"),
                        instant(row, "expires_at")),
                row.getBoolean("was_usable"),
                reason == null ? null : new Revocations.Order(Reason.valueOf(reason), instant(row, "requested_at")),
                row.getString("process_instance_id"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String[] texts(Collection<?> values) {
        return values.stream().map(String::valueOf).toArray(String[]::new);
    }
}
