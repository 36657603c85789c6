package dev.drawbridge.grant.postgres;

import static dev.drawbridge.grant.postgres.Sql.quoted;

import java.sql.SQLException;
import java.util.List;

/** The statements by which a target's owner helps where our account cannot go on. */
final class Cure {
    private Cure() {}

    /** For something of a login that could not be cleared away. */
    static String of(Session target, String principal, String database, SQLException failed) throws SQLException {
        if (failed.getSQLState() != null && failed.getSQLState().startsWith("P0")) {
            return "grant set on parameter event_triggers to " + account(target) + ";";
        }
        if (Sql.isForbidden(failed)
                && !target.values("select pg_catalog.current_database()::text").contains(database)) {
            return "grant connect on database " + quoted(database) + " to " + account(target) + ";";
        }
        String login = quoted(principal);
        return "-- in the database " + database.replaceAll("\\R", " ") + ", as a superuser:\nreassign owned by " + login
                + " to " + quoted(owner(target, database)) + "; drop owned by " + login + "; drop role " + login + ";";
    }

    /** The account that we use there, as it is written in statements. */
    static String account(Session target) throws SQLException {
        return quoted(target.values("select session_user::text").get(0));
    }

    private static String owner(Session target, String database) throws SQLException {
        List<String> owner = target.values(
                "select r.rolname::text from pg_catalog.pg_database d join pg_catalog.pg_roles r on r.oid = d.datdba"
                        + " where d.datname = ?",
                database);
        return owner.isEmpty() ? "postgres" : owner.get(0);
    }
}
