package dev.drawbridge.grant.postgres;

import static dev.drawbridge.grant.postgres.Sql.quoted;

import dev.drawbridge.grant.TargetReadiness.DefaultPrivileges;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Default privileges of the roles that are handed out. Whoever holds such a role can change them, and they stay when the
 * login goes; a role that is handed out has none of its own, since nothing is to be made in its name.
 */
final class GroupDefaults {
    /** What each entry gives beyond what the server would by itself, and what it takes from that. */
    private static final String CHANGES = """
            with entry as (
                select a.oid, r.rolname::text as role, n.nspname::text as schema, a.defaclobjtype as kind, a.defaclacl as acl,
                       case when a.defaclnamespace = 0 then pg_catalog.acldefault(
                           case a.defaclobjtype when 'S' then 's' else a.defaclobjtype end, a.defaclrole) end as base
                from pg_catalog.unnest(pg_catalog.string_to_array(?, pg_catalog.chr(10))) asked (name)
                join pg_catalog.pg_roles r on r.rolname = asked.name::pg_catalog.name
                join pg_catalog.pg_default_acl a on a.defaclrole = r.oid
                left join pg_catalog.pg_namespace n on n.oid = a.defaclnamespace),
            change as (
                select e.oid, 'revoke' as verb, g.grantee, g.privilege_type from entry e,
                       lateral pg_catalog.aclexplode(e.acl) g
                where not exists (select from pg_catalog.aclexplode(e.base) b
                                  where b.grantee = g.grantee and b.privilege_type = g.privilege_type)
                union all
                select e.oid, 'grant', b.grantee, b.privilege_type from entry e,
                       lateral pg_catalog.aclexplode(e.base) b
                where not exists (select from pg_catalog.aclexplode(e.acl) g
                                  where b.grantee = g.grantee and b.privilege_type = g.privilege_type))
            select e.role, coalesce(e.schema, ''), c.verb, c.privilege_type,
                   case e.kind when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
                               when 'T' then 'types' when 'n' then 'schemas' else 'large objects' end,
                   case when c.grantee = 0 then '' else pg_catalog.pg_get_userbyid(c.grantee)::text end
            from entry e join change c on c.oid = e.oid order by 1, 2, 3, 4, 5, 6
            """;

    /** Where else on the server such a role has some: they can only be read there. */
    private static final String ELSEWHERE = """
            select distinct r.rolname::text, d.datname::text
            from pg_catalog.unnest(pg_catalog.string_to_array(?, pg_catalog.chr(10))) asked (name)
            join pg_catalog.pg_roles r on r.rolname = asked.name::pg_catalog.name
            join pg_catalog.pg_shdepend s on s.refobjid = r.oid
                 and s.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass
                 and s.classid = 'pg_catalog.pg_default_acl'::pg_catalog.regclass and s.deptype = 'o'
            join pg_catalog.pg_database d on d.oid = s.dbid and d.datname <> pg_catalog.current_database()
            """;

    private GroupDefaults() {}

    private record Found(String role, String statement) {}

    static List<DefaultPrivileges> of(Session target, Collection<String> roles) throws SQLException {
        String asked = String.join("\n", roles);
        Map<String, String> cures = new LinkedHashMap<>();
        target.rows(CHANGES, row -> new Found(row.getString(1), statement(row)), asked)
                .forEach(found -> cures.merge(found.role(), found.statement(), (some, more) -> some + "\n" + more));
        target.rows(
                        ELSEWHERE,
                        row -> new Found(
                                row.getString(1),
                                "-- and in the database " + row.getString(2).replaceAll("\\R", " ")
                                        + ": see \\ddp there"),
                        asked)
                .forEach(found -> cures.merge(found.role(), found.statement(), (some, more) -> some + "\n" + more));
        return cures.entrySet().stream()
                .map(cure -> new DefaultPrivileges(
                        cure.getKey(),
                        "The role " + cure.getKey() + ", which is handed out, has default privileges: whoever held it"
                                + " can have changed them, and they outlive the access.",
                        cure.getValue()))
                .toList();
    }

    private static String statement(ResultSet row) throws SQLException {
        String schema = row.getString(2);
        String verb = row.getString(3);
        String whom = row.getString(6);
        return "alter default privileges for role " + quoted(row.getString(1))
                + (schema.isEmpty() ? "" : " in schema " + quoted(schema)) + " " + verb + " " + row.getString(4)
                + " on "
                + row.getString(5) + (verb.equals("grant") ? " to " : " from ")
                + (whom.isEmpty() ? "public" : quoted(whom)) + ";";
    }
}
