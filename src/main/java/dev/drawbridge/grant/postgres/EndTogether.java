package dev.drawbridge.grant.postgres;

import static dev.drawbridge.grant.postgres.Sql.quoted;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Ends many logins by few statements. Those that somebody uses or that something stands in the way of are shut first, in the
 * order in which one is ended; then the roles go of all that are bare. It waits for none: what resists is split off, as shut as
 * it could be made, and left to whoever ends it alone.
 */
final class EndTogether {
    private static final int MOST_ROUNDS = 4;
    private static final int ROUND_MILLIS = 200;
    /** Who holds on to one login keeps the others no longer than this. */
    private static final String NO_LONG_WAIT = "set local lock_timeout = '50ms'";

    /** Longer than a server takes from asking whether somebody may log in to showing the session. */
    private static final String LET_IN_SECONDS = "0.05";

    private final Session target;
    /** The roles that were told to go, by their number. */
    private final Map<String, String> dropped = new HashMap<>();

    EndTogether(Session target) {
        this.target = target;
    }

    /** Those of which the target says, at the end, that they are not there. */
    Set<String> run(Collection<String> principals) throws SQLException {
        try {
            end(principals);
        } catch (SQLTimeoutException late) {
            // What is done is done; the rest is for the next call.
            return gone(principals);
        }
        return gone(principals);
    }

    private void end(Collection<String> principals) throws SQLException {
        List<LoginState> there = LoginState.of(target, principals);
        for (int round = 1; round <= MOST_ROUNDS && !there.stream().allMatch(EndTogether::canGo); round++) {
            stopUse(there.stream()
                    .filter(login -> !canGo(login) && !login.isOver())
                    .toList());
            there = LoginState.of(target, principals);
        }
        together(there.stream().filter(EndTogether::canGo).toList(), this::drop);
        // What could not go is shut at least, before somebody looks at it alone.
        stopUse(LoginState.of(target, principals).stream()
                .filter(login -> !login.isOver())
                .toList());
    }

    /**
     * Nobody uses it, and nothing stands in the way: its role goes, and with it all that somebody could begin to use, in one
     * transaction. To shut it first would say the same twice, which a server takes long to check where many are open.
     */
    private static boolean canGo(LoginState login) {
        return login.sessions().isEmpty() && login.isBare();
    }

    private Set<String> gone(Collection<String> principals) throws SQLException {
        Set<String> gone = new LinkedHashSet<>(principals);
        LoginState.of(target.forALastLook(), principals).forEach(left -> gone.remove(left.principal()));
        gone.removeAll(cameInMeanwhile());
        return gone;
    }

    private void stopUse(List<LoginState> inUse) throws SQLException {
        List<String> sessions =
                inUse.stream().flatMap(login -> login.sessions().stream()).toList();
        terminate(sessions, "");
        together(inUse.stream().filter(LoginState::open).toList(), this::shut);
        together(inUse.stream().filter(login -> !login.groups().isEmpty()).toList(), this::takeOutOfGroups);
        if (!sessions.isEmpty()) {
            // All have been told; this is for them to look for it.
            terminate(sessions.subList(0, 1), ", " + ROUND_MILLIS);
        }
    }

    /** By number, and never as a condition of a query: that could be asked of every session first, ours too. */
    private void terminate(List<String> sessions, String patience) throws SQLException {
        if (sessions.isEmpty()) {
            return;
        }
        boolean told = attempt(() -> target.values("select pg_catalog.pg_terminate_backend(told.pid" + patience
                + ") from pg_catalog.unnest('{" + String.join(",", sessions) + "}'::pg_catalog.int4[]) told (pid)"));
        if (!told && sessions.size() > 1) {
            // One that may not be told keeps none of the others from being told.
            for (String session : sessions) {
                terminate(List.of(session), patience);
            }
        }
    }

    private void shut(Session session, List<LoginState> logins) throws SQLException {
        List<String> statements = new ArrayList<>();
        for (LoginState login : logins) {
            statements.add("alter role " + quoted(login.principal())
                    + " nologin connection limit 0 password null valid until '-infinity'");
        }
        session.execute(String.join("; ", statements));
    }

    private void takeOutOfGroups(Session session, List<LoginState> logins) throws SQLException {
        Map<String, List<String>> members = new LinkedHashMap<>();
        for (LoginState login : logins) {
            for (String group : login.groups()) {
                members.computeIfAbsent(quoted(group), any -> new ArrayList<>()).add(quoted(login.principal()));
            }
        }
        session.execute(members.entrySet().stream()
                .map(group -> "revoke " + group.getKey() + " from " + String.join(", ", group.getValue()))
                .collect(Collectors.joining("; ")));
    }

    private void drop(Session session, List<LoginState> logins) throws SQLException {
        List<String> names = new ArrayList<>();
        for (LoginState login : logins) {
            names.add(quoted(login.principal()));
            dropped.put(login.oid(), login.principal());
        }
        session.execute("drop role " + String.join(", ", names));
        CameIn.require(session, logins.stream().map(LoginState::oid).toList());
    }

    /**
     * Whoever was being let in at the very moment in which the role went has a session of a role that is no more, out of all its
     * groups; it shows a moment later, and is ended. Those that still have one are not gone.
     */
    private Set<String> cameInMeanwhile() throws SQLException {
        if (dropped.isEmpty()) {
            return Set.of();
        }
        Session last = target.forALastLook();
        last.values("select pg_catalog.pg_sleep(" + LET_IN_SECONDS + ")::text");
        Map<String, String> sessions = CameIn.sessions(last, dropped.keySet());
        for (int round = 1; round <= MOST_ROUNDS && !sessions.isEmpty(); round++) {
            terminate(List.copyOf(sessions.keySet()), ", " + ROUND_MILLIS);
            sessions = CameIn.sessions(last, dropped.keySet());
        }
        return sessions.values().stream()
                .map(oid -> Objects.requireNonNull(dropped.get(oid)))
                .collect(Collectors.toSet());
    }

    private interface Step {
        void take(Session session, List<LoginState> logins) throws SQLException;
    }

    /** All in one transaction; where that fails, each half by itself, down to the one that it fails for. */
    private void together(List<LoginState> logins, Step step) throws SQLException {
        if (logins.isEmpty()) {
            return;
        }
        boolean done = attempt(() -> target.inOneTransaction(session -> {
            session.execute(NO_LONG_WAIT);
            step.take(session, logins);
        }));
        if (!done && logins.size() > 1) {
            int middle = logins.size() / 2;
            together(logins.subList(0, middle), step);
            together(logins.subList(middle, logins.size()), step);
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    /** Whether it was done; a target that is gone, or a call that takes too long, is the end of it. */
    private static boolean attempt(Work work) throws SQLException {
        try {
            work.run();
            return true;
        } catch (SQLTimeoutException late) {
            throw late;
        } catch (SQLException failed) {
            if (Sql.isGone(failed)) {
                throw failed;
            }
            return false;
        }
    }
}
