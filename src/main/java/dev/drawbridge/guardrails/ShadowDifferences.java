package dev.drawbridge.guardrails;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.guardrails.ReplayReport.Changed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What rules in the shadow would have said otherwise, on record. */
@Repository
class ShadowDifferences {
    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    ShadowDifferences(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** A judgement, by its id. */
    record Judged(long id, ReplayedJudgement.Row row) {}

    /** The first {@code most} since then, but for these. */
    List<Judged> judged(Instant since, Set<Long> known, int most) {
        return jdbc.sql("""
                        select j.id, j.request_id, j.occasion, j.judged_at, j.facts, coalesce(j.findings, v.findings) as findings
                        from judgement j left join verdict v on v.request_id = j.request_id
                        where j.judged_at >= :since and not j.id = any(:known) order by j.judged_at, j.id limit :most
                        """)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("known", known.toArray(Long[]::new))
                .param("most", most)
                .query((row, number) -> read(row))
                .list();
    }

    /** Of these, those that were made since then. */
    Set<Long> stillLate(Set<Long> known, Instant since) {
        return new HashSet<>(jdbc.sql("select id from judgement where judged_at >= :since and id = any(:known)")
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("known", known.toArray(Long[]::new))
                .query(Long.class)
                .list());
    }

    /** Once each. */
    void add(long publication, Judged judged, boolean certain, Changed changed) {
        jdbc.sql("""
                        insert into shadow_difference (number, request_id, judgement, certain, difference, noticed_at)
                        values (:number, :request, :judgement, :certain, :difference::jsonb, :at) on conflict do nothing
                        """)
                .param("number", publication)
                .param("request", judged.row().request())
                .param("judgement", judged.id())
                .param("certain", certain)
                .param("difference", written(changed))
                .param("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The latest {@code most}. */
    List<ShadowDifference> of(long publication, int most) {
        return jdbc.sql("""
                        select certain, difference from shadow_difference
                        where number = :number order by judgement desc limit :most
                        """)
                .param("number", publication)
                .param("most", most)
                .query((row, number) ->
                        new ShadowDifference(row.getBoolean("certain"), changed(row.getString("difference"))))
                .list();
    }

    private static Judged read(ResultSet row) throws SQLException {
        return new Judged(
                row.getLong("id"),
                new ReplayedJudgement.Row(
                        Objects.requireNonNull(row.getObject("request_id", UUID.class)),
                        Occasion.valueOf(row.getString("occasion")),
                        row.getObject("judged_at", OffsetDateTime.class).toInstant(),
                        row.getString("findings"),
                        row.getString("facts")));
    }

    private String written(Changed changed) {
        try {
            return json.writeValueAsString(changed);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Changed changed(String written) {
        try {
            return json.readValue(written, Changed.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
