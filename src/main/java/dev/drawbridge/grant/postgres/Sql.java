package dev.drawbridge.grant.postgres;

import java.sql.SQLException;
import java.util.Set;
import org.postgresql.core.Utils;

/** What is said to a target, and what it answers. Names and texts that cannot be parameters are quoted here. */
final class Sql {
    /** Lock not available, a statement that took too long, a row that another has just changed, two that wait for each other. */
    private static final Set<String> HELD = Set.of("55P03", "57014", "XX000", "40001", "40P01");

    private Sql() {}

    static String quoted(String identifier) throws SQLException {
        return Utils.escapeIdentifier(null, identifier).toString();
    }

    static String text(String value) throws SQLException {
        return "'" + Utils.escapeLiteral(null, value, true) + "'";
    }

    /** Somebody held on to something: it may succeed the next time. */
    static boolean isHeld(SQLException failed) {
        return HELD.contains(state(failed));
    }

    /** The connection broke, or the server shuts down or starts. */
    static boolean isGone(SQLException failed) {
        return state(failed).startsWith("08") || state(failed).startsWith("57P");
    }

    /** The server does not let this account in, with this password. */
    static boolean isNotLetIn(SQLException failed) {
        return state(failed).startsWith("28");
    }

    /** The account may not do that. */
    static boolean isForbidden(SQLException failed) {
        return state(failed).equals("42501");
    }

    /** What the server says, on one line. */
    static String said(SQLException failed) {
        return String.valueOf(failed.getMessage()).replaceAll("\\s*\\R\\s*", "; ");
    }

    private static String state(SQLException failed) {
        return String.valueOf(failed.getSQLState());
    }
}
