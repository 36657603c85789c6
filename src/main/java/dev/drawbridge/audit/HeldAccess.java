package dev.drawbridge.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who held what, from when to when. What is over is found by when it began, or as what lasted at the first moment: both by an index,
 * however much there is; what is open is found among what is open.
 */
@Repository
class HeldAccess {
    /**
     * Which access.
     *
     * @param from it was held at this moment or later
     * @param to it was held at this moment or earlier
     * @param now only what is held at this moment
     * @param byRules only what no person had to agree to
     * @param unused only what nobody revealed a credential for
     */
    record Which(
            @Nullable String requester,
            @Nullable String entitlement,
            Instant from,
            Instant to,
            boolean now,
            boolean byRules,
            boolean unused) {
        private String narrowed() {
            return (requester == null ? "" : " and h.requester = :requester")
                    + (entitlement == null ? "" : " and h.entitlement = :entitlement")
                    + (byRules ? " and h.by_rules" : "")
                    + (unused ? " and not h.revealed" : "");
        }
    }

    /**
     * Access that somebody held, or holds.
     *
     * @param until none while it is held
     * @param lasts until when it is to last, while it is held
     * @param findings what the guardrails said to it
     * @param answers by whom it was approved, each with the level, and whose place it was in
     */
    record Held(
            UUID request,
            String requester,
            String entitlement,
            Instant from,
            @Nullable Instant until,
            @Nullable Instant lasts,
            boolean byRules,
            boolean revealed,
            @Nullable String endReason,
            JsonNode findings,
            JsonNode answers) {}

    private static final String OPEN = """
            select * from (
                select o.request_id, r.requester, g.entitlement, g.started_at as held_from, null::timestamptz as held_until,
                       g.expires_at as lasts, coalesce(v.outcome = 'ALLOWED', false) as by_rules,
                       exists (select 1 from audit_entry e
                               where e.request_id = o.request_id and e.kind = 'credential-revealed') as revealed
                from open_grant o
                join grant_confirmation gc on gc.request_id = o.request_id
                join access_request r on r.id = o.request_id
                left join verdict v on v.request_id = o.request_id
                cross join lateral (select * from grant_now n where n.request_id = o.request_id offset 0) g) h
            where h.held_from <= :to""";

    private static final String OVER =
            "select h.request_id, h.requester, h.entitlement, h.held_from, h.held_until, null::timestamptz as lasts,"
                    + " h.by_rules, h.revealed from access_held h where ";

    private static final String DETAILS = """
            select page.*, rv.reason, coalesce(v.findings, '[]') as findings,
                   (select coalesce(jsonb_agg(jsonb_build_object('approver', a.approver, 'level', v.levels -> a.level ->> 'name',
                               'forPerson', b.for_person) order by a.decided_at), '[]')
                    from approval a left join approval_on_behalf b on b.request_id = a.request_id and b.approver = a.approver
                    where a.request_id = page.request_id and a.decision = 'approve') as answers
            from (%s) page
            left join verdict v on v.request_id = page.request_id
            left join revocation rv on rv.request_id = page.request_id
            order by page.held_from desc, page.request_id desc""";

    private static final String NEWEST_FIRST = " order by h.held_from desc, h.request_id desc limit :most";

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    HeldAccess(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The newest first, behind a mark, and one more than so many where there are more. */
    List<Held> page(Which which, @Nullable Mark after, int size) {
        String behind = after == null ? "" : " and (h.held_from, h.request_id) < (:at, :id::uuid)";
        String narrowed = which.narrowed() + behind;
        Stream<String> ways = which.now()
                ? Stream.of(OPEN + narrowed)
                : Stream.of(
                        OPEN + narrowed,
                        OVER + "h.held_from >= :from and h.held_from <= :to" + narrowed,
                        OVER
                                + "tstzrange(h.held_from, h.held_until, '[]') @> :from::timestamptz and h.held_from < :from"
                                + narrowed);
        String all = ways.map(way -> "(" + way + NEWEST_FIRST + ")").collect(Collectors.joining(" union all "));
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("from", which.from().atOffset(ZoneOffset.UTC));
        parameters.put("to", which.to().atOffset(ZoneOffset.UTC));
        parameters.put("most", size + 1);
        put(parameters, "requester", which.requester());
        put(parameters, "entitlement", which.entitlement());
        if (after != null) {
            parameters.put("at", after.at().atOffset(ZoneOffset.UTC));
            parameters.put("id", after.id());
        }
        return jdbc.sql(DETAILS.formatted("select * from (" + all + ") h" + NEWEST_FIRST))
                .params(parameters)
                .query((row, number) -> read(row))
                .list();
    }

    private static void put(Map<String, Object> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    private Held read(ResultSet row) throws SQLException {
        return new Held(
                row.getObject("request_id", UUID.class),
                row.getString("requester"),
                row.getString("entitlement"),
                row.getObject("held_from", OffsetDateTime.class).toInstant(),
                instant(row, "held_until"),
                instant(row, "lasts"),
                row.getBoolean("by_rules"),
                row.getBoolean("revealed"),
                row.getString("reason"),
                tree(row, "findings"),
                tree(row, "answers"));
    }

    private JsonNode tree(ResultSet row, String column) throws SQLException {
        try {
            return json.readTree(row.getString(column));
        } catch (JsonProcessingException impossible) {
            throw new SQLException("Column " + column + " does not hold JSON", impossible);
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
