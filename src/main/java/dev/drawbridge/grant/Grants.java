package dev.drawbridge.grant;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.AccessHeld;
import dev.drawbridge.guardrails.HeldAccess;
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

/** The grants on record. */
@Repository
public class Grants implements AccessHeld {
    private final JdbcClient jdbc;
    private final Catalog catalog;

    Grants(JdbcClient jdbc, Catalog catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    public Optional<Grant> find(UUID requestId) {
        return jdbc.sql("select * from access_grant where request_id = :id")
                .param("id", requestId)
                .query(Grants::read)
                .optional();
    }

    /** Grants whose time is over or whose revocation was ordered before {@code before}, and that are not confirmed gone. */
    public List<Grant> overdue(Instant before) {
        return jdbc.sql("""
                        select g.* from access_grant g
                        left join revocation rv using (request_id)
                        left join revocation_confirmation rc using (request_id)
                        where rc.request_id is null and (g.expires_at <= :before or rv.requested_at <= :before)
                        order by g.expires_at
                        """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .query(Grants::read)
                .list();
    }

    /** Live grants whose process instance is gone: nothing else would end them before their time. */
    public List<Grant> abandoned() {
        return jdbc.sql("""
                        select g.* from access_grant g join access_request r on r.id = g.request_id
                        left join revocation rv using (request_id)
                        where rv.request_id is null
                          and not exists (select 1 from act_ru_execution e where e.id_ = r.process_instance_id)
                        """).query(Grants::read).list();
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

    boolean isToEnd(UUID requestId) {
        return jdbc.sql("select exists (select 1 from revocation where request_id = :id)")
                .param("id", requestId)
                .query(Boolean.class)
                .single();
    }

    void add(Grant grant) {
        jdbc.sql(
                        "insert into access_grant values (:id, :principal, :entitlement, :system, :role, :start, :end) on conflict do nothing")
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

    @Override
    public List<HeldAccess> heldBy(String person) {
        return jdbc.sql("""
                        select g.* from access_grant g join access_request r on r.id = g.request_id
                        where r.requester = :person
                          and not exists (select 1 from revocation_confirmation c where c.request_id = g.request_id)
                        """).param("person", person).query(Grants::read).list().stream()
                .flatMap(grant -> catalog.find(grant.entitlement()).stream()
                        .map(held -> new HeldAccess(held.id(), held.resource(), held.level(), grant.expiresAt())))
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
