package dev.drawbridge.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.drawbridge.approval.ApprovalEscalated;
import dev.drawbridge.approval.ApprovalGiven;
import dev.drawbridge.approval.ApproversReminded;
import dev.drawbridge.approval.DeputyAppointed;
import dev.drawbridge.approval.DeputyDismissed;
import dev.drawbridge.approval.HandedBack;
import dev.drawbridge.approval.HandedOver;
import dev.drawbridge.approval.QuestionAsked;
import dev.drawbridge.approval.QuestionLapsed;
import dev.drawbridge.approval.RequestEnded;
import dev.drawbridge.audit.Wording.Entry;
import dev.drawbridge.grant.AccessExtended;
import dev.drawbridge.grant.AccessGranted;
import dev.drawbridge.grant.CredentialRevealed;
import dev.drawbridge.guardrails.VerdictGiven;
import dev.drawbridge.platform.RefusedAttempt;
import dev.drawbridge.request.AccessRequested;
import dev.drawbridge.revocation.AccessRevoked;
import dev.drawbridge.revocation.DiscrepancyFound;
import dev.drawbridge.revocation.DiscrepancySettled;
import dev.drawbridge.revocation.RevocationFailing;
import dev.drawbridge.revocation.RevocationOrdered;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Adds an entry for every fact, in the fact's transaction, and for every refused attempt, in one of its own. */
@Component
class AuditTrail {
    private final JdbcClient jdbc;
    private final HikariDataSource aside;
    private final ObjectMapper json;
    private final Clock clock;

    AuditTrail(JdbcClient jdbc, HikariDataSource main, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.aside = connectionsAside(main);
        this.json = json;
        this.clock = clock;
    }

    /**
     * Connections for refused attempts alone. Whoever is refused still holds a connection of the main pool; were the
     * entry to wait for another of the same pool, a burst of refusals could block itself and leave nothing on record.
     */
    private static HikariDataSource connectionsAside(HikariDataSource main) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("refused-attempts");
        config.setJdbcUrl(main.getJdbcUrl());
        config.setUsername(main.getUsername());
        config.setPassword(main.getPassword());
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    @PreDestroy
    void close() {
        aside.close();
    }

    @EventListener
    void on(AccessRequested event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(VerdictGiven event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(ApprovalGiven event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(ApproversReminded event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(ApprovalEscalated event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(QuestionAsked event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(QuestionLapsed event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(HandedOver event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(HandedBack event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(DeputyAppointed event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(DeputyDismissed event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(RequestEnded event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(AccessGranted event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(CredentialRevealed event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(RevocationOrdered event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(AccessRevoked event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(AccessExtended event) {
        add(jdbc, Wording.of(event));
    }

    /** The first time, the second, the fourth and so on: a target that is down for days fills no record. */
    @EventListener
    void on(RevocationFailing event) {
        if (Integer.bitCount(event.number()) == 1) {
            add(jdbc, Wording.of(event));
        }
    }

    @EventListener
    void on(DiscrepancyFound event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(DiscrepancySettled event) {
        add(jdbc, Wording.of(event));
    }

    @EventListener
    void on(RefusedAttempt event) {
        add(JdbcClient.create(aside), Wording.of(event));
    }

    private void add(JdbcClient where, Entry entry) {
        where.sql("insert into audit_entry (at, actor, kind, request_id, sentence, details)"
                        + " values (:at, :actor, :kind, :request, :sentence, :details::jsonb)")
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("actor", entry.actor())
                .param("kind", entry.kind())
                .param("request", entry.requestId())
                .param("sentence", entry.sentence().replace('\0', '?'))
                .param("details", written(entry))
                .update();
    }

    private String written(Entry entry) {
        try {
            return json.writeValueAsString(entry.details());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
