package dev.drawbridge.grant;

import dev.drawbridge.catalog.KnownEntitlements;
import dev.drawbridge.catalog.KnownEntitlements.Known;
import dev.drawbridge.guardrails.AccessHeld;
import dev.drawbridge.guardrails.HeldAccess;
import dev.drawbridge.request.AccessToExtend;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The grants on record. */
@Repository
public class Grants implements AccessHeld, AccessToExtend {
    /** The server of a grant {@code g}: {@code made}. What was not told at first may have been told later. */
    static final String SERVER = """
            cross join lateral (
                select count(*) as times, max(nullif(s.server, '')) as server from grant_server s
                where s.request_id = g.request_id) made
            """;

    /** Of a grant {@code g}: the server that it was made on, and whether it is certain that nothing was done there. */
    public static final String PLACE_COLUMNS = "made.server, coalesce(intent.looked_before, false) and made.times = 0"
            // A node of an earlier version may have given it, which put nothing on record before.
            + " and not exists (select 1 from grant_confirmation given where given.request_id = g.request_id)"
            + " as untouched";

    /** What {@link #PLACE_COLUMNS} come from. */
    public static final String PLACE = """
            join access_grant intent on intent.request_id = g.request_id
            """ + SERVER;

    /** With its time as it is by now. */
    private static final String SELECT = "select g.*, " + PLACE_COLUMNS + " from grant_now g " + PLACE;

    private final JdbcClient jdbc;
    private final KnownEntitlements entitlements;

    Grants(JdbcClient jdbc, KnownEntitlements entitlements) {
        this.jdbc = jdbc;
        this.entitlements = entitlements;
    }

    public Optional<Grant> find(UUID requestId) {
        return jdbc.sql(SELECT + "where g.request_id = :id")
                .param("id", requestId)
                .query(Grants::read)
                .optional();
    }

    /** Process instances that go on although the access that they carried was confirmed gone after one moment and before another. */
    public List<String> endedButRunning(Instant after, Instant before) {
        return jdbc.sql("""
                        select r.process_instance_id from revocation_confirmation c
                        join access_request r on r.id = c.request_id
                        join act_ru_execution e on e.id_ = r.process_instance_id
                        where c.confirmed_at > :after and c.confirmed_at < :before
                        """)
                .param("after", after.atOffset(ZoneOffset.UTC))
                .param("before", before.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list();
    }

    /** Open grants whose process instance is gone: nothing else would end them before their time. */
    public List<Grant> abandoned() {
        return jdbc.sql(SELECT + """
                        join open_grant o on o.request_id = g.request_id
                        join access_request r on r.id = g.request_id
                        where not exists (select 1 from act_ru_execution e where e.id_ = r.process_instance_id)
                        """).query(Grants::read).list();
    }

    /** Whoever holds access, and what each holds. */
    public Map<String, Set<String>> holders() {
        Map<String, Set<String>> holders = new HashMap<>();
        jdbc.sql("""
                        select distinct r.requester, g.entitlement from open_grant o
                        join access_grant g on g.request_id = o.request_id
                        join access_request r on r.id = o.request_id
                        """).query(row -> {
            holders.computeIfAbsent(row.getString("requester"), holder -> new HashSet<>())
                    .add(row.getString("entitlement"));
        });
        return holders;
    }

    /** Who holds access that an earlier account of the same id had asked for. */
    public List<String> holdersOfEarlierAccounts() {
        return jdbc.sql("""
            select distinct r.requester from open_grant o
            join access_request r on r.id = o.request_id
            join request_account asked on asked.request_id = o.request_id
            left join account now on now.id = r.requester
            where now.generation is distinct from asked.generation
            """).query(String.class).list();
    }

    /** Whether it is not confirmed gone. */
    public boolean isOpen(UUID requestId) {
        return jdbc.sql("select exists (select 1 from open_grant where request_id = :id)")
                .param("id", requestId)
                .query(Boolean.class)
                .single();
    }

    /** The open grants of a person, or of everybody where none is named, to this entitlement, or to any. */
    public List<Grant> open(@Nullable String person, @Nullable String entitlement) {
        // Of a person by what that person has open, however much others have.
        return jdbc.sql(SELECT + "join open_grant o on o.request_id = g.request_id "
                        + (person == null
                                ? "where true"
                                : "join open_request q on q.request_id = g.request_id where q.requester = :person")
                        + (entitlement == null ? "" : " and g.entitlement = :entitlement"))
                .param("person", person)
                .param("entitlement", entitlement)
                .query(Grants::read)
                .list();
    }

    /**
     * Some of the open grants on a target, by whichever of these names it was given under, that it has confirmed: in the order of
     * their requests, those behind this one.
     */
    public List<Grant> confirmedOn(Set<String> names, UUID after, int most) {
        return jdbc.sql(SELECT + """
                        join open_grant o on o.request_id = g.request_id
                        join grant_confirmation c on c.request_id = g.request_id
                        where g.target_system = any(:names) and o.request_id > :after
                        order by o.request_id limit :most
                        """)
                .param("names", names.toArray(String[]::new))
                .param("after", after)
                .param("most", most)
                .query(Grants::read)
                .list();
    }

    /**
     * Where access is open.
     *
     * @param many how many there
     */
    public record Open(Place place, int many) {}

    /** The places where access is open, whichever their roles. */
    public List<Open> places() {
        return jdbc.sql("""
                        select g.target_system, '' as target_role, made.server, false as untouched, count(*) as many
                        from open_grant o join access_grant g on g.request_id = o.request_id
                        """ + SERVER + """
                        where made.times > 0 or not coalesce(g.looked_before, false)
                        group by 1, made.server order by 1, 3
                        """)
                .query((row, number) -> new Open(place(row), row.getInt("many")))
                .list();
    }

    /** The grant that a login was made for, open or not. */
    public Optional<Grant> ofPrincipal(String principal) {
        return jdbc.sql(SELECT + "where g.principal = :principal")
                .param("principal", principal)
                .query(Grants::read)
                .optional();
    }

    @Override
    public Optional<LiveAccess> find(UUID requestId, Instant moment) {
        return find(requestId)
                .filter(grant -> isLive(requestId) && grant.expiresAt().isAfter(moment))
                .map(grant -> new LiveAccess(
                        jdbc.sql("select requester from access_request where id = :id")
                                .param("id", requestId)
                                .query(String.class)
                                .single(),
                        grant.entitlement(),
                        grant.startedAt(),
                        grant.expiresAt()));
    }

    /** Whether the target has confirmed this grant and nobody has ordered its end. */
    public boolean isLive(UUID requestId) {
        return jdbc.sql("""
                        select exists (select 1 from grant_confirmation where request_id = :id)
                           and not exists (select 1 from revocation where request_id = :id)
                        """).param("id", requestId).query(Boolean.class).single();
    }

    /** Whether the target ever confirmed this grant. */
    public boolean wasConfirmed(UUID requestId) {
        return jdbc.sql("select exists (select 1 from grant_confirmation where request_id = :id)")
                .param("id", requestId)
                .query(Boolean.class)
                .single();
    }

    /** A name for the login of this request that no other grant has or had: as short as that can be. */
    String principalFor(UUID requestId) {
        int digits = Access.FEWEST_DIGITS;
        while (ofPrincipal(Access.principalFor(requestId, digits))
                .filter(other -> !other.requestId().equals(requestId))
                .isPresent()) {
            digits++;
        }
        return Access.principalFor(requestId, digits);
    }

    /** Once for each request; throws where another grant has the login, since it would become that one's too. */
    void add(Grant grant) {
        jdbc.sql("""
                        with decided as (
                            insert into access_grant values
                                (:id, :principal, :entitlement, :system, :role, :start, :end, true)
                            on conflict (request_id) do nothing returning request_id)
                        insert into grant_server
                        select request_id, coalesce(:server::text, '') from decided where not :untouched
                        """)
                .param("id", grant.requestId())
                .param("principal", grant.principal())
                .param("entitlement", grant.entitlement())
                .param("system", grant.place().system())
                .param("role", grant.place().role())
                .param("server", grant.place().server())
                .param("untouched", grant.place().untouched())
                .param("start", grant.startedAt().atOffset(ZoneOffset.UTC))
                .param("end", grant.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * Puts on record, whatever becomes of the transaction that runs, that something is done for it now, and on which server; none
     * where it does not say which it is.
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void touching(UUID requestId, @Nullable String server) {
        jdbc.sql("insert into grant_server values (:id, coalesce(:server::text, '')) on conflict do nothing")
                .param("id", requestId)
                .param("server", server)
                .update();
    }

    /** Puts on record, whatever becomes of the transaction that runs, that the target did not give it. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    void addFailure(UUID requestId, String reason, Instant at) {
        jdbc.sql("""
                        insert into grant_failure
                        select :id, (select count(*) + 1 from grant_failure f where f.request_id = :id), :reason, :at
                        on conflict do nothing
                        """)
                .param("id", requestId)
                .param("reason", reason)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** How often its target has failed to give it. */
    int failures(UUID requestId) {
        return jdbc.sql("select count(*) from grant_failure where request_id = :id")
                .param("id", requestId)
                .query(Integer.class)
                .single();
    }

    /** What is being set up by a process: decided on, and neither given nor to end. */
    Optional<Grant> beingSetUpBy(String processInstanceId) {
        return jdbc.sql(SELECT + """
                        join access_request r on r.id = g.request_id
                        where r.process_instance_id = :instance
                          and not exists (select 1 from grant_confirmation c where c.request_id = g.request_id)
                          and not exists (select 1 from revocation rv where rv.request_id = g.request_id)
                        """)
                .param("instance", processInstanceId)
                .query(Grants::read)
                .optional();
    }

    /** Its target gave it only now: its time is this, and not what was decided on. */
    void beginLater(Grant given) {
        jdbc.sql("insert into grant_begun_later values (:id, :start, :end)")
                .param("id", given.requestId())
                .param("start", given.startedAt().atOffset(ZoneOffset.UTC))
                .param("end", given.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean confirm(UUID requestId, Instant at) {
        return jdbc.sql("insert into grant_confirmation values (:id, :at) on conflict do nothing")
                        .param("id", requestId)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    /** Adds a later end that the target has confirmed, once for each request that asked for it. */
    boolean extend(UUID requestId, Grant later, Instant at) {
        return jdbc.sql("insert into grant_extension values (:id, :grant, :end, :at) on conflict do nothing")
                        .param("id", requestId)
                        .param("grant", later.requestId())
                        .param("end", later.expiresAt().atOffset(ZoneOffset.UTC))
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    @Override
    public List<HeldAccess> heldBy(String person) {
        return open(person, null).stream()
                .flatMap(grant -> held(grant).stream())
                .toList();
    }

    @Override
    public Holdings holdings(String person, UUID except, Instant since) {
        record Row(@Nullable Grant grant, int automatic) {}
        List<Row> rows = jdbc.sql("""
                        select lately.automatic, open.* from
                            (select count(*) as automatic from access_request r join verdict v on v.request_id = r.id
                             where r.requester = :person and v.outcome = 'ALLOWED' and r.submitted_at > :since
                               and r.id <> :except) lately
                            left join (""" + SELECT + """
                                join open_grant o on o.request_id = g.request_id
                                join open_request q on q.request_id = g.request_id
                                where q.requester = :person and g.request_id <> :except) open on true
                        """)
                .param("person", person)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("except", except)
                .query((row, number) ->
                        new Row(row.getString("principal") == null ? null : read(row, number), row.getInt("automatic")))
                .list();
        return new Holdings(
                rows.stream()
                        .flatMap(row -> Stream.ofNullable(row.grant()))
                        .flatMap(grant -> held(grant).stream())
                        .toList(),
                rows.get(0).automatic());
    }

    @Override
    public Map<Known, Integer> heldByOthers(String person) {
        Map<String, Integer> ids = new HashMap<>();
        jdbc.sql("""
                        select g.entitlement, count(distinct q.requester) as people from open_grant o
                        join access_grant g on g.request_id = o.request_id
                        join open_request q on q.request_id = o.request_id
                        where q.requester <> :person group by g.entitlement
                        """).param("person", person).query(row -> {
            ids.put(row.getString("entitlement"), row.getInt("people"));
        });
        Map<Known, Integer> people = new HashMap<>();
        ids.forEach((id, others) -> entitlements.find(id).ifPresent(known -> people.put(known, others)));
        return people;
    }

    private Optional<HeldAccess> held(Grant grant) {
        return entitlements
                .find(grant.entitlement())
                .map(held -> new HeldAccess(
                        grant.requestId(),
                        held.id(),
                        held.resource(),
                        grant.place().system(),
                        held.level(),
                        grant.expiresAt()));
    }

    /** Of a row with its target and {@link #PLACE_COLUMNS}. */
    public static Place place(ResultSet row) throws SQLException {
        return new Place(
                row.getString("target_system"),
                row.getString("target_role"),
                row.getString("server"),
                row.getBoolean("untouched"));
    }

    static Grant read(ResultSet row, int number) throws SQLException {
        return new Grant(
                row.getObject("request_id", UUID.class),
                row.getString("principal"),
                row.getString("entitlement"),
                place(row),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }
}
