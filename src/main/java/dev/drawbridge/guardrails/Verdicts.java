package dev.drawbridge.guardrails;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.request.AccessRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The verdicts on record. */
@Repository
public class Verdicts {
    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Catalog catalog;
    private final Judgements judgements;

    Verdicts(
            JdbcClient jdbc,
            ObjectMapper json,
            ApplicationEventPublisher events,
            Clock clock,
            Catalog catalog,
            Judgements judgements) {
        this.jdbc = jdbc;
        this.json = json;
        this.events = events;
        this.clock = clock;
        this.catalog = catalog;
        this.judgements = judgements;
    }

    /** Puts a verdict on record, and with it all that it went by. */
    void record(AccessRequest request, Judgement judgement) {
        Verdict verdict = judgement.verdict();
        List<Level> levels = verdict instanceof Verdict.NeedsApproval needed ? needed.levels() : List.of();
        Duration limit = limit(verdict);
        Long publication = judgement.publication();
        jdbc.sql("""
                        with given as (
                            insert into verdict values (:id, :outcome, :findings::jsonb, :levels::jsonb, :limit,
                                :obligations::jsonb, :rulebook, :digest, :at, :publication) returning request_id),
                        judged as (""" + Judgements.ADD + """
                        )
                        insert into judged_entitlement
                        select request_id, :entitlement, :fingerprint::text from given where :fingerprint::text is not null
                        """)
                .params(judgements.atTheSubmission(judgement))
                .param("entitlement", request.entitlement())
                .param("fingerprint", fingerprint(request.entitlement()))
                .param("id", request.id())
                .param("outcome", VerdictOutcome.of(verdict).name())
                .param("findings", written(verdict.findings()))
                .param("levels", written(levels))
                .param("limit", limit == null ? null : limit.toString())
                .param("obligations", written(obligations(verdict)))
                .param("rulebook", verdict.rulebook())
                .param("digest", request.digest())
                .param("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC))
                .param("publication", publication)
                .update();
        events.publishEvent(new VerdictGiven(request, verdict, publication));
    }

    /** Puts on record that another entitlement was judged for this request, and what it is now. */
    public void judged(UUID requestId, String entitlement) {
        jdbc.sql("""
                        insert into judged_entitlement
                        select :id, :entitlement, :fingerprint::text where :fingerprint::text is not null
                        on conflict do nothing
                        """)
                .param("id", requestId)
                .param("entitlement", entitlement)
                .param("fingerprint", fingerprint(entitlement))
                .update();
    }

    private @Nullable String fingerprint(String entitlement) {
        return catalog.find(entitlement).map(Entitlement::fingerprint).orElse(null);
    }

    public Optional<RecordedVerdict> of(UUID requestId) {
        return jdbc.sql("select * from verdict where request_id = :id")
                .param("id", requestId)
                .query((row, number) -> read(requestId, row))
                .optional();
    }

    /** From a row that holds the table's columns. */
    public RecordedVerdict read(UUID requestId, ResultSet row) throws SQLException {
        return new RecordedVerdict(
                requestId,
                verdict(row),
                row.getObject("publication", Long.class),
                row.getString("request_digest"),
                row.getObject("decided_at", OffsetDateTime.class).toInstant());
    }

    private Verdict verdict(ResultSet row) throws SQLException {
        List<Finding> findings = parsed(row.getString("findings"), new TypeReference<>() {});
        String limitText = row.getString("duration_limit");
        Duration limit = limitText == null ? null : Duration.parse(limitText);
        List<String> obligations = parsed(row.getString("obligations"), new TypeReference<>() {});
        String rulebook = row.getString("rulebook");
        return switch (VerdictOutcome.valueOf(row.getString("outcome"))) {
            case ALLOWED -> new Verdict.Allowed(findings, limit, obligations, rulebook);
            case NEEDS_APPROVAL ->
                new Verdict.NeedsApproval(
                        findings,
                        parsed(row.getString("levels"), new TypeReference<>() {}),
                        limit,
                        obligations,
                        rulebook);
            case DENIED -> new Verdict.Denied(findings, rulebook);
        };
    }

    /** The longest time that a verdict allows; none where it sets no limit. */
    public static @Nullable Duration limit(Verdict verdict) {
        if (verdict instanceof Verdict.Allowed allowed) {
            return allowed.limit();
        }
        return verdict instanceof Verdict.NeedsApproval needed ? needed.limit() : null;
    }

    /** Why it was refused: the sentences of the rules that did. */
    public static String sentenceOf(Verdict.Denied denied) {
        return denied.findings().stream()
                .filter(finding -> finding.effect() == Finding.Effect.DENY || finding.effect() == Finding.Effect.FAILED)
                .map(Finding::message)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** What it obliges to. */
    public static List<String> obligations(Verdict verdict) {
        if (verdict instanceof Verdict.Allowed allowed) {
            return allowed.obligations();
        }
        return verdict instanceof Verdict.NeedsApproval needed ? needed.obligations() : List.of();
    }

    private String written(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private <T> T parsed(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
