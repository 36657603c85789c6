package dev.drawbridge.grant.postgres;

import static dev.drawbridge.grant.postgres.Sql.quoted;

import dev.drawbridge.grant.ConnectorException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends the use of a login: its sessions, then the login, then its memberships. Each part is done by itself and tried
 * whatever became of the others, again and again, until the target says that none is left.
 */
final class StopUse {
    private static final int MOST_ROUNDS = 6;
    private static final int ROUND_MILLIS = 500;

    private final Session target;
    private final String principal;
    private @Nullable SQLException failure;

    StopUse(Session target, String principal) {
        this.target = target;
        this.principal = principal;
    }

    /** The login as it is once nobody can use it; none where there is none. */
    Optional<LoginState> untilNobodyCan() throws SQLException {
        for (int round = 1; ; round++) {
            Optional<LoginState> seen = LoginState.of(target, principal);
            if (seen.isEmpty() || seen.get().isOver()) {
                return seen;
            }
            // A membership that a stronger account gave goes with the login alone: that is the next step.
            if (round > MOST_ROUNDS || round > 2 && seen.get().isUnused()) {
                if (seen.get().isUnused()) {
                    return seen;
                }
                throw new ConnectorException(
                        seen.get().sentence() + (failure == null ? "" : " The last answer: " + Sql.said(failure)),
                        failure);
            }
            stop(seen.get());
        }
    }

    private void stop(LoginState seen) throws SQLException {
        for (String pid : seen.sessions()) {
            // By number, and never as a condition of a query: that could be asked of every session first, ours too.
            attempt(session -> session.values("select pg_catalog.pg_terminate_backend(" + Integer.parseInt(pid) + ")"));
        }
        if (seen.open()) {
            attempt(session -> session.execute("alter role " + quoted(principal)
                    + " nologin connection limit 0 password null valid until '-infinity'"));
        }
        for (String group : seen.groups()) {
            attempt(session -> session.execute("revoke " + quoted(group) + " from " + quoted(principal)));
        }
        // They may be what kept the login from being shut.
        for (PreparedTransaction prepared : seen.prepared()) {
            attempt(prepared::rollBack);
        }
        if (!seen.sessions().isEmpty()) {
            attempt(session -> session.values("select pg_catalog.pg_terminate_backend("
                    + Integer.parseInt(seen.sessions().get(0)) + ", " + ROUND_MILLIS + ")"));
        }
    }

    /** What fails here is tried again, and keeps nothing else from being tried; a target that is gone is gone for all. */
    private void attempt(Session.Work work) throws SQLException {
        try {
            work.with(target);
        } catch (SQLException failed) {
            if (Sql.isGone(failed)) {
                throw failed;
            }
            failure = failed;
        }
    }
}
