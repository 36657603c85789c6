package dev.drawbridge.audit;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who answered for whom, and which rules counted from when: newest first. */
@Repository
class Answers {
    /** Which answers; {@code deputies}: only those that were given in somebody's place. */
    record Which(@Nullable String requester, @Nullable String approver, boolean deputies, Instant from, Instant to) {}

    /** An answer. */
    record Given(
            UUID request,
            String requester,
            String entitlement,
            String approver,
            String decision,
            String level,
            String comment,
            @Nullable String forPerson,
            Instant at) {}

    /** A publication, and how many requests were judged by it. */
    record Rules(long number, String author, String note, Instant at, long judged) {}

    private final JdbcClient jdbc;

    Answers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Given> page(Which which, @Nullable Mark after, int size) {
        String of = which.requester() != null
                ? "access_request r join approval a on a.request_id = r.id left join approval_on_behalf b"
                        + " on b.request_id = a.request_id and b.approver = a.approver"
                : (which.deputies()
                                ? "approval_on_behalf b join approval a using (request_id, approver)"
                                : "approval a" + " left join approval_on_behalf b using (request_id, approver)")
                        + " join access_request r on r.id = a.request_id";
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("from", which.from().atOffset(ZoneOffset.UTC));
        parameters.put("to", which.to().atOffset(ZoneOffset.UTC));
        parameters.put("most", size + 1);
        StringBuilder where = new StringBuilder(" where a.decided_at >= :from and a.decided_at <= :to");
        if (which.requester() != null) {
            where.append(" and r.requester = :requester");
            parameters.put("requester", which.requester());
        }
        if (which.approver() != null) {
            where.append(" and a.approver = :approver");
            parameters.put("approver", which.approver());
        }
        if (after != null) {
            where.append(" and (a.decided_at, a.request_id) < (:at, :id::uuid)");
            parameters.put("at", after.at().atOffset(ZoneOffset.UTC));
            parameters.put("id", after.id());
        }
        return jdbc.sql("select r.id, r.requester, r.entitlement, a.approver, a.decision, a.comment, a.decided_at,"
                        + " b.for_person, (select v.levels -> a.level ->> 'name' from verdict v where v.request_id = r.id)"
                        + " as level from " + of + where + " order by a.decided_at desc, a.request_id desc limit :most")
                .params(parameters)
                .query((row, number) -> new Given(
                        row.getObject("id", UUID.class),
                        row.getString("requester"),
                        row.getString("entitlement"),
                        row.getString("approver"),
                        row.getString("decision"),
                        Objects.requireNonNullElse(row.getString("level"), ""),
                        row.getString("comment"),
                        row.getString("for_person"),
                        row.getObject("decided_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Those that begin before a number. */
    List<Rules> rules(@Nullable Long before, int size) {
        return jdbc.sql("""
                        select p.*, (select count(*) from verdict v where v.publication = p.number) as judged
                        from publication p where p.number < :before order by p.number desc limit :most
                        """)
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("most", size + 1)
                .query((row, number) -> new Rules(
                        row.getLong("number"),
                        row.getString("author"),
                        row.getString("note"),
                        row.getObject("published_at", OffsetDateTime.class).toInstant(),
                        row.getLong("judged")))
                .list();
    }
}
