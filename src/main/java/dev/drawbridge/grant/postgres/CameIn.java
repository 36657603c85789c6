package dev.drawbridge.grant.postgres;

import java.sql.SQLException;
import java.util.List;

/** Somebody who was being let in when the login was shut has come in. */
final class CameIn extends SQLException {
    /** In the transaction in which the roles go: then nothing of it stands. */
    static void require(Session session, List<String> oids) throws SQLException {
        if (!session.values(
                        "select pid::text from pg_catalog.pg_stat_activity"
                                + " where usesysid = any(pg_catalog.string_to_array(?, ',')::pg_catalog.oid[])",
                        String.join(",", oids))
                .isEmpty()) {
            throw new CameIn();
        }
    }
}
