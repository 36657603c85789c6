package dev.drawbridge.guardrails;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The judgements on record, with all that they went by. */
@Repository
public class Judgements {
    /**
     * Adds one as a part of another statement, so that it costs no call of its own; {@link #atTheSubmission} or {@link #atTheGrant}
     * are its parameters. Adds nothing where there is none.
     */
    public static final String ADD = """
            insert into judgement (request_id, occasion, judged_at, publication, outcome, findings, facts)
            select :judged_request::uuid, :judged_occasion::text, :judged_at::timestamptz, :judged_publication::bigint,
                   :judged_outcome::text, :judged_findings::jsonb, :judged_facts::jsonb
            where :judged_request::uuid is not null
            """;

    private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    Judgements(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * One as it is on record.
     *
     * @param facts as they were written
     */
    record Recorded(
            Occasion occasion,
            Instant at,
            @Nullable Long publication,
            VerdictOutcome outcome,
            List<Finding> findings,
            String facts) {}

    /** Of the judgement that is the verdict, which says the rest. */
    Map<String, @Nullable Object> atTheSubmission(Judgement judgement) {
        return parameters(judgement, Occasion.SUBMISSION);
    }

    /** Of a later one, when access is to be given; none: nothing was judged. */
    public Map<String, @Nullable Object> atTheGrant(@Nullable Judgement judgement) {
        Map<String, @Nullable Object> parameters = parameters(judgement, Occasion.GRANT);
        if (judgement != null) {
            parameters.put(
                    "judged_outcome", VerdictOutcome.of(judgement.verdict()).name());
            parameters.put("judged_findings", written(judgement.verdict().findings()));
        }
        return parameters;
    }

    private Map<String, @Nullable Object> parameters(@Nullable Judgement judgement, Occasion occasion) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("judged_request", judgement == null ? null : judgement.request());
        parameters.put("judged_occasion", occasion.name());
        parameters.put(
                "judged_at", clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC));
        parameters.put("judged_publication", judgement == null ? null : judgement.publication());
        parameters.put("judged_outcome", null);
        parameters.put("judged_findings", null);
        parameters.put("judged_facts", judgement == null ? null : FactsOnRecord.written(judgement.facts()));
        return parameters;
    }

    /** Puts a later one on record by itself. */
    void addAtTheGrant(Judgement judgement) {
        jdbc.sql(ADD).params(atTheGrant(judgement)).update();
    }

    /** All of a request, in their order; none where an earlier release judged. */
    List<Recorded> of(UUID request) {
        return jdbc.sql("""
                        select j.occasion, j.judged_at, j.publication, j.facts, coalesce(j.outcome, v.outcome) as outcome,
                               coalesce(j.findings, v.findings) as findings
                        from judgement j join verdict v using (request_id)
                        where request_id = :request order by j.id
                        """)
                .param("request", request)
                .query((row, number) -> read(row))
                .list();
    }

    private Recorded read(ResultSet row) throws SQLException {
        return new Recorded(
                Occasion.valueOf(row.getString("occasion")),
                row.getObject("judged_at", OffsetDateTime.class).toInstant(),
                row.getObject("publication", Long.class),
                VerdictOutcome.valueOf(row.getString("outcome")),
                findings(row.getString("findings")),
                row.getString("facts"));
    }

    private List<Finding> findings(String written) {
        try {
            return json.readValue(written, FINDINGS);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String written(List<Finding> findings) {
        try {
            return json.writeValueAsString(findings);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
