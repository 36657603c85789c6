package dev.drawbridge.audit;

import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.request.InWords;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Answers what was refused or ended at once, and what rules counted since when. */
@Component
class AnswerEvents {
    /** What rules refuse and what ends before its time are few among many: each is found from its own facts. */
    private static final String REFUSALS = """
            select e.* from (
                (select e.at, e.id from audit_entry e where e.kind = 'attempt-refused' and %1$s
                 order by e.at desc, e.id desc limit :most)
                union all
                (select e.at, e.id from audit_entry e where e.kind = 'rejected' and %1$s
                 order by e.at desc, e.id desc limit :most)
                union all
                (select e.at, e.id from audit_entry e
                 where e.kind = 'verdict-given' and %1$s
                   and (select v.outcome = 'DENIED' from verdict v where v.request_id = e.request_id)
                 order by e.at desc, e.id desc limit :most)
                union all
                (select e.at, e.id from revocation rv join audit_entry e on e.request_id = rv.request_id
                 where rv.reason = 'REVOKED' and e.kind = 'revocation-ordered' and %1$s
                 order by e.at desc, e.id desc limit :most)) few
            join audit_entry e on e.id = few.id
            order by e.at desc, e.id desc limit :most""";

    private final JdbcClient jdbc;
    private final Search search;
    private final Answers answers;
    private final Directory people;

    AnswerEvents(JdbcClient jdbc, Search search, Answers answers, Directory people) {
        this.jdbc = jdbc;
        this.search = search;
        this.answers = answers;
        this.people = people;
    }

    AuditQuestions.Answer refusals(AuditQuestions.Put put, @Nullable String after, int size) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("from", put.from().atOffset(ZoneOffset.UTC));
        parameters.put("to", put.to().atOffset(ZoneOffset.UTC));
        parameters.put("most", size + 1);
        String when = "e.at >= :from and e.at <= :to";
        if (after != null) {
            Mark mark = Mark.ofNumbers(after);
            parameters.put("at", mark.at().atOffset(ZoneOffset.UTC));
            parameters.put("id", mark.number());
            when += " and (e.at, e.id) < (:at, :id)";
        }
        List<Search.Found> found = jdbc.sql(REFUSALS.formatted(when))
                .params(parameters)
                .query((row, number) -> search.read(row))
                .list();
        List<Search.Found> shown = found.subList(0, Math.min(size, found.size()));
        return new AuditQuestions.Answer(
                put.question(),
                shown.stream()
                        .map(one -> AuditRecord.item(one, put.clock()))
                        .map(one -> new AuditQuestions.Line(
                                one.at(), null, false, one.actor(), null, null, one.request(), null, one.sentence()))
                        .toList(),
                found.size() > size ? shown.get(size - 1).mark().written() : null);
    }

    AuditQuestions.Answer rules(AuditQuestions.Put put, @Nullable String after, int size) {
        List<Answers.Rules> found = answers.rules(after == null ? null : new Asked("after", after).number(), size);
        List<Answers.Rules> shown = found.subList(0, Math.min(size, found.size()));
        Map<String, String> names =
                people.namesById(shown.stream().map(Answers.Rules::author).toList());
        return new AuditQuestions.Answer(
                put.question(),
                shown.stream().map(one -> line(one, names)).toList(),
                found.size() > size ? Long.toString(shown.get(size - 1).number()) : null);
    }

    private static AuditQuestions.Line line(Answers.Rules one, Map<String, String> names) {
        boolean server = one.author().equals("system");
        String who = server ? "The server's folders" : names.getOrDefault(one.author(), one.author());
        return new AuditQuestions.Line(
                one.at(),
                null,
                false,
                server ? null : one.author(),
                server ? null : who,
                null,
                null,
                one.number(),
                who + " made publication " + one.number()
                        + (one.note().isEmpty() ? "." : ": " + PlainText.quoted(one.note()))
                        + " By these rules "
                        + InWords.counted(Math.toIntExact(one.judged()), "request was", "requests were")
                        + " judged.");
    }
}
