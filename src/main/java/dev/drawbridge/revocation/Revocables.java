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
                        select * from access_request_now
                        where id in (select request_id from open_grant
                                     union
                                     select r.id from act_ru_execution e
                                     join access_request r on r.process_instance_id = e.id_
                                     where e.parent_id_ is null)
                          and (:person::text is null or requester = :person)
                          and (:entitlement::text is null or given_entitlement = :entitlement)
                          and state not in ('ENDED', 'REVOKING')
                        order by started_at is null, expires_at, starts_at, submitted_at, id
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
