package dev.drawbridge.grant.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a login could be used by at a moment.
 *
 * @param open whether somebody can log in with it
 * @param groups the roles that it is a member of
 * @param sessions the processes of its sessions
 * @param prepared its transactions that wait for their second phase
 * @param entangled whether something is its own or refers to it, in whichever database, or an open transaction holds on to it
 */
record LoginState(
        String principal,
        String oid,
        boolean open,
        List<String> groups,
        List<String> sessions,
        List<PreparedTransaction> prepared,
        boolean entangled) {
    /** One statement for all: what is asked of every login is read once, and not once for each. */
    private static final String LOOK = """
            with asked as materialized (
                select r.oid, r.rolname, r.rolcanlogin from pg_catalog.pg_roles r
                where r.rolname = any(pg_catalog.string_to_array(?, pg_catalog.chr(10))::pg_catalog.name[])),
            session as materialized (
                select a.usesysid, pg_catalog.array_agg(a.pid::text) as pids from pg_catalog.pg_stat_activity a
                group by a.usesysid),
            prepared as materialized (
                select p.owner, pg_catalog.array_agg(p.gid order by p.gid) as gids,
                       pg_catalog.array_agg(p.database::text order by p.gid) as databases
                from pg_catalog.pg_prepared_xacts p group by p.owner),
            held as materialized (
                select distinct l.objid from pg_catalog.pg_locks l
                where l.locktype = 'object' and l.classid = 'pg_catalog.pg_authid'::pg_catalog.regclass
                  and l.pid is distinct from pg_catalog.pg_backend_pid())
            select r.rolname::text, r.oid::text, r.rolcanlogin,
                   array(select g.rolname::text from pg_catalog.pg_auth_members m
                         join pg_catalog.pg_roles g on g.oid = m.roleid where m.member = r.oid),
                   coalesce(s.pids, '{}'), coalesce(p.gids, '{}'), coalesce(p.databases, '{}'),
                   h.objid is not null
                   or exists (select from pg_catalog.pg_shdepend d
                              where d.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass and d.refobjid = r.oid)
            from asked r
            left join session s on s.usesysid = r.oid
            left join prepared p on p.owner = r.rolname
            left join held h on h.objid = r.oid
            """;

    static Optional<LoginState> of(Session target, String principal) throws SQLException {
        return of(target, List.of(principal)).stream().findFirst();
    }

    /** Those that are there. */
    static List<LoginState> of(Session target, Collection<String> principals) throws SQLException {
        return target.rows(LOOK, LoginState::read, String.join("\n", principals));
    }

    /** Nobody uses it, and nobody can begin to. */
    boolean isUnused() {
        return !open && sessions.isEmpty();
    }

    boolean isOver() {
        return isUnused() && groups.isEmpty();
    }

    /** Whether nothing of it is anywhere but the login itself. */
    boolean isBare() {
        return prepared.isEmpty() && !entangled;
    }

    /** What of it could still be used, for operators. */
    String sentence() {
        StringBuilder sentence = new StringBuilder();
        if (!sessions.isEmpty()) {
            sentence.append("The login ")
                    .append(principal)
                    .append(" still has ")
                    .append(sessions.size() == 1 ? "a session, process " : "sessions, processes ")
                    .append(String.join(", ", sessions))
                    .append(" on the target; they were told to end, and do once they look for it. ");
        }
        sentence.append(open ? "The login could not be shut yet. " : "The login is shut. ");
        return sentence.append(
                        groups.isEmpty()
                                ? "It is out of its groups."
                                : "It is still a member of " + String.join(", ", groups) + ".")
                .toString();
    }

    private static LoginState read(ResultSet row) throws SQLException {
        String principal = row.getString(1);
        List<String> gids = texts(row.getArray(6));
        List<String> databases = texts(row.getArray(7));
        List<PreparedTransaction> prepared = new ArrayList<>();
        for (int i = 0; i < gids.size(); i++) {
            prepared.add(new PreparedTransaction(gids.get(i), databases.get(i), principal));
        }
        return new LoginState(
                principal,
                row.getString(2),
                row.getBoolean(3),
                texts(row.getArray(4)),
                texts(row.getArray(5)),
                prepared,
                row.getBoolean(8));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
