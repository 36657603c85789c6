package dev.drawbridge.revocation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds what could be revoked, among what is open: what is shown before and what ends are the same. */
@Repository
class Revocables {
    /** Access that is there, or being set up: by what is open, since that is most of it. */
    private static final String GIVEN = """
            select o.request_id as id, o.requester, g.entitlement as given_entitlement,
                   case when c.confirmed_at is null then 'PROVISIONING' else 'ACTIVE' end as state, g.principal,
                   null::text as still_to_do, null::timestamptz as starts_at, open.ends_at as expires_at, null::uuid as extends, o.submitted_at
            from open_grant open
            join open_request o using (request_id)
            join access_grant g using (request_id)
            left join grant_confirmation c using (request_id)
            where not exists (select 1 from revocation v where v.request_id = open.request_id)
            """;

    /** What may still come to it. */
    private static final String WAITING = """
            select n.id, o.requester, n.given_entitlement, n.state, null::text as principal,
                   (select min(t.name) from own_task_open t where t.request_id = n.id) as still_to_do, n.starts_at,
                   null::timestamptz as expires_at, n.extends,
                   o.submitted_at
            from (select o.request_id, o.requester, o.submitted_at
                  from open_request o join access_request r on r.id = o.request_id
                  where not exists (select 1 from open_grant g where g.request_id = o.request_id)
                    and exists (select 1 from act_ru_execution e where e.id_ = r.process_instance_id)
                  %s) o
            cross join lateral (
                select id, given_entitlement, state, starts_at, extends from access_request_now
                where id = o.request_id offset 0) n
            where n.state not in ('ENDED', 'REVOKING')
            """;

    private static final String IN_ORDER = " order by principal is null, expires_at, starts_at, submitted_at, id";

    private final JdbcClient jdbc;

    Revocables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Revocable> find(UUID requestId) {
        return jdbc.sql("select n.*, (select min(t.name) from own_task_open t where t.request_id = n.id) as still_to_do"
                        + " from access_request_now n where id = :id and state not in ('ENDED', 'REVOKING')")
                .param("id", requestId)
                .query(Revocables::read)
                .optional();
    }

    /** Of a person, or of everybody where none is named; for an entitlement, or for any. Access comes first, then what starts next. */
    List<Revocable> of(@Nullable String person, @Nullable String entitlement) {
        String of = (person == null ? "" : " and o.requester = :person")
                + (entitlement == null ? "" : " and %s = :entitlement");
        return jdbc.sql("select * from (" + GIVEN + of.formatted("g.entitlement") + " union all "
                        + WAITING.formatted("") + of.formatted("n.given_entitlement") + ") open" + IN_ORDER)
                .param("person", person)
                .param("entitlement", entitlement)
                .query(Revocables::read)
                .list();
    }

    /** Of everybody's, what has not come to access yet: as in {@link #of}, but the first of it alone. */
    List<Revocable> waiting(int most) {
        return jdbc.sql("select * from ("
                        + WAITING.formatted("order by r.starts_at, o.submitted_at, o.request_id limit :most")
                        + ") waiting"
                        + IN_ORDER)
                .param("most", most)
                .query(Revocables::read)
                .list();
    }

    /**
     * What is open, in all.
     *
     * @param waiting how much has not come to access yet
     * @param requesters everybody who has something open
     * @param entitlements everything that they have asked for
     */
    record Sum(long waiting, List<String> requesters, List<String> entitlements) {}

    Sum sum() {
        return jdbc.sql("""
                        select (select count(*) from open_request o
                                where not exists (select 1 from open_grant g where g.request_id = o.request_id)) as waiting,
                               array(select distinct requester from open_request order by 1) as requesters,
                               array(select distinct entitlement from open_request order by 1) as entitlements
                        """)
                .query((row, number) ->
                        new Sum(row.getLong("waiting"), texts(row, "requesters"), texts(row, "entitlements")))
                .single();
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static Revocable read(ResultSet row, int number) throws SQLException {
        boolean given = row.getString("principal") != null;
        return new Revocable(
                row.getObject("id", UUID.class),
                row.getString("requester"),
                row.getString("given_entitlement"),
                row.getString("state"),
                row.getString("principal"),
                given ? null : row.getString("still_to_do"),
                given ? null : instant(row, "starts_at"),
                given ? instant(row, "expires_at") : null,
                row.getObject("extends") != null);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
