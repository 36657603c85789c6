package dev.drawbridge.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.approval.ApprovalCase.Errand;
import dev.drawbridge.approval.ApprovalCase.HandOverFact;
import dev.drawbridge.approval.ApprovalCase.Opening;
import dev.drawbridge.approval.ApprovalCase.Reminder;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.guardrails.Verdicts;
import dev.drawbridge.platform.WithinTransaction;
import dev.drawbridge.request.AccessRequests;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The cases on record: read whole, by one statement for one or for many; facts are only ever added. */
@Repository
public class ApprovalCases {
    /** The parts of a case are the records of this package, component by component. */
    private static final String SELECT = """
            select r.*, x.grant_id, v.outcome, v.findings, v.levels, v.duration_limit, v.obligations, v.rulebook,
                   v.publication, v.request_digest, v.decided_at,
                   v.outcome = 'DENIED'
                       or exists (select 1 from request_end e where e.request_id = r.id)
                       or exists (select 1 from access_grant g where g.request_id = r.id)
                       or exists (select 1 from grant_extension e where e.request_id = r.id) as settled,
                   (select jsonb_agg(jsonb_build_object(
                               'requestId', r.id, 'level', a.level, 'approver', a.approver, 'decision', upper(a.decision),
                               'comment', a.comment, 'at', a.decided_at, 'forPerson', b.for_person,
                               'narrowedTo', case when n.approver is not null then jsonb_build_object(
                                   'entitlement', n.entitlement, 'duration', n.duration) end)
                           order by a.decided_at, a.level)
                    from approval a
                    left join approval_on_behalf b using (request_id, approver)
                    left join approval_narrowing n using (request_id, approver)
                    where a.request_id = r.id) as answers,
                   (select jsonb_agg(answered.approver)
                    from approval_account answered left join account now on now.id = answered.approver
                    where answered.request_id = r.id and now.generation is distinct from answered.generation) as gone,
                   (select jsonb_agg(jsonb_build_object(
                               'id', q.id, 'requestId', r.id, 'level', q.level, 'askedBy', q.asked_by, 'text', q.text,
                               'askedAt', q.asked_at, 'answer', case when l.lapsed_at is null then w.text end,
                               'answeredAt', coalesce(l.lapsed_at, w.answered_at), 'lapsed', l.lapsed_at is not null)
                           order by q.asked_at)
                    from question q
                    left join answer w on w.question_id = q.id
                    left join question_lapse l on l.question_id = q.id
                    where q.request_id = r.id) as questions,
                   (select jsonb_agg(jsonb_build_object(
                               'requestId', r.id, 'level', t.level, 'tier', t.tier, 'groups', t.groups, 'at', t.escalated_at)
                           order by t.level, t.tier)
                    from escalation t where t.request_id = r.id) as tiers,
                   (select jsonb_agg(jsonb_build_object('level', m.level, 'number', m.number))
                    from reminder m where m.request_id = r.id) as reminders,
                   (select jsonb_agg(jsonb_build_object('level', o.level, 'at', o.opened_at))
                    from level_opening o where o.request_id = r.id) as openings,
                   (select jsonb_agg(jsonb_build_object(
                               'name', t.name, 'since', t.created_at, 'until', coalesce(d.completed_at, g.gone_at))
                           order by t.created_at, t.id)
                    from own_task t
                    left join own_task_done d on d.task_id = t.id
                    left join own_task_gone g on g.task_id = t.id
                    where t.request_id = r.id) as errands,
                   (select jsonb_agg(jsonb_build_object(
                               'id', h.id, 'level', h.level, 'from', h.from_person, 'to', h.to_person)
                           order by h.handed_at, h.id)
                    from hand_over h
                    left join hand_over_account made on made.hand_over_id = h.id
                    left join account giver on giver.id = h.from_person
                    left join account taker on taker.id = h.to_person
                    where h.request_id = r.id
                      and not exists (select 1 from hand_back b where b.hand_over_id = h.id)
                      and (made.hand_over_id is null
                           or giver.generation = made.from_generation
                               and taker.generation = made.to_generation)) as hand_overs
            from access_request r
            join verdict v on v.request_id = r.id
            left join extension x on x.request_id = r.id
            """;

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final AccessRequests requests;
    private final Verdicts verdicts;
    private final BusinessCalendar calendar;
    private final Clock clock;
    // A step of the process asks for much of it, each by itself.
    private final WithinTransaction<UUID, ApprovalCase> known =
            new WithinTransaction<>(id -> loadAll(Set.of(id)).stream().findFirst());
    private final WithinTransaction<String, ApprovalCase> carried = new WithinTransaction<>(
            instance -> ofInstances(Set.of(instance)).stream().findFirst());

    ApprovalCases(
            JdbcClient jdbc,
            ObjectMapper json,
            AccessRequests requests,
            Verdicts verdicts,
            BusinessCalendar calendar,
            Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.requests = requests;
        this.verdicts = verdicts;
        this.calendar = calendar;
        this.clock = clock;
    }

    /** The case as it was read in this transaction: to show it, and to tell of it. */
    public ApprovalCase load(UUID requestId) {
        return known.get(requestId).orElseThrow();
    }

    /** The case as it is: to decide by it. */
    ApprovalCase fresh(UUID requestId) {
        forget();
        return load(requestId);
    }

    private void forget() {
        known.forget();
        carried.forget();
    }

    /** Those of these that have been judged, in no particular order. */
    public List<ApprovalCase> loadAll(Collection<UUID> requestIds) {
        return requestIds.isEmpty()
                ? List.of()
                : jdbc.sql(SELECT + "where r.id in (:ids)")
                        .param("ids", requestIds)
                        .query(this::read)
                        .list();
    }

    /** Those that wait of these requesters', and of those that named this person when they were judged. */
    List<ApprovalCase> waitingFor(String person, Collection<String> requesters) {
        return jdbc
                .sql(SELECT + """
                        where r.id in (select o.request_id from open_request o where o.requester = any(:requesters)
                                       union
                                       select o.request_id from request_reader named
                                       join open_request o on o.request_id = named.request_id
                                       where named.reader = :person and not named.is_group)
                        """)
                .param("person", person)
                .param("requesters", requesters.toArray(String[]::new))
                .query(this::read)
                .list()
                .stream()
                .filter(ApprovalCase::waits)
                .toList();
    }

    /** The case that a process instance carries. */
    public Optional<ApprovalCase> find(String processInstanceId) {
        return carried.get(processInstanceId);
    }

    /** Those that these process instances carry, in no particular order. */
    public List<ApprovalCase> ofInstances(Collection<String> processInstanceIds) {
        return processInstanceIds.isEmpty()
                ? List.of()
                : jdbc.sql(SELECT + "where r.process_instance_id in (:ids)")
                        .param("ids", processInstanceIds)
                        .query(this::read)
                        .list();
    }

    /** As {@link #find}; refuses, on record, an instance that began behind the guardrails. */
    public ApprovalCase require(String processInstanceId) {
        return find(processInstanceId)
                .orElseGet(
                        () -> load(requests.ofProcessInstance(processInstanceId).id()));
    }

    /** The case, locked: everything else about this request waits until this transaction is over. */
    public ApprovalCase lock(UUID requestId) {
        requests.lock(requestId);
        return fresh(requestId);
    }

    /** As {@link #lock}; none where somebody else holds it at this moment. */
    Optional<ApprovalCase> lockUnlessBusy(UUID requestId) {
        return requests.tryLock(requestId) ? Optional.of(fresh(requestId)) : Optional.empty();
    }

    @EventListener
    void on(RequestEnded event) {
        forget();
    }

    /** When something falls due at its levels, as of now. */
    public LevelTimes times(ApprovalCase approval) {
        return new LevelTimes(approval, calendar, clock.instant());
    }

    private ApprovalCase read(ResultSet row, int number) throws SQLException {
        return new ApprovalCase(
                AccessRequests.from(row),
                verdicts.read(row.getObject("id", UUID.class), row),
                all(row, "answers", new TypeReference<List<Approval>>() {}),
                Set.copyOf(all(row, "gone", new TypeReference<List<String>>() {})),
                all(row, "questions", new TypeReference<List<Question>>() {}),
                all(row, "tiers", new TypeReference<List<Escalation>>() {}),
                all(row, "reminders", new TypeReference<List<Reminder>>() {}),
                all(row, "openings", new TypeReference<List<Opening>>() {}),
                all(row, "errands", new TypeReference<List<Errand>>() {}),
                all(row, "hand_overs", new TypeReference<List<HandOverFact>>() {}),
                row.getBoolean("settled"));
    }

    private <T> List<T> all(ResultSet row, String column, TypeReference<List<T>> type) throws SQLException {
        String text = row.getString(column);
        try {
            return text == null ? List.of() : json.readValue(text, type);
        } catch (JsonProcessingException impossible) {
            throw new SQLException("Column " + column + " does not hold what it should", impossible);
        }
    }

    void add(Approval answer) {
        insert(
                "insert into approval values (:id, :level, :approver, :decision, :comment, :at)",
                Map.of(
                        "id", answer.requestId(),
                        "level", answer.level(),
                        "approver", answer.approver(),
                        "decision", answer.decision().name().toLowerCase(Locale.ROOT),
                        "comment", answer.comment(),
                        "at", utc(answer.at())));
        if (answer.forPerson() != null) {
            insert(
                    "insert into approval_on_behalf values (:id, :approver, :for)",
                    Map.of("id", answer.requestId(), "approver", answer.approver(), "for", answer.forPerson()));
        }
        Scope narrowed = answer.narrowedTo();
        if (narrowed != null) {
            insert(
                    "insert into approval_narrowing values (:id, :approver, :entitlement, :duration)",
                    Map.of(
                            "id", answer.requestId(),
                            "approver", answer.approver(),
                            "entitlement", narrowed.entitlement(),
                            "duration", narrowed.duration().toString()));
        }
    }

    void ask(Question question) {
        insert(
                "insert into question values (:id, :request, :level, :by, :text, :at)",
                Map.of(
                        "id", question.id(),
                        "request", question.requestId(),
                        "level", question.level(),
                        "by", question.askedBy(),
                        "text", question.text(),
                        "at", utc(question.askedAt())));
    }

    void answer(Question answered) {
        insert(
                "insert into answer values (:id, :text, :at)",
                Map.of(
                        "id", answered.id(),
                        "text", Objects.requireNonNull(answered.answer()),
                        "at", utc(Objects.requireNonNull(answered.answeredAt()))));
    }

    /** The time for an answer is over. */
    void lapse(Question question, Instant at) {
        insert(
                "insert into question_lapse values (:id, :at) on conflict do nothing",
                Map.of("id", question.id(), "at", utc(at)));
    }

    /** Whether the level begins to wait with this: false where it has begun before. */
    public boolean open(ApprovalCase approval, int level) {
        return add(
                "insert into level_opening values (:id, :level, :at) on conflict do nothing",
                Map.of("id", approval.id(), "level", level, "at", utc(clock.instant())));
    }

    boolean add(Escalation tier) {
        return insert(
                "insert into escalation values (:id, :level, :tier, :groups::jsonb, :at) on conflict do nothing",
                Map.of(
                        "id", tier.requestId(),
                        "level", tier.level(),
                        "tier", tier.tier(),
                        "groups", written(tier.groups()),
                        "at", utc(tier.at())));
    }

    boolean add(UUID requestId, Reminder reminder, Instant at) {
        return insert(
                "insert into reminder values (:id, :level, :number, :at) on conflict do nothing",
                Map.of("id", requestId, "level", reminder.level(), "number", reminder.number(), "at", utc(at)));
    }

    void handOver(UUID requestId, int level, String from, String to, Instant at) {
        insert(
                "insert into hand_over (request_id, level, from_person, to_person, handed_at)"
                        + " values (:id, :level, :from, :to, :at)",
                Map.of("id", requestId, "level", level, "from", from, "to", to, "at", utc(at)));
    }

    /** {@code by}: the person who had it, or whose it is. */
    void handBack(HandOverFact handOver, String by, Instant at) {
        insert("insert into hand_back values (:id, :by, :at)", Map.of("id", handOver.id(), "by", by, "at", utc(at)));
    }

    private boolean insert(String sql, Map<String, ?> values) {
        forget();
        return add(sql, values);
    }

    private boolean add(String sql, Map<String, ?> values) {
        return jdbc.sql(sql).params(values).update() > 0;
    }

    private String written(List<String> groups) {
        try {
            return json.writeValueAsString(groups);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
