package dev.drawbridge.approval;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What approvers handed over to others and was not handed back. */
@Repository
class HandedOvers {
    private final JdbcClient jdbc;

    HandedOvers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One person's answer, in the hands of another. */
    record Passed(UUID id, String from, String to) {}

    /**
     * All that were handed over of this request at a level and not handed back, oldest first; between accounts that are
     * there still, and no others of the same ids.
     */
    List<Passed> of(UUID requestId, int level) {
        return jdbc.sql("""
                        select h.* from hand_over h
                        left join hand_over_account made on made.hand_over_id = h.id
                        left join account giver on giver.id = h.from_person
                        left join account taker on taker.id = h.to_person
                        where request_id = :id and level = :level
                          and not exists (select 1 from hand_back b where b.hand_over_id = h.id)
                          and (made.hand_over_id is null
                               or giver.generation = made.from_generation and taker.generation = made.to_generation)
                        order by handed_at, h.id
                        """)
                .param("id", requestId)
                .param("level", level)
                .query((row, number) -> new Passed(
                        row.getObject("id", UUID.class), row.getString("from_person"), row.getString("to_person")))
                .list();
    }

    void add(UUID requestId, int level, String from, String to, Instant at) {
        jdbc.sql("insert into hand_over (request_id, level, from_person, to_person, handed_at)"
                        + " values (:id, :level, :from, :to, :at)")
                .param("id", requestId)
                .param("level", level)
                .param("from", from)
                .param("to", to)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** {@code by}: whoever had it, or whose it is. */
    void back(Passed passed, String by, Instant at) {
        jdbc.sql("insert into hand_back values (:id, :by, :at)")
                .param("id", passed.id())
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
