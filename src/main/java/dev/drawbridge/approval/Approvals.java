package dev.drawbridge.approval;

import dev.drawbridge.approval.Approval.Decision;
import dev.drawbridge.guardrails.Level;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The answers on record, and what follows from them. */
@Repository
public class Approvals {
    private final JdbcClient jdbc;

    Approvals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All answers to a request, oldest first. */
    public List<Approval> of(UUID requestId) {
        return jdbc.sql("select * from approval where request_id = :id order by decided_at")
                .param("id", requestId)
                .query((row, number) -> new Approval(
                        requestId,
                        row.getInt("level"),
                        row.getString("approver"),
                        Decision.valueOf(row.getString("decision").toUpperCase(Locale.ROOT)),
                        row.getString("comment"),
                        row.getObject("decided_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    void add(Approval approval) {
        jdbc.sql("insert into approval values (:id, :level, :approver, :decision, :comment, :at)")
                .param("id", approval.requestId())
                .param("level", approval.level())
                .param("approver", approval.approver())
                .param("decision", approval.decision().name().toLowerCase(Locale.ROOT))
                .param("comment", approval.comment())
                .param("at", approval.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The position of the first level that has not had its quorum; none once all have. */
    static Optional<Integer> openLevel(List<Level> levels, List<Approval> answers) {
        return IntStream.range(0, levels.size())
                .filter(position -> approvers(answers, position).size()
                        < levels.get(position).quorum())
                .boxed()
                .findFirst();
    }

    static List<String> approvers(List<Approval> answers, int level) {
        return answers.stream()
                .filter(answer -> answer.level() == level && answer.decision() == Decision.APPROVE)
                .map(Approval::approver)
                .distinct()
                .toList();
    }
}
