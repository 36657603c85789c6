package dev.drawbridge.request;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import dev.drawbridge.platform.SignIn;
import dev.drawbridge.platform.WithinTransaction;
import dev.drawbridge.process.InstanceOrigin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The requests on record. They are only ever added. */
@Repository
public class AccessRequests implements InstanceOrigin {
    private static final String SELECT =
            "select r.*, x.grant_id from access_request r left join extension x on x.request_id = r.id ";

    /** What else the same account asked for; an earlier one of the same id was somebody else. */
    private static final String OF_THE_SAME_ACCOUNT = """
             and not exists (
                select 1 from request_account asked
                where asked.request_id = o.request_id
                  and asked.generation is distinct from (select generation from account where account.id = :who))
            """;

    private final JdbcClient jdbc;
    private final Refusals refusals;
    // What was asked for never changes, and a step of the process asks for it many times.
    private final WithinTransaction<UUID, AccessRequest> byId = new WithinTransaction<>(this::read);
    private final WithinTransaction<String, AccessRequest> byInstance = new WithinTransaction<>(this::readByInstance);

    private final RecordedInstances recorded = new RecordedInstances();

    AccessRequests(JdbcClient jdbc, Refusals refusals) {
        this.jdbc = jdbc;
        this.refusals = refusals;
    }

    void add(AccessRequest request, SignIn signIn) {
        jdbc.sql("""
                        with asked as (
                            insert into access_request (id, process_instance_id, requester, entitlement, duration,
                                justification, ticket, starts_at, submitted_at)
                            values (:id, :instance, :requester, :entitlement, :duration, :justification, :ticket, :starts,
                                :submitted)
                            returning id)
                        insert into request_sign_in select id, :method, :mfa, :at, :address from asked
                        """)
                .param("id", request.id())
                .param("instance", request.processInstanceId())
                .param("requester", request.requester())
                .param("entitlement", request.entitlement())
                .param("duration", request.duration().toString())
                .param("justification", request.justification())
                .param("ticket", request.ticket())
                .param("starts", utc(request.startsAt()))
                .param("submitted", utc(request.submittedAt()))
                .param("method", signIn.method())
                .param("mfa", signIn.mfa())
                .param("at", utc(signIn.at()))
                .param("address", signIn.address())
                .update();
        if (request.extending() != null) {
            jdbc.sql("insert into extension values (:id, :grant)")
                    .param("id", request.id())
                    .param("grant", request.extending())
                    .update();
        }
        know(request);
        recorded.afterCommit(request.processInstanceId());
    }

    private void know(AccessRequest request) {
        byId.put(request.id(), request);
        byInstance.put(request.processInstanceId(), request);
    }

    public Optional<AccessRequest> find(UUID id) {
        return byId.get(id);
    }

    private Optional<AccessRequest> read(UUID id) {
        return jdbc.sql(SELECT + "where r.id = :id")
                .param("id", id)
                .query(AccessRequests::read)
                .optional();
    }

    public Optional<AccessRequest> findByProcessInstance(String processInstanceId) {
        return byInstance.get(processInstanceId);
    }

    private Optional<AccessRequest> readByInstance(String processInstanceId) {
        return jdbc.sql(SELECT + "where r.process_instance_id = :instance")
                .param("instance", processInstanceId)
                .query(AccessRequests::read)
                .optional();
    }

    /** Whether this person ever asked for anything. */
    boolean anyBy(String requester) {
        return jdbc.sql("select exists (select 1 from access_request where requester = :requester)")
                .param("requester", requester)
                .query(Boolean.class)
                .single();
    }

    /** Whether this was ever asked for; it may have left the catalog since. */
    boolean anyFor(String entitlement) {
        return jdbc.sql("select exists (select 1 from access_request where entitlement = :entitlement)")
                .param("entitlement", entitlement)
                .query(Boolean.class)
                .single();
    }

    /** How the requester had signed in when asking. The groups of that moment are not kept. */
    public SignIn signInOf(UUID id) {
        return jdbc.sql("select s.*, r.requester from request_sign_in s join access_request r on r.id = s.request_id"
                        + " where r.id = :id")
                .param("id", id)
                .query((row, number) -> signIn(row))
                .single();
    }

    /** As {@link #signInOf}, from a row that holds the table's columns and the requester. */
    public static SignIn signIn(ResultSet row) throws SQLException {
        return new SignIn(
                row.getString("requester"),
                Set.of(),
                row.getString("method"),
                row.getBoolean("mfa"),
                row.getObject("signed_in_at", OffsetDateTime.class).toInstant(),
                row.getString("address"));
    }

    /** Whether this account asked for it: the one of now, and not an earlier one of the same id. */
    public boolean isBy(String person, AccessRequest request) {
        return request.requester().equals(person) && !isOfAnEarlierAccount(request.id());
    }

    /** Whether the account that asked is gone, whoever has its id by now. */
    public boolean isOfAnEarlierAccount(UUID id) {
        return jdbc.sql("""
            select exists (
                select 1 from access_request r join request_account asked on asked.request_id = r.id
                left join account now on now.id = r.requester
                where r.id = :id and now.generation is distinct from asked.generation)
            """).param("id", id).query(Boolean.class).single();
    }

    /** The request that this process instance carries; refuses, on record, an instance that began behind the guardrails. */
    public AccessRequest ofProcessInstance(String processInstanceId) {
        return findByProcessInstance(processInstanceId)
                .orElseGet(() -> refusals.onRecord(
                        CurrentSignIn.find().map(SignIn::person).orElse("system"), null, () -> {
                            throw Refusal.of(
                                    Refusal.Kind.FORBIDDEN,
                                    "started-past-the-guardrails",
                                    "This process was not started with its first step: no request is on record for it,"
                                            + " so nothing is granted.");
                        }));
    }

    /**
     * As {@link #ofProcessInstance}, and makes everything else that concerns this request wait, as {@link #lock} does; throws
     * where another transaction is at it already, since this is tried again.
     */
    public AccessRequest lockedOfProcessInstance(String processInstanceId) {
        Optional<AccessRequest> locked = jdbc.sql(
                        SELECT + "where r.process_instance_id = :instance for no key update of r skip locked")
                .param("instance", processInstanceId)
                .query(AccessRequests::read)
                .optional();
        if (locked.isEmpty()) {
            throw busy(ofProcessInstance(processInstanceId).id());
        }
        know(locked.get());
        return locked.get();
    }

    @Override
    public void requireRecorded(String processInstanceId) {
        // It is asked at each step, and what is on record stays there.
        if (!recorded.contains(processInstanceId)) {
            ofProcessInstance(processInstanceId);
        }
    }

    /**
     * Makes everything else that concerns this request wait until the running transaction is over. The weaker of the
     * two row locks: a fact that another transaction adds under this request's id must still get through.
     */
    public void lock(UUID id) {
        jdbc.sql("select 1 from access_request where id = :id for no key update")
                .param("id", id)
                .query(Integer.class)
                .optional();
    }

    /** As {@link #lock}, but where another transaction is at it already, this one is told so instead of waiting. */
    public boolean tryLock(UUID id) {
        return jdbc.sql("select 1 from access_request where id = :id for no key update skip locked")
                .param("id", id)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** As {@link #lock}, for what is tried again anyway: throws where another transaction is at it already. */
    public void requireLock(UUID id) {
        if (!tryLock(id)) {
            throw busy(id);
        }
    }

    private static IllegalStateException busy(UUID id) {
        return new IllegalStateException("Something else is being done with request " + id + " at this moment.");
    }

    /** Grants to one person are decided on one after the other. */
    public void oneGrantAtATimeFor(String requester) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('grants to ' || :who, 0))")
                .param("who", requester)
                .query((row, number) -> true)
                .single();
    }

    /** Grants to anybody are decided on one after the other, for as long as this transaction lasts. */
    public void oneGrantAtATime() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('grants', 0))")
                .query((row, number) -> true)
                .single();
    }

    /** Two identical requests sent at the same moment are judged one after the other. */
    void oneAtATimeFor(String requester, String entitlement) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:who || chr(10) || :what, 0))")
                .param("who", requester)
                .param("what", entitlement)
                .query((row, number) -> true)
                .single();
    }

    /** How many requests of a person wait, for approval or for their start. */
    int waitingOf(String requester) {
        return jdbc.sql("""
                        select count(*) from open_request o
                        cross join lateral (select n.state from access_request_now n where n.id = o.request_id offset 0) n
                        where o.requester = :who and n.state in ('PENDING_APPROVAL', 'SCHEDULED')
                        """ + OF_THE_SAME_ACCOUNT)
                .param("who", requester)
                .query(Integer.class)
                .single();
    }

    /** A request of the same person for the same thing that is not over and whose window overlaps. */
    Optional<UUID> findOverlapping(AccessRequest request) {
        Instant start = request.startsAt() == null ? request.submittedAt() : request.startsAt();
        return jdbc.sql("""
                        select o.request_id from open_request o
                        cross join lateral (select n.state, n.starts_at, n.duration, n.expires_at
                                            from access_request_now n where n.id = o.request_id offset 0) n
                        where o.requester = :who and o.entitlement = :what and n.state <> 'ENDED'
                          and (n.starts_at is null or n.starts_at < :end)
                          and coalesce(n.expires_at, n.starts_at + n.duration::interval, 'infinity') > :start
                        """ + OF_THE_SAME_ACCOUNT + "order by o.submitted_at limit 1")
                .param("who", request.requester())
                .param("what", request.entitlement())
                .param("start", utc(start))
                .param("end", utc(start.plus(request.duration())))
                .query(UUID.class)
                .optional();
    }

    /** A request for more time of the same access that is not over. */
    Optional<UUID> findPendingExtension(UUID grant) {
        return jdbc.sql("select o.request_id from extension x join open_request o using (request_id)"
                        + " where x.grant_id = :grant limit 1")
                .param("grant", grant)
                .query(UUID.class)
                .optional();
    }

    private static AccessRequest read(ResultSet row, int number) throws SQLException {
        return from(row);
    }

    /** From a row that holds the table's columns, and as {@code grant_id} what it asks to have for longer. */
    public static AccessRequest from(ResultSet row) throws SQLException {
        return new AccessRequest(
                row.getObject("id", UUID.class),
                row.getString("process_instance_id"),
                row.getString("requester"),
                row.getString("entitlement"),
                Duration.parse(row.getString("duration")),
                row.getString("justification"),
                row.getString("ticket"),
                instant(row, "starts_at"),
                row.getObject("submitted_at", OffsetDateTime.class).toInstant(),
                row.getObject("grant_id", UUID.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
