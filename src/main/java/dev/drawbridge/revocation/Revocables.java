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

/** Finds what could be revoked, by one statement: what is shown before and what ends are the same. */
@Repository
class Revocables {
    private final JdbcClient jdbc;

    Revocables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Revocable> find(UUID requestId) {
        return jdbc.sql("select * from access_request_now where id = :id and state not in ('ENDED', 'REVOKING')")
                .param("id", requestId)
                .query(Revocables::read)
                .optional();
    }

    /** Of a person, or of everybody where none is named; for an entitlement, or for any. Access comes first, then what starts next. */
    List<Revocable> of(@Nullable String person, @Nullable String entitlement) {
        return jdbc.sql("""
                        select n.* from open_request o
                        cross join lateral (
                            select id, requester, given_entitlement, state, principal, starts_at, started_at, expires_at,
                                   extends, submitted_at, process_instance_id
                            from access_request_now where id = o.request_id offset 0) n
                        where (:person::text is null or o.requester = :person)
                          and (:entitlement::text is null or n.given_entitlement = :entitlement)
                          and n.state not in ('ENDED', 'REVOKING')
                          and (exists (select 1 from open_grant g where g.request_id = o.request_id)
                               or exists (select 1 from act_ru_execution e where e.id_ = n.process_instance_id))
                        order by n.started_at is null, n.expires_at, n.starts_at, n.submitted_at, n.id
                        """)
                .param("person", person)
                .param("entitlement", entitlement)
                .query(Revocables::read)
                .list();
    }

    private static Revocable read(ResultSet row, int number) throws SQLException {
        boolean given = row.getString("principal") != null;
        return new Revocable(
                row.getObject("id", UUID.class),
                row.getString("requester"),
                row.getString("given_entitlement"),
                row.getString("state"),
                row.getString("principal"),
                given ? null : instant(row, "starts_at"),
                given ? instant(row, "expires_at") : null,
                row.getObject("extends") != null);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
