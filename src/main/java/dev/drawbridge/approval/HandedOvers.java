package dev.drawbridge.approval;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What approvers handed over to colleagues. */
@Repository
class HandedOvers {
    private final JdbcClient jdbc;

    HandedOvers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those who handed this request over to a person, at a level. */
    List<String> to(String person, int level, UUID requestId) {
        return jdbc.sql(
                        "select from_person from hand_over where request_id = :id and level = :level and to_person = :person")
                .param("id", requestId)
                .param("level", level)
                .param("person", person)
                .query(String.class)
                .list();
    }

    void add(UUID requestId, int level, String from, String to, Instant at) {
        jdbc.sql("insert into hand_over values (:id, :level, :from, :to, :at) on conflict do nothing")
                .param("id", requestId)
                .param("level", level)
                .param("from", from)
                .param("to", to)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
