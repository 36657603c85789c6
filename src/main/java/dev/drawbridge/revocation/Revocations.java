package dev.drawbridge.revocation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The obligations to end access on record, what became of them, and what is open. */
@Repository
class Revocations {
    /** What ended a moment ago is being ended, and not overdue. */
    private static final Duration BEING_ENDED = Duration.ofSeconds(10);

    private final JdbcClient jdbc;

    Revocations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Order(Reason reason, Instant at) {}

    /** Adds an obligation; false where there is one already. */
    boolean add(UUID requestId, Reason reason, String actor, String note, Instant at) {
        return jdbc.sql("insert into revocation values (:id, :reason, :actor, :note, :at) on conflict do nothing")
                        .param("id", requestId)
                        .param("reason", reason.name())
                        .param("actor", actor)
                        .param("note", note)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    Optional<Order> find(UUID requestId) {
        return jdbc.sql("select reason, requested_at from revocation where request_id = :id")
                .param("id", requestId)
                .query((row, number) -> new Order(
                        Reason.valueOf(row.getString("reason")),
                        row.getObject("requested_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    boolean isConfirmed(UUID requestId) {
        return jdbc.sql("select exists (select 1 from revocation_confirmation where request_id = :id)")
                .param("id", requestId)
                .query(Boolean.class)
                .single();
    }

    /** Why it ended, where its target has confirmed that it has. */
    Optional<Reason> confirmed(UUID requestId) {
        return jdbc.sql(
                        "select rv.reason from revocation rv join revocation_confirmation c on c.request_id = rv.request_id"
                                + " where rv.request_id = :id")
                .param("id", requestId)
                .query((row, number) -> Reason.valueOf(row.getString("reason")))
                .optional();
    }

    void confirm(UUID requestId, Instant at) {
        jdbc.sql("insert into revocation_confirmation values (:id, :at)")
                .param("id", requestId)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Adds a failure and returns how many there are by now. */
    int addFailure(UUID requestId, String reason, Instant at) {
        int number = jdbc.sql("select count(*) + 1 from revocation_failure where request_id = :id")
                .param("id", requestId)
                .query(Integer.class)
                .single();
        jdbc.sql("insert into revocation_failure values (:id, :number, :reason, :at) on conflict do nothing")
                .param("id", requestId)
                .param("number", number)
                .param("reason", reason)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
        return number;
    }

    /** What is open of what is sought, what is late or failing first; then by its end. */
    List<OpenAccess> open(Instant now, Sought sought, int most) {
        String found = sought.text().isEmpty() ? "" : """
                        join access_grant g using (request_id) join open_request q using (request_id)
                        where q.requester ilike :text or g.entitlement ilike :text or g.principal ilike :text
                        """;
        return jdbc.sql("""
                        select o.request_id, r.requester, g.entitlement, g.principal, g.target_system, g.started_at,
                               g.expires_at, o.ends_at, o.failures, o.not_given, rv.reason, rv.requested_at, c.confirmed_at,
                               coalesce((select f.reason from revocation_failure f where f.request_id = o.request_id
                                         order by f.number desc limit 1),
                                        case when o.not_given > 0 then
                                            (select f.reason from grant_failure f where f.request_id = o.request_id
                                             order by f.number desc limit 1) end) as failure
                        from (select o.* from open_grant o """ + " " + found + """
                              order by o.failures > 0 desc, o.not_given > 0 desc, o.ends_at, o.request_id
                              limit :most offset :from) o
                        join grant_now g on g.request_id = o.request_id
                        join access_request r on r.id = o.request_id
                        left join grant_confirmation c on c.request_id = o.request_id
                        left join revocation rv on rv.request_id = o.request_id
                        order by o.failures > 0 desc, o.not_given > 0 desc, o.ends_at, o.request_id
                        """)
                .param("text", sought.pattern())
                .param("from", sought.from())
                .param("most", most)
                .query((row, number) -> open(row, now))
                .list();
    }

    private static OpenAccess open(ResultSet row, Instant now) throws SQLException {
        boolean ordered = row.getObject("requested_at") != null;
        return new OpenAccess(
                row.getObject("request_id", UUID.class),
                row.getString("requester"),
                row.getString("entitlement"),
                row.getString("principal"),
                row.getString("target_system"),
                instant(row, "started_at"),
                instant(row, "expires_at"),
                ordered ? "REVOKING" : row.getObject("confirmed_at") == null ? "PROVISIONING" : "ACTIVE",
                OpenAccess.minutesSince(instant(row, "ends_at"), now),
                ordered ? row.getInt("failures") : row.getInt("not_given"),
                row.getString("failure"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** What is open, late and failing at a moment. */
    Exposure exposure(Instant now) {
        return jdbc.sql("""
                        select (select count(*) from open_grant) as open,
                               (select count(*) from open_grant where ends_at <= :before) as overdue,
                               (select count(*) from open_grant where failures > 0) as failing,
                               (select count(*) from open_grant where not_given > 0) as not_given,
                               (select count(*) from open_discrepancy where kind = 'REMNANT') as remnants,
                               (select min(ends_at) from open_grant where ends_at <= :before) as oldest
                        """)
                .param("before", now.minus(BEING_ENDED).atOffset(ZoneOffset.UTC))
                .query((row, number) -> {
                    @Nullable OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
                    return new Exposure(
                            row.getLong("open"),
                            row.getLong("overdue"),
                            row.getLong("failing"),
                            row.getLong("not_given"),
                            row.getLong("remnants"),
                            oldest == null ? null : oldest.toInstant());
                })
                .single();
    }
}
