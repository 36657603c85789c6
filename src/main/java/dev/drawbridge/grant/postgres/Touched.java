package dev.drawbridge.grant.postgres;

import dev.drawbridge.grant.Connector;
import java.sql.SQLException;
import java.util.Set;

/**
 * Whose login somebody else than us has changed since we last did. Every login may give itself another password, and
 * PostgreSQL has no way to forbid it; but each change writes the role's row anew, and we write its comment, which nobody
 * else may, in the same transaction as each change of ours: where the two were last written by different transactions,
 * another hand was at it.
 */
final class Touched {
    /** What the target's owner has to let our account read: no passwords, only who wrote a row. */
    static final String NEEDED = "grant select (oid, xmin) on pg_catalog.pg_authid to ";

    private static final String TOUCHED = """
            select r.rolname::text from pg_catalog.pg_authid a
            join pg_catalog.pg_roles r on r.oid = a.oid
            join pg_catalog.pg_shdescription d on d.objoid = a.oid
                 and d.classoid = 'pg_catalog.pg_authid'::pg_catalog.regclass
            where a.xmin::text <> d.xmin::text
            """;

    private static final String IN_ALL = " and r.rolname ~ ?";
    private static final String THIS_ONE = " and r.rolname = ?";

    private Touched() {}

    /** None where we are not let see. */
    static Set<String> on(Session target, Connector.Stretch of) throws SQLException {
        return canBeSeen(target)
                ? Set.copyOf(target.values(
                        TOUCHED + IN_ALL + PostgresLogins.WITHIN, PostgresLogins.NAMES, of.after(), of.upTo()))
                : Set.of();
    }

    /** False where we are not let see. */
    static boolean is(Session target, String principal) throws SQLException {
        return canBeSeen(target)
                && !target.values(TOUCHED + THIS_ONE, principal).isEmpty();
    }

    static boolean canBeSeen(Session target) throws SQLException {
        return !target.values("select 1 where pg_catalog.has_column_privilege('pg_catalog.pg_authid', 'xmin', 'SELECT')"
                        + " and pg_catalog.has_column_privilege('pg_catalog.pg_authid', 'oid', 'SELECT')")
                .isEmpty();
    }
}
