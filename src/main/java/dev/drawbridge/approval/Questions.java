package dev.drawbridge.approval;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What approvers asked back, and what requesters answered. */
@Repository
class Questions {
    private final JdbcClient jdbc;

    Questions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The whole thread, oldest first. */
    List<Question> of(UUID requestId) {
        return jdbc.sql("""
                        select q.*, a.text as answer, a.answered_at, l.lapsed_at
                        from question q
                        left join answer a on a.question_id = q.id
                        left join question_lapse l on l.question_id = q.id
                        where q.request_id = :id order by q.asked_at
                        """).param("id", requestId).query(Questions::read).list();
    }

    Optional<Question> open(UUID requestId) {
        return of(requestId).stream()
                .filter(question -> question.answeredAt() == null)
                .findFirst();
    }

    void ask(Question question) {
        jdbc.sql("insert into question values (:id, :request, :level, :by, :text, :at)")
                .param("id", question.id())
                .param("request", question.requestId())
                .param("level", question.level())
                .param("by", question.askedBy())
                .param("text", question.text())
                .param("at", question.askedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    void answer(Question answered) {
        jdbc.sql("insert into answer values (:id, :text, :at)")
                .param("id", answered.id())
                .param("text", answered.answer())
                .param("at", Objects.requireNonNull(answered.answeredAt()).atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The time for an answer is over. */
    void lapse(UUID questionId, Instant at) {
        jdbc.sql("insert into question_lapse values (:id, :at) on conflict do nothing")
                .param("id", questionId)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Question read(ResultSet row, int number) throws SQLException {
        OffsetDateTime lapsed = row.getObject("lapsed_at", OffsetDateTime.class);
        OffsetDateTime answered = lapsed == null ? row.getObject("answered_at", OffsetDateTime.class) : lapsed;
        return new Question(
                row.getObject("id", UUID.class),
                row.getObject("request_id", UUID.class),
                row.getInt("level"),
                row.getString("asked_by"),
                row.getString("text"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                lapsed == null ? row.getString("answer") : Question.NO_ANSWER,
                answered == null ? null : answered.toInstant(),
                lapsed != null);
    }
}
