package dev.drawbridge.approval;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The ends that requests came to without access. */
@Repository
public class RequestEnds {
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RequestEnds(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** Adds the end, once: {@code REJECTED}, {@code TIMED_OUT}, {@code WITHDRAWN} or {@code FAILED}. */
    public void record(UUID requestId, String outcome, String actor, String reason) {
        int added = jdbc.sql(
                        "insert into request_end values (:id, :outcome, :actor, :reason, :at) on conflict do nothing")
                .param("id", requestId)
                .param("outcome", outcome)
                .param("actor", actor)
                .param("reason", reason)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (added > 0) {
            events.publishEvent(new RequestEnded(requestId, outcome, actor, reason));
        }
    }

    public boolean exists(UUID requestId) {
        return jdbc.sql("select exists (select 1 from request_end where request_id = :id)")
                .param("id", requestId)
                .query(Boolean.class)
                .single();
    }
}
