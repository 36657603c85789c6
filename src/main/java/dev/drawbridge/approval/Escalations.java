package dev.drawbridge.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What time has done to the levels that wait: that they began to, tiers that were added, and reminders. */
@Repository
class Escalations {
    private final JdbcClient jdbc;
    private final ObjectMapper json;

    Escalations(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Whether this level of the request begins to wait with this: false where it has begun before. */
    boolean opens(UUID requestId, int level, Instant at) {
        return jdbc.sql("insert into level_opening values (:id, :level, :at) on conflict do nothing")
                        .param("id", requestId)
                        .param("level", level)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    /** The tiers that were added to a level, in their order. */
    List<Escalation> of(UUID requestId, int level) {
        return jdbc.sql("select * from escalation where request_id = :id and level = :level order by tier")
                .param("id", requestId)
                .param("level", level)
                .query((row, number) -> new Escalation(
                        requestId,
                        level,
                        row.getInt("tier"),
                        groups(row.getString("groups")),
                        row.getObject("escalated_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    boolean add(Escalation escalation) {
        return jdbc.sql(
                                "insert into escalation values (:id, :level, :tier, :groups::jsonb, :at) on conflict do nothing")
                        .param("id", escalation.requestId())
                        .param("level", escalation.level())
                        .param("tier", escalation.tier())
                        .param("groups", written(escalation.groups()))
                        .param("at", escalation.at().atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    /** How often the people of a level were reminded. */
    int reminders(UUID requestId, int level) {
        return jdbc.sql("select count(*) from reminder where request_id = :id and level = :level")
                .param("id", requestId)
                .param("level", level)
                .query(Integer.class)
                .single();
    }

    boolean addReminder(UUID requestId, int level, int number, Instant at) {
        return jdbc.sql("insert into reminder values (:id, :level, :number, :at) on conflict do nothing")
                        .param("id", requestId)
                        .param("level", level)
                        .param("number", number)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    private List<String> groups(String text) {
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String written(List<String> groups) {
        try {
            return json.writeValueAsString(groups);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
