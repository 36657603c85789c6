package dev.drawbridge.grant.postgres;

import static dev.drawbridge.grant.postgres.Sql.quoted;

import dev.drawbridge.grant.Ended;
import dev.drawbridge.grant.Ended.Remnant;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Clears away a login that nobody can use any more, with what it owns in whichever database. What cannot be cleared away
 * harms nobody: it is told, with its cure, and tried again.
 */
final class ClearAway {
    private static final int MOST_TRIES = 3;
    private static final String LEFT_IN = """
            select distinct coalesce(d.datname::text, '') from pg_catalog.pg_shdepend s
            left join pg_catalog.pg_database d on d.oid = s.dbid
            where s.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass and s.refobjid = ?::pg_catalog.oid
            """;

    private final Session target;
    private final String principal;
    private final LoginState state;
    private final Blockers blockers;
    private final List<Remnant> remnants = new ArrayList<>();
    private final List<Ended.Cut> cut = new ArrayList<>();

    ClearAway(Session target, String principal, LoginState state, UUID installation) {
        this.target = target;
        this.principal = principal;
        this.state = state;
        this.blockers = new Blockers(target, installation);
    }

    Ended run() throws SQLException {
        try {
            clear();
        } catch (CameIn meanwhile) {
            // Nothing is cleared away yet, and nothing is left behind: that is for who looks next.
            remnants.clear();
        } catch (SQLTimeoutException late) {
            // Nobody can use it, so its end is confirmed; the next try goes on from here.
            remnants.add(new Remnant(
                    "Something of the login " + principal + ", which nobody can use any more, is left: "
                            + late.getMessage() + ".",
                    null));
        }
        return new Ended(remnants, cut);
    }

    private void clear() throws SQLException {
        for (PreparedTransaction prepared : state.prepared()) {
            attempt(prepared.database(), () -> prepared.rollBack(target));
        }
        String here =
                target.values("select pg_catalog.current_database()::text").get(0);
        List<String> databases = target.values(LEFT_IN, state.oid());
        if (!databases.isEmpty()) {
            attempt(here, () -> PreparedTransaction.borrow(target, principal));
        }
        for (String database : databases) {
            if (!database.isEmpty() && !database.equals(here)) {
                attempt(database, () -> target.in(database, this::dropOwned));
            }
        }
        boolean somethingHere = databases.contains("") || databases.contains(here);
        if (remnants.isEmpty()) {
            attempt(here, () -> target.inOneTransaction(session -> drop(session, somethingHere)));
        } else if (somethingHere) {
            attempt(here, () -> dropOwned(target));
        }
    }

    private void drop(Session session, boolean owns) throws SQLException {
        if (owns) {
            dropOwned(session);
        }
        session.execute("drop role " + quoted(principal));
        CameIn.require(session, List.of(state.oid()));
    }

    /** Where the server lets it, a trigger of the database cannot forbid it. */
    private void dropOwned(Session session) throws SQLException {
        session.values("select pg_catalog.set_config('event_triggers', 'off', false)"
                + " where exists (select from pg_catalog.pg_settings where name = 'event_triggers')"
                + " and pg_catalog.has_parameter_privilege('event_triggers', 'SET')");
        session.execute("drop owned by " + quoted(principal));
    }

    private interface Step {
        void take() throws SQLException;
    }

    private void attempt(String database, Step step) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                step.take();
                return;
            } catch (SQLException failed) {
                // Another database may be out of reach while this one is not.
                if (Sql.isGone(failed) && !target.isAlive()) {
                    throw failed;
                }
                if (failed instanceof SQLTimeoutException || failed instanceof CameIn) {
                    throw failed;
                }
                if (!Sql.isHeld(failed) || tries == MOST_TRIES || !endBlockers()) {
                    remnants.add(new Remnant(
                            "Something of the login " + principal + ", which nobody can use any more, is left in the"
                                    + " database " + database + ": " + Sql.said(failed) + ".",
                            Cure.of(target, principal, database, failed)));
                    return;
                }
            }
        }
    }

    private boolean endBlockers() throws SQLException {
        try {
            List<Ended.Cut> ended = blockers.end(principal, state.oid());
            cut.addAll(ended);
            return !ended.isEmpty();
        } catch (SQLException failed) {
            // Then they go on holding it: that is what is told.
            return false;
        }
    }
}
