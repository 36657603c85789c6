package dev.drawbridge.grant.postgres;

import static dev.drawbridge.grant.postgres.Sql.quoted;
import static dev.drawbridge.grant.postgres.Sql.text;

import java.sql.SQLException;

/**
 * What a login has done and prepared to be committed later. It is nobody's session, so nothing ends it, and it keeps every
 * lock that it took, its own role's among them.
 *
 * @param database where it was prepared, and where alone it can be rolled back
 */
record PreparedTransaction(String id, String database, String principal) {

    /** Only who prepared it may roll it back: so this is done as that login. */
    void rollBack(Session target) throws SQLException {
        borrow(target, principal);
        if (target.values("select pg_catalog.current_database()").contains(database)) {
            rollBackHere(target);
        } else {
            target.in(database, this::rollBackHere);
        }
    }

    /** Lets the account of ours act as a login that it has made. */
    static void borrow(Session target, String principal) throws SQLException {
        target.execute("grant " + quoted(principal) + " to current_user with inherit true, set true");
    }

    private void rollBackHere(Session target) throws SQLException {
        target.execute("set role " + quoted(principal));
        try {
            target.execute("rollback prepared " + text(id));
        } finally {
            target.execute("set role none");
        }
    }
}
