package dev.drawbridge.approval;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
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

    /** To whom these people handed this request over, at a level. */
    List<String> from(Collection<String> people, int level, UUID requestId) {
        return jdbc.sql("""
                        select distinct to_person from hand_over
                        where request_id = :id and level = :level and from_person = any(string_to_array(:people, chr(10)))
                        """)
                .param("id", requestId)
                .param("level", level)
                .param("people", String.join("\n", people))
                .query(String.class)
                .list();
    }

    /** Whether that was new. */
    boolean add(UUID requestId, int level, String from, String to, Instant at) {
        return jdbc.sql("insert into hand_over values (:id, :level, :from, :to, :at) on conflict do nothing")
                        .param("id", requestId)
                        .param("level", level)
                        .param("from", from)
                        .param("to", to)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }
}
