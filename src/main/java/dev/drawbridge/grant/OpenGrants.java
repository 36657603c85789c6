package dev.drawbridge.grant;

import dev.drawbridge.catalog.KnownEntitlements;
import dev.drawbridge.catalog.KnownEntitlements.Known;
import dev.drawbridge.guardrails.AccessHeld;
import dev.drawbridge.guardrails.HeldAccess;
import java.time.Instant;
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

/** The grants that are not confirmed gone, many at a time: who holds what, and where. */
@Repository
public class OpenGrants implements AccessHeld {
    private final JdbcClient jdbc;
    private final KnownEntitlements entitlements;

    OpenGrants(JdbcClient jdbc, KnownEntitlements entitlements) {
        this.jdbc = jdbc;
        this.entitlements = entitlements;
    }

    /** The open grants of a person, or of everybody where none is named, to this entitlement, or to any. */
    public List<Grant> open(@Nullable String person, @Nullable String entitlement) {
        // Of a person by what that person has open, however much others have.
        return jdbc.sql(GrantRow.SELECT + "join open_grant o on o.request_id = g.request_id "
                        + (person == null
                                ? "where true"
                                : "join open_request q on q.request_id = g.request_id where q.requester = :person")
                        + (entitlement == null ? "" : " and g.entitlement = :entitlement"))
                .param("person", person)
                .param("entitlement", entitlement)
                .query(GrantRow::grant)
                .list();
    }

    /** The places where access is open, whichever their roles. */
    public List<Place> places() {
        return jdbc.sql("""
                        select distinct g.target_system, '' as target_role, made.server, false as untouched
                        from open_grant o join access_grant g on g.request_id = o.request_id
                        """ + GrantRow.SERVER + """
                        where made.times > 0 or not coalesce(g.looked_before, false)
                        order by 1, 3
                        """)
                .query((row, number) -> GrantRow.place(row))
                .list();
    }

    /** Open grants whose process instance is gone: nothing else would end them before their time. */
    public List<Grant> abandoned() {
        return jdbc.sql(GrantRow.SELECT + """
                        join open_grant o on o.request_id = g.request_id
                        join access_request r on r.id = g.request_id
                        where not exists (select 1 from act_ru_execution e where e.id_ = r.process_instance_id)
                        """).query(GrantRow::grant).list();
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
                            left join (""" + GrantRow.SELECT + """
                                join open_grant o on o.request_id = g.request_id
                                join open_request q on q.request_id = g.request_id
                                where q.requester = :person and g.request_id <> :except) open on true
                        """)
                .param("person", person)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("except", except)
                .query((row, number) -> new Row(
                        row.getString("principal") == null ? null : GrantRow.grant(row, number),
                        row.getInt("automatic")))
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
}
