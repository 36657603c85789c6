package dev.drawbridge.grant.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a login could be used by at a moment.
 *
 * @param open whether somebody can log in with it
 * @param groups the roles that it is a member of
 * @param sessions the processes of its sessions
 * @param prepared its transactions that wait for their second phase
 */
record LoginState(
        String oid, boolean open, List<String> groups, List<String> sessions, List<PreparedTransaction> prepared) {
    private static final String LOOK = """
            select r.oid::text, r.rolcanlogin,
                   array(select g.rolname::text from pg_catalog.pg_auth_members m
                         join pg_catalog.pg_roles g on g.oid = m.roleid where m.member = r.oid),
                   array(select a.pid::text from pg_catalog.pg_stat_activity a where a.usesysid = r.oid),
                   array(select p.gid from pg_catalog.pg_prepared_xacts p where p.owner = r.rolname order by p.gid),
                   array(select p.database::text from pg_catalog.pg_prepared_xacts p
                         where p.owner = r.rolname order by p.gid)
            from pg_catalog.pg_roles r where r.rolname = ?
            """;

    static Optional<LoginState> of(Session target, String principal) throws SQLException {
        return target.rows(LOOK, row -> read(row, principal), principal).stream()
                .findFirst();
    }

    /** Nobody uses it, and nobody can begin to. */
    boolean isUnused() {
        return !open && sessions.isEmpty();
    }

    boolean isOver() {
        return isUnused() && groups.isEmpty();
    }

    /** What of it could still be used, for operators. */
    String sentence(String principal) {
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

    private static LoginState read(ResultSet row, String principal) throws SQLException {
        List<String> gids = texts(row.getArray(5));
        List<String> databases = texts(row.getArray(6));
        List<PreparedTransaction> prepared = new ArrayList<>();
        for (int i = 0; i < gids.size(); i++) {
            prepared.add(new PreparedTransaction(gids.get(i), databases.get(i), principal));
        }
        return new LoginState(
                row.getString(1), row.getBoolean(2), texts(row.getArray(3)), texts(row.getArray(4)), prepared);
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
