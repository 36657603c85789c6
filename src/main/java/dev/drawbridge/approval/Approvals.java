package dev.drawbridge.approval;

import dev.drawbridge.approval.Approval.Decision;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccountIds;
import dev.drawbridge.request.AccessRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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
        return jdbc.sql("""
                        select a.*, b.for_person, n.entitlement, n.duration
                        from approval a
                        left join approval_on_behalf b using (request_id, approver)
                        left join approval_narrowing n using (request_id, approver)
                        where a.request_id = :id order by a.decided_at, a.level
                        """).param("id", requestId).query(Approvals::read).list();
    }

    /** Who answered with an account that is gone, whoever has its id by now. */
    Set<String> ofEarlierAccounts(UUID requestId) {
        return Set.copyOf(
                jdbc.sql("""
                    select answered.approver from approval_account answered
                    left join account now on now.id = answered.approver
                    where answered.request_id = :id and now.generation is distinct from answered.generation
                    """).param("id", requestId).query(String.class).list());
    }

    private static Approval read(ResultSet row, int number) throws SQLException {
        String entitlement = row.getString("entitlement");
        return new Approval(
                row.getObject("request_id", UUID.class),
                row.getInt("level"),
                row.getString("approver"),
                Decision.valueOf(row.getString("decision").toUpperCase(Locale.ROOT)),
                row.getString("comment"),
                row.getObject("decided_at", OffsetDateTime.class).toInstant(),
                row.getString("for_person"),
                entitlement == null ? null : new Scope(entitlement, Duration.parse(row.getString("duration"))));
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
        if (approval.forPerson() != null) {
            jdbc.sql("insert into approval_on_behalf values (:id, :approver, :for)")
                    .param("id", approval.requestId())
                    .param("approver", approval.approver())
                    .param("for", approval.forPerson())
                    .update();
        }
        Scope narrowed = approval.narrowedTo();
        if (narrowed != null) {
            jdbc.sql("insert into approval_narrowing values (:id, :approver, :entitlement, :duration)")
                    .param("id", approval.requestId())
                    .param("approver", approval.approver())
                    .param("entitlement", narrowed.entitlement())
                    .param("duration", narrowed.duration().toString())
                    .update();
        }
    }

    /** What is left of what was asked for, once each approver has narrowed it as they did. */
    static Scope scope(AccessRequest request, List<Approval> answers) {
        Scope scope = new Scope(request.entitlement(), request.duration());
        for (Approval answer : answers) {
            scope = answer.narrowedTo() == null ? scope : answer.narrowedTo();
        }
        return scope;
    }

    /** The position of the first level that has not had its quorum; none once all have, or somebody has refused. */
    static Optional<Integer> openLevel(List<Level> levels, List<Approval> answers) {
        if (answers.stream().anyMatch(answer -> answer.decision() == Decision.REJECT)) {
            return Optional.empty();
        }
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
                .collect(Collectors.toMap(
                        AccountIds::oneOf, Function.identity(), (first, again) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** Whether this person has answered, or somebody in their place. */
    static boolean hasBeenHeard(String person, List<Approval> answers) {
        return answers.stream()
                .anyMatch(given ->
                        AccountIds.isOne(given.approver(), person) || AccountIds.isOne(person, given.forPerson()));
    }

    static void requireUnheard(String person, List<Approval> answers) {
        if (hasBeenHeard(person, answers)) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "already-answered",
                    "You have already answered on this request, or somebody has for you; each approval has to come from"
                            + " another person.");
        }
    }
}
