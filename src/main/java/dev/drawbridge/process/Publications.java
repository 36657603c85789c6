package dev.drawbridge.process;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who published what the engine has, and when. */
@Repository
class Publications {
    private final JdbcClient jdbc;
    private final Clock clock;

    Publications(@Lazy JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What somebody published.
     *
     * @param by a person's id, or {@code system} for the folder
     */
    record Publication(String by, Instant at) {
        boolean isOfAPerson() {
            return !by.equals("system");
        }
    }

    @EventListener
    void on(ProcessesPublished event) {
        jdbc.sql("insert into process_publication values (:deployment, :by, :at)")
                .param("deployment", event.deployment())
                .param("by", event.actor())
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** None where an earlier release published it. */
    Optional<Publication> find(String deployment) {
        return jdbc.sql("select published_by, published_at from process_publication where deployment_id = :deployment")
                .param("deployment", deployment)
                .query((row, number) -> new Publication(
                        row.getString("published_by"),
                        row.getObject("published_at", OffsetDateTime.class).toInstant()))
                .optional();
    }
}
