package dev.drawbridge.approval;

import static dev.drawbridge.platform.Refusal.Kind.FORBIDDEN;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.directory.AccountIds;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What companies' own processes have asked people to do, and who did it: on record, and told. */
@Repository
public class OwnTasks {
    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final AccessRequests requests;
    private final RequestEnds ends;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    OwnTasks(
            JdbcClient jdbc,
            ObjectMapper json,
            AccessRequests requests,
            RequestEnds ends,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.requests = requests;
        this.ends = ends;
        this.events = events;
        this.clock = clock;
    }

    /** A process waits for it from now on; of a request that has ended already, nobody hears. */
    public void open(OwnTask task) {
        if (ends.isOver(task.requestId())) {
            return;
        }
        jdbc.sql("insert into own_task values (:id, :request, :key, :name, :groups::jsonb, :people::jsonb, :at)")
                .param("id", task.id())
                .param("request", task.requestId())
                .param("key", task.key())
                .param("name", task.name())
                .param("groups", written(task.groups()))
                .param("people", written(task.people()))
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        events.publishEvent(new OwnTaskOpened(task));
    }

    /** It is done, by this person, whatever has become of the request; refuses the requester, and whom it is not for. */
    public void complete(AccessRequest request, String id, SignIn who, String said) {
        requests.lock(request.id());
        // What an earlier release had opened is on no record.
        find(id).ifPresent(task -> {
            if (AccountIds.isOne(who.person(), request.requester())) {
                throw Refusal.of(
                        FORBIDDEN, "self-approval", "What others are to do for a request, its requester does not do.");
            }
            if (isSettled(id)) {
                throw AccessProcesses.settled();
            }
            if (!task.isFor(who)) {
                throw Refusal.of(FORBIDDEN, "not-yours-to-do", "This is for others to do.");
            }
            String note = PlainText.looksEmpty(said) ? "" : PlainText.checked("note", said);
            jdbc.sql("""
                            insert into own_task_done values (:id, :by,
                                coalesce((select generation from account where id = :by), gen_random_uuid()), :note, :at)
                            """)
                    .param("id", id)
                    .param("by", who.person())
                    .param("note", note)
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
            events.publishEvent(new OwnTaskDone(task, who.person(), note));
        });
    }

    private boolean isSettled(String id) {
        return jdbc.sql("""
                        select not exists (select 1 from own_task_open where id = :id)
                        """).param("id", id).query(Boolean.class).single();
    }

    /** Whether it was put on record when it was opened; what an earlier release had opened was not. */
    public boolean isOnRecord(String id) {
        return find(id).isPresent();
    }

    /** Its process waits for it no more, and nobody has done it. */
    public void gone(String id) {
        over(id, true);
    }

    /** Those that no process waits for, though that they are over is not on record: a node of an earlier release did not say so. */
    public List<String> overUnseen() {
        return jdbc.sql("""
                        select t.id from open_request going
                        join own_task_open t on t.request_id = going.request_id
                        where not exists (select 1 from act_ru_task waiting where waiting.id_ = t.id)
                        """).query(String.class).list();
    }

    /** It is over, and by whom is not on record. */
    public void goneUnseen(String id) {
        over(id, false);
    }

    private void over(String id, boolean wasSeen) {
        find(id).ifPresent(task -> {
            int added = jdbc.sql("""
                            insert into own_task_gone select :id, :at
                            where not exists (select 1 from own_task_done d where d.task_id = :id)
                            on conflict do nothing
                            """)
                    .param("id", id)
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
            if (added > 0 && !ends.isOver(task.requestId())) {
                events.publishEvent(new OwnTaskGone(task, wasSeen));
            }
        });
    }

    /**
     * One that is open.
     *
     * @param instance the process instance that waits for it
     */
    record Open(OwnTask task, String instance, Instant since) {}

    /** What is open for a person who is in these groups, oldest first; by one statement over what is not over. */
    List<Open> openFor(String person, Collection<String> groups, int most) {
        return jdbc.sql("""
                        select t.*, r.process_instance_id
                        from open_request going
                        join own_task_open t on t.request_id = going.request_id
                        join access_request r on r.id = going.request_id
                        where jsonb_exists(t.people, :person) or jsonb_exists_any(t.groups, :groups)
                        order by t.created_at, t.id limit :most
                        """)
                .param("person", person)
                .param("groups", groups.toArray(String[]::new))
                .param("most", most)
                .query((row, number) -> new Open(
                        task(row),
                        row.getString("process_instance_id"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private Optional<OwnTask> find(String id) {
        return jdbc.sql("select * from own_task where id = :id")
                .param("id", id)
                .query((row, number) -> task(row))
                .optional();
    }

    private OwnTask task(ResultSet row) throws SQLException {
        return new OwnTask(
                row.getString("id"),
                row.getObject("request_id", UUID.class),
                row.getString("task_key"),
                row.getString("name"),
                read(row, "groups"),
                read(row, "people"));
    }

    private String written(Set<String> ids) {
        try {
            return json.writeValueAsString(new TreeSet<>(ids));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Set<String> read(ResultSet row, String column) throws SQLException {
        try {
            return json.readValue(row.getString(column), new TypeReference<Set<String>>() {});
        } catch (JsonProcessingException impossible) {
            throw new SQLException("Column " + column + " does not hold a list of ids", impossible);
        }
    }
}
