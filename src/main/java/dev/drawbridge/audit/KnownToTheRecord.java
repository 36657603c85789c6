package dev.drawbridge.audit;

import dev.drawbridge.catalog.KnownEntitlements;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.guardrails.GuardrailsInForce;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What there is, or once was: whoever looks for anything else has made a slip of the pen. */
@Component
class KnownToTheRecord {
    private static final Set<String> NOBODYS = Set.of("system", "nobody");

    private final JdbcClient jdbc;
    private final Directory people;
    private final KnownEntitlements entitlements;
    private final GuardrailsInForce guardrails;

    KnownToTheRecord(JdbcClient jdbc, Directory people, KnownEntitlements entitlements, GuardrailsInForce guardrails) {
        this.jdbc = jdbc;
        this.people = people;
        this.entitlements = entitlements;
        this.guardrails = guardrails;
    }

    boolean actor(String id) {
        return NOBODYS.contains(id) || person(id);
    }

    boolean person(String id) {
        return people.find(id).isPresent()
                || any("audit_entry where actor = :value", id)
                || any("access_request where requester = :value", id)
                || any(
                        "audit_entry e where people_named(e.details) <> '{}' and people_named(e.details) @> array[:value]::text[]",
                        id);
    }

    boolean entitlement(String id) {
        return entitlements.find(id).isPresent() || any("access_request where entitlement = :value", id);
    }

    boolean resource(String name) {
        return any("entitlement_known where resource = :value", name);
    }

    boolean kind(String kind) {
        return Kinds.OURS.contains(kind) || any("audit_entry where kind = :value", kind);
    }

    boolean request(UUID id) {
        return any("access_request where id = :value", id) || any("audit_entry where request_id = :value", id);
    }

    boolean rule(String id) {
        return guardrails.all().stream().anyMatch(one -> one.file().equals("rules/" + id + ".drl"))
                || any("verdict_rule where rule = :value", id);
    }

    boolean publication(long number) {
        return any("publication where number = :value", number);
    }

    boolean ticket(String ticket) {
        return any("access_request where ticket = :value", ticket);
    }

    private boolean any(String where, Object value) {
        return jdbc.sql("select exists (select 1 from " + where + ")")
                .param("value", value)
                .query(Boolean.class)
                .single();
    }
}
