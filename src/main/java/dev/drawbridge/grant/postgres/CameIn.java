package dev.drawbridge.grant.postgres;

import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Somebody who was being let in when the login was shut has come in. */
final class CameIn extends SQLException {
    /** In the transaction in which the roles go: then nothing of it stands. */
    static void require(Session session, List<String> oids) throws SQLException {
        if (!sessions(session, oids).isEmpty()) {
            throw new CameIn();
        }
    }

    /** The processes of these roles' sessions, each with its role's number, whether the role is there or not. */
    static Map<String, String> sessions(Session session, Collection<String> oids) throws SQLException {
        Map<String, String> sessions = new LinkedHashMap<>();
        session.rows(
                        "select pid::text, usesysid::text from pg_catalog.pg_stat_activity"
                                + " where usesysid = any(pg_catalog.string_to_array(?, ',')::pg_catalog.oid[])",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        String.join(",", oids))
                .forEach(found -> sessions.put(found.getKey(), found.getValue()));
        return sessions;
    }
}
