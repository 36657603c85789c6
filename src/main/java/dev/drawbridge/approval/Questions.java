package dev.drawbridge.approval;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
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
                        select q.*, a.text as answer, a.answered_at
                        from question q left join answer a on a.question_id = q.id
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

    void answer(UUID questionId, String text, Instant at) {
        jdbc.sql("insert into answer values (:id, :text, :at)")
                .param("id", questionId)
                .param("text", text)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Question read(ResultSet row, int number) throws SQLException {
        OffsetDateTime answered = row.getObject("answered_at", OffsetDateTime.class);
        return new Question(
                row.getObject("id", UUID.class),
                row.getObject("request_id", UUID.class),
                row.getInt("level"),
                row.getString("asked_by"),
                row.getString("text"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                row.getString("answer"),
                answered == null ? null : answered.toInstant(),
                Question.NO_ANSWER.equals(row.getString("answer")));
    }
}
