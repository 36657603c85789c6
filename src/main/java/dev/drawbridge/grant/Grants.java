package dev.drawbridge.grant;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.AccessHeld;
import dev.drawbridge.guardrails.HeldAccess;
import dev.drawbridge.request.AccessToExtend;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The grants on record. */
@Repository
public class Grants implements AccessHeld, AccessToExtend {
    /** With the end as it is by now: the last that was given. */
    private static final String SELECT = """
            select g.request_id, g.principal, g.entitlement, g.target_system, g.target_role, g.started_at,
                   greatest(g.expires_at, (select max(x.expires_at) from grant_extension x
                                           where x.grant_id = g.request_id)) as expires_at
            from access_grant g
            """;

    private final JdbcClient jdbc;
    private final Catalog catalog;

    Grants(JdbcClient jdbc, Catalog catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    public Optional<Grant> find(UUID requestId) {
        return jdbc.sql(SELECT + "where g.request_id = :id")
                .param("id", requestId)
                .query(Grants::read)
                .optional();
    }

    /** Process instances that go on although the access that they carried is confirmed gone since {@code before}. */
    public List<String> endedButRunning(Instant before) {
        return jdbc.sql("""
                        select r.process_instance_id from act_ru_execution e
                        join access_request r on r.process_instance_id = e.id_
                        join revocation_confirmation c on c.request_id = r.id
                        where c.confirmed_at < :before
                        """)
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

    /** Who holds access although the account is gone, or has left every group that may ask for it. */
    public List<String> holdersWithoutRight(String entitlement, Collection<String> groups) {
        return jdbc.sql("""
                        select distinct r.requester from open_grant o
                        join access_grant g on g.request_id = o.request_id
                        join access_request r on r.id = o.request_id
                        where g.entitlement = :entitlement
                          and not exists (select 1 from act_id_membership m where m.user_id_ = r.requester
                                          and m.group_id_ = any(string_to_array(:groups, chr(10))))
                        """)
                .param("entitlement", entitlement)
                .param("groups", String.join("\n", groups))
                .query(String.class)
                .list();
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
        return jdbc.sql(SELECT + """
                        join open_grant o on o.request_id = g.request_id
                        join access_request r on r.id = g.request_id
                        where (:person::text is null or r.requester = :person)
                          and (:entitlement::text is null or g.entitlement = :entitlement)
                        """)
                .param("person", person)
                .param("entitlement", entitlement)
                .query(Grants::read)
                .list();
    }

    /** The open grants on a target that it has confirmed. */
    public List<Grant> confirmedOn(String system) {
        return jdbc.sql(SELECT + """
                        join open_grant o on o.request_id = g.request_id
                        join grant_confirmation c on c.request_id = g.request_id
                        where g.target_system = :system
                        """)
                .param("system", system)
                .query(Grants::read)
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
        jdbc.sql("insert into access_grant values (:id, :principal, :entitlement, :system, :role, :start, :end)"
                        + " on conflict (request_id) do nothing")
                .param("id", grant.requestId())
                .param("principal", grant.principal())
                .param("entitlement", grant.entitlement())
                .param("system", grant.target().system())
                .param("role", grant.target().role())
                .param("start", grant.startedAt().atOffset(ZoneOffset.UTC))
                .param("end", grant.expiresAt().atOffset(ZoneOffset.UTC))
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
                .flatMap(grant -> catalog.find(grant.entitlement()).stream()
                        .map(held -> new HeldAccess(
                                grant.requestId(), held.id(), held.resource(), held.level(), grant.expiresAt())))
                .toList();
    }

    private static Grant read(ResultSet row, int number) throws SQLException {
        return new Grant(
                row.getObject("request_id", UUID.class),
                row.getString("principal"),
                row.getString("entitlement"),
                new Entitlement.Target(row.getString("target_system"), row.getString("target_role")),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }
}
