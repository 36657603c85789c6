package dev.drawbridge.grant.postgres;

import dev.drawbridge.grant.Ended;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Who holds on to a login, or to what it owns, by a transaction that stays open. Where that is another login of ours, the
 * transaction is ended; anybody else's is left alone.
 */
final class Blockers {
    private static final String HOLDING = """
            select distinct coalesce(a.pid, 0)::text, r.rolname::text, coalesce(p.gid, ''), coalesce(p.database::text, '')
            from pg_catalog.pg_locks l
            left join pg_catalog.pg_stat_activity a on a.pid = l.pid
            left join (pg_catalog.pg_locks own join pg_catalog.pg_prepared_xacts p
                       on own.locktype = 'transactionid' and own.pid is null and own.transactionid = p.transaction)
                   on l.pid is null and own.virtualtransaction = l.virtualtransaction
            join pg_catalog.pg_roles r on r.oid = a.usesysid or r.rolname = p.owner
            where l.granted and r.rolname ~ ? and r.oid <> ?::pg_catalog.oid
              and pg_catalog.shobj_description(r.oid, 'pg_authid') like '%' || ?
              and (l.locktype = 'object' and l.classid = 'pg_catalog.pg_authid'::pg_catalog.regclass
                       and l.objid = ?::pg_catalog.oid
                   or exists (select from pg_catalog.pg_shdepend d
                              where d.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass
                                and d.refobjid = ?::pg_catalog.oid and d.dbid = l.database
                                and (l.locktype = 'relation' and d.objid = l.relation
                                         and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                     or l.locktype = 'object' and d.classid = l.classid and d.objid = l.objid)))
            """;

    private final Session target;
    private final UUID installation;

    Blockers(Session target, UUID installation) {
        this.target = target;
        this.installation = installation;
    }

    private record Holder(String pid, String principal, String prepared, String database) {}

    /** Those that were ended. */
    List<Ended.Cut> end(String principal, String oid) throws SQLException {
        List<Holder> holders = target.rows(
                HOLDING,
                row -> new Holder(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                PostgresLogins.NAMES,
                oid,
                PostgresLogins.mark(installation),
                oid,
                oid);
        List<Ended.Cut> ended = new ArrayList<>();
        for (Holder holder : holders) {
            String what;
            if (holder.prepared().isEmpty()) {
                target.values("select pg_catalog.pg_terminate_backend(" + Integer.parseInt(holder.pid()) + ", 500)");
                what = "The session of the login " + holder.principal() + " in the process " + holder.pid()
                        + " was ended";
            } else {
                new PreparedTransaction(holder.prepared(), holder.database(), holder.principal()).rollBack(target);
                what = "What the login " + holder.principal() + " had prepared as '" + holder.prepared()
                        + "' was rolled back";
            }
            ended.add(new Ended.Cut(
                    holder.principal(), what + ", since it held on to the login " + principal + ", which had to go."));
        }
        return ended;
    }
}
