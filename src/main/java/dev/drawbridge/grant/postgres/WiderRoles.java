package dev.drawbridge.grant.postgres;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.grant.TargetReadiness.Missing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Roles that can do more than they are handed out for, as the target's catalogue has it. What each level may do is listed, and
 * all else is told. Rights to execute functions are not looked at.
 */
final class WiderRoles {
    private static final int NAMED = 3;
    private static final int STATEMENTS = 20;

    /**
     * {@code reach}: the roles whose rights a role has, or can take. {@code how}: as that role itself ({@code set}), by
     * inheriting, or merely as a member. Who is a member in any way of a role that may hand out another can give it to
     * itself. {@code hop}: the role's own membership by which it gets there, 0 for the role itself.
     */
    private static final String REACH = """
            with recursive asked as (
                select r.oid, r.rolname::text as role, one.level
                from rows from (pg_catalog.unnest(pg_catalog.string_to_array(?, pg_catalog.chr(10))),
                                pg_catalog.unnest(pg_catalog.string_to_array(?, pg_catalog.chr(10)))) one (name, level)
                join pg_catalog.pg_roles r on r.rolname = one.name::pg_catalog.name),
            reach (asked, oid, how, hop) as (
                select a.oid, a.oid, 'set', 0::pg_catalog.oid from asked a
                union
                select r.asked, m.roleid,
                       case when m.admin_option or r.how = 'set' and m.set_option then 'set'
                            when r.how <> 'member' and m.inherit_option then 'inherit' else 'member' end,
                       case when r.hop = 0 then m.roleid else r.hop end
                from reach r join pg_catalog.pg_auth_members m on m.member = r.oid),
            rights as (select distinct asked, oid, hop from reach where how <> 'member'),
            -- How a membership is taken away: it is known by who gave it, the first superuser where nothing is said.
            hops as (
                select m.member, m.roleid, h.rolname::text as role,
                       pg_catalog.string_agg('revoke ' || pg_catalog.quote_ident(h.rolname) || ' from '
                               || pg_catalog.quote_ident(a.role)
                               || case when m.grantor = 10 then '' else ' granted by '
                                      || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(m.grantor)) end
                               || ';', pg_catalog.chr(10) order by m.grantor) as cure
                from asked a join pg_catalog.pg_auth_members m on m.member = a.oid
                join pg_catalog.pg_roles h on h.oid = m.roleid
                group by m.member, m.roleid, h.rolname),
            """;

    /** Each row: the role, its level, what it may, through whom, how that is taken away, how many rows there are. */
    private static final String TOLD = """
            told as (
                select a.role, a.level, f.what, coalesce(h.role, '') as through, coalesce(h.cure, f.cure) as cure,
                       f.rank, pg_catalog.count(*) over (partition by a.oid) as many,
                       pg_catalog.row_number() over (partition by a.oid order by f.rank, f.what, h.role) as number
                from found f join asked a on a.oid = f.asked
                left join hops h on h.member = f.asked and h.roleid = f.hop)
            select role, level, what, through, cure, many from told where number <= 20 order by role, number
            """;

    /** What may be done by a right that was granted, beyond what each level lists; to everybody is 0. */
    private static final String GRANTED = REACH + """
            allowed (kind, privilege, level) as (values
                ('', 'SELECT', 'READ'), ('sequence ', 'SELECT', 'READ'), ('large object ', 'SELECT', 'READ'),
                ('schema ', 'USAGE', 'READ'), ('database ', 'CONNECT', 'READ'), ('database ', 'TEMPORARY', 'READ'),
                ('', 'INSERT', 'WRITE'), ('', 'UPDATE', 'WRITE'), ('', 'DELETE', 'WRITE'),
                ('sequence ', 'USAGE', 'WRITE'), ('sequence ', 'UPDATE', 'WRITE'), ('large object ', 'UPDATE', 'WRITE')),
            object (kind, name, part, acl, owner) as (
                select case when c.relkind = 'S' then 'sequence ' else '' end,
                       pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), '', c.relacl, c.relowner
                from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relacl is not null
                union all
                select '', pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),
                       ' (' || pg_catalog.quote_ident(t.attname) || ')', t.attacl, c.relowner
                from pg_catalog.pg_attribute t join pg_catalog.pg_class c on c.oid = t.attrelid
                join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and t.attacl is not null
                      and not t.attisdropped
                union all
                select 'schema ', pg_catalog.quote_ident(nspname), '', nspacl, nspowner from pg_catalog.pg_namespace
                where nspname !~ '^pg_' and nspname <> 'information_schema' and nspacl is not null
                union all
                select 'database ', pg_catalog.quote_ident(datname), '', datacl, datdba from pg_catalog.pg_database
                where datname = pg_catalog.current_database() and datacl is not null
                union all
                select 'foreign data wrapper ', pg_catalog.quote_ident(fdwname), '', fdwacl, fdwowner
                from pg_catalog.pg_foreign_data_wrapper where fdwacl is not null
                union all
                select 'foreign server ', pg_catalog.quote_ident(srvname), '', srvacl, srvowner
                from pg_catalog.pg_foreign_server where srvacl is not null
                union all
                select 'tablespace ', pg_catalog.quote_ident(spcname), '', spcacl, spcowner
                from pg_catalog.pg_tablespace where spcacl is not null
                union all
                select 'large object ', oid::text, '', lomacl, lomowner
                from pg_catalog.pg_largeobject_metadata where lomacl is not null
                union all
                select 'parameter ', parname, '', paracl, 10 from pg_catalog.pg_parameter_acl),
            more as (
                select r.asked, r.hop, o.kind || o.name as object, g.grantee, g.grantor, o.owner,
                       kept.privilege is not null as merely_to_hand_on,
                       pg_catalog.lower(g.privilege_type) || o.part as privilege
                from object o cross join lateral pg_catalog.aclexplode(o.acl) g
                join (select asked, oid, hop from rights union all select oid, 0, 0 from asked) r on r.oid = g.grantee
                join asked a on a.oid = r.asked
                left join allowed kept on kept.kind = o.kind and kept.privilege = g.privilege_type
                          and (kept.level = 'READ' or a.level = 'WRITE')
                where g.grantee <> o.owner
                      and case a.level when 'ADMIN' then o.kind = 'tablespace ' or g.privilege_type = 'ALTER SYSTEM'
                                       else kept.privilege is null or g.is_grantable end),
            each as (
                select asked, hop, object, grantee, grantor, owner, merely_to_hand_on,
                       pg_catalog.string_agg(distinct privilege, ', ' order by privilege) as privileges
                from more group by asked, hop, object, grantee, grantor, owner, merely_to_hand_on),
            found (asked, hop, what, cure, rank) as (
                select asked, hop,
                       case when merely_to_hand_on then 'grant to others: ' else '' end || privileges || ' on ' || object
                           || case when grantee = 0 then ' (as everybody may)' else '' end,
                       case when grantor = owner then '' else 'set role '
                           || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(grantor)) || '; ' end
                           || 'revoke ' || case when merely_to_hand_on then 'grant option for ' else '' end
                           || privileges || ' on ' || object || ' from '
                           || case when grantee = 0 then 'public; -- from everybody: grant it anew to who needs it'
                                   else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(grantee)) || ';' end
                           || case when grantor = owner then '' else ' reset role;' end,
                       case when grantee = 0 then 2 when hop = 0 then 0 else 1 end
                from each),
            """ + TOLD;

    /** Whoever owns a thing can change it, hand it on, and drop it. */
    private static final String OWNED = REACH + """
            thing as (
                select r.asked, r.hop, r.oid, s.classid, s.objid, s.dbid, a.level,
                       coalesce(d.datname, '') as elsewhere
                from rights r join asked a on a.oid = r.asked
                join pg_catalog.pg_shdepend s on s.refobjid = r.oid and s.deptype = 'o'
                     and s.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass
                     and s.classid <> 'pg_catalog.pg_default_acl'::pg_catalog.regclass
                left join pg_catalog.pg_database d on d.oid = s.dbid and d.datname <> pg_catalog.current_database()
                left join pg_catalog.pg_database this on this.datname = pg_catalog.current_database()
                where a.level <> 'ADMIN' or s.dbid <> this.oid
                      and not (s.classid = 'pg_catalog.pg_database'::pg_catalog.regclass and s.objid = this.oid)),
            found (asked, hop, what, cure, rank) as (
                select distinct asked, hop,
                       case when elsewhere <> '' then 'things in the database ' || elsewhere
                            else (select coalesce(i.type || ' ' || i.identity, 'something')
                                  from pg_catalog.pg_identify_object(classid, objid, 0) i) end,
                       case when elsewhere <> '' then '-- in the database '
                                 || pg_catalog.regexp_replace(elsewhere, '[[:cntrl:]]', ' ', 'g') || ': ' else '' end
                           || 'reassign owned by ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(oid)) || ' to '
                           || (select pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(
                                   case when d.datdba = thing.oid then 10 else d.datdba end))
                               from pg_catalog.pg_database d where d.datname = pg_catalog.current_database()) || ';',
                       case when hop = 0 then 0 else 1 end
                from thing),
            """ + TOLD;

    /** What the server has made of roles: what a level may belong to, and attributes, which are for the whole server. */
    private static final String SERVER_WIDE = REACH + """
            allowed (name, level) as (values
                ('pg_read_all_data', 'READ'), ('pg_monitor', 'READ'), ('pg_read_all_settings', 'READ'),
                ('pg_read_all_stats', 'READ'), ('pg_stat_scan_tables', 'READ'),
                ('pg_write_all_data', 'WRITE'), ('pg_maintain', 'ADMIN'), ('pg_database_owner', 'ADMIN')),
            found (asked, hop, what, cure, rank) as (
                select r.asked, r.hop, p.rolname::text, '', 1
                from rights r join asked a on a.oid = r.asked join pg_catalog.pg_roles p on p.oid = r.oid
                where p.rolname ~ '^pg_' and r.hop <> 0 and not exists (
                          select from allowed w where w.name = p.rolname
                          and (w.level = 'READ' or w.level = a.level or a.level = 'ADMIN'))
                union
                select r.asked, r.hop, attribute.name,
                       'alter role ' || pg_catalog.quote_ident(p.rolname) || ' no' || attribute.name || ';', 0
                from reach r join pg_catalog.pg_roles p on p.oid = r.oid
                cross join lateral (values ('superuser', p.rolsuper), ('createrole', p.rolcreaterole),
                    ('createdb', p.rolcreatedb), ('replication', p.rolreplication), ('bypassrls', p.rolbypassrls))
                    attribute (name, has)
                where r.how = 'set' and attribute.has),
            """ + TOLD;

    private record Found(String role, String level, String what, String through, String cure, long many) {
        static Found read(ResultSet row) throws SQLException {
            return new Found(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getLong(6));
        }

        String told() {
            return through.isEmpty() || through.equals(what) ? what : what + " (through " + through + ")";
        }
    }

    private WiderRoles() {}

    static List<Missing> of(Session target, Map<String, AccessLevel> handedOut) throws SQLException {
        List<Missing> missing = new ArrayList<>();
        missing.addAll(look(target, GRANTED, handedOut, "and may do more: %s."));
        missing.addAll(look(target, OWNED, handedOut, "and owns what its holders could hand on or drop: %s."));
        missing.addAll(look(target, SERVER_WIDE, handedOut, "and has more, on the whole server: %s."));
        return missing;
    }

    private static List<Missing> look(Session target, String sql, Map<String, AccessLevel> handedOut, String what)
            throws SQLException {
        List<String> roles = List.copyOf(handedOut.keySet());
        String levels = roles.stream().map(handedOut::get).map(String::valueOf).collect(Collectors.joining("\n"));
        Map<String, List<Found>> byRole = new LinkedHashMap<>();
        target.rows(sql, Found::read, String.join("\n", roles), levels)
                .forEach(found -> byRole.computeIfAbsent(found.role(), none -> new ArrayList<>())
                        .add(found));
        return byRole.values().stream().map(found -> missing(found, what)).toList();
    }

    private static Missing missing(List<Found> found, String what) {
        Found first = found.get(0);
        long unnamed = first.many() - Math.min(NAMED, found.size());
        String named = found.stream().limit(NAMED).map(Found::told).collect(Collectors.joining("; "))
                + (unnamed > 0 ? " (and " + unnamed + " more)" : "");
        String cure = found.stream().map(Found::cure).distinct().collect(Collectors.joining("\n"))
                + (first.many() > STATEMENTS ? "\n-- then look again: these are the first " + STATEMENTS : "");
        return new Missing(
                "The role " + first.role() + " is handed out " + toDo(AccessLevel.valueOf(first.level())) + ", "
                        + what.formatted(named),
                cure,
                first.role());
    }

    private static String toDo(AccessLevel level) {
        return switch (level) {
            case READ -> "to read";
            case WRITE -> "to read and to change data";
            case ADMIN -> "to administer one database";
        };
    }
}
