package dev.drawbridge.grant.postgres;

import static dev.drawbridge.grant.postgres.Sql.execute;
import static dev.drawbridge.grant.postgres.Sql.quoted;
import static dev.drawbridge.grant.postgres.Sql.text;
import static dev.drawbridge.grant.postgres.Sql.values;

import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Credential;
import dev.drawbridge.grant.Installation;
import dev.drawbridge.grant.Login;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postgresql.PGConnection;
import org.springframework.stereotype.Component;

/**
 * A login role of its own for each grant: member of the entitlement's group role and nothing else, valid until the
 * grant's end. Needs no superuser.
 */
@Component
class PostgresConnector implements Connector {
    private static final String OID = "select oid::text from pg_roles where rolname = ?";
    private static final int MOST_CONNECTIONS = 5;
    private static final int TERMINATION_ROUNDS = 5;
    private static final int LOCK_OUT_ROUNDS = 5;
    /** Lock not available, a statement that took too long, a row that another has just changed. */
    private static final Set<String> HELD = Set.of("55P03", "57014", "XX000", "40001");

    private static final int ROUND_MILLIS = 500;

    private final PostgresTargets targets;
    private final Installation installation;
    private final SecureRandom random = new SecureRandom();

    PostgresConnector(PostgresTargets targets, Installation installation) {
        this.targets = targets;
        this.installation = installation;
    }

    @Override
    public void provision(Access access) {
        on(access, target -> {
            target.setAutoCommit(false);
            String login = quoted(access.principal());
            if (values(target, OID, access.principal()).isEmpty()) {
                execute(target, "create role " + login);
            }
            execute(
                    target,
                    "alter role " + login + " login inherit connection limit " + MOST_CONNECTIONS + " valid until "
                            + text(access.expiresAt().toString()));
            takeAttributesBack(target, access.principal());
            revokeMemberships(target, access.principal(), access.target().role());
            // No SET: whatever is made in a session belongs to this login, and goes with it.
            execute(
                    target,
                    "grant " + quoted(access.target().role()) + " to " + login
                            + " with admin false, inherit true, set false");
            requireNothingElse(target, access);
            copySettings(target, access);
            execute(
                    target,
                    "comment on role " + login + " is "
                            + text("Access request " + access.requestId() + PostgresLogins.mark(installation.id())));
            target.commit();
            return true;
        });
    }

    @Override
    public void extend(Access access) {
        on(access, target -> {
            if (values(target, OID + " and rolcanlogin", access.principal()).isEmpty()) {
                throw new ConnectorException("The login " + access.principal() + " is not there, so its end stays.");
            }
            execute(
                    target,
                    "alter role " + quoted(access.principal()) + " valid until "
                            + text(access.expiresAt().toString()));
            return true;
        });
    }

    @Override
    public Credential reveal(Access access) {
        return on(access, target -> {
            byte[] bytes = new byte[20];
            random.nextBytes(bytes);
            String password = HexFormat.of().formatHex(bytes);
            // The driver hashes it here, so that the server never sees it in a statement, and no log can hold it.
            target.unwrap(PGConnection.class)
                    .alterUserPassword(access.principal(), password.toCharArray(), "scram-sha-256");
            String url = "postgresql://" + access.principal() + ":" + password + "@"
                    + targets.address(access.target().system()).address();
            return new Credential(access.principal(), password, url, "psql '" + url + "'");
        });
    }

    @Override
    public void revoke(Access access) {
        on(access, target -> {
            List<String> oid = values(target, OID, access.principal());
            if (oid.isEmpty()) {
                return true;
            }
            String login = quoted(access.principal());
            // First of all, and what nobody there can hold up: from here on its sessions read nothing.
            revokeMemberships(target, access.principal(), "");
            lockOut(target, login, oid.get(0));
            revokeMemberships(target, access.principal(), "");
            endSessions(target, oid.get(0));
            target.setAutoCommit(false);
            // Large objects, temporary tables and default privileges would keep the role from being dropped.
            execute(target, "grant " + login + " to current_user with inherit true, set true");
            execute(target, "drop owned by " + login);
            execute(target, "drop role " + login);
            target.commit();
            target.setAutoCommit(true);
            // Whoever was being let in at the very moment of the first line shows up by now.
            endSessions(target, oid.get(0));
            if (!values(target, OID, access.principal()).isEmpty()) {
                throw new ConnectorException("The login " + access.principal() + " is still there.");
            }
            return true;
        });
    }

    @Override
    public Set<String> systems() {
        return targets.names();
    }

    @Override
    public List<Login> inventory(String system) {
        return targets.on(system, target -> PostgresLogins.ofInstallation(target, installation.id()));
    }

    @Override
    public Optional<Login> find(Access access) {
        return on(access, target -> PostgresLogins.named(target, access.principal()));
    }

    /**
     * Nobody comes in any more. The sessions are ended first, since one of them may hold on to its own role in a transaction
     * that it leaves open, and again behind it, for whoever came in between.
     */
    private static void lockOut(Connection target, String login, String oid) throws SQLException {
        for (int round = 1; ; round++) {
            signalSessions(target, oid);
            try {
                execute(target, "alter role " + login + " nologin valid until '-infinity'");
                return;
            } catch (SQLException held) {
                if (round == LOCK_OUT_ROUNDS || !HELD.contains(String.valueOf(held.getSQLState()))) {
                    throw held;
                }
            }
        }
    }

    /** Tells all sessions at once to end, and waits a moment; whether none is left. */
    private static boolean signalSessions(Connection target, String oid) throws SQLException {
        List<String> pids = values(target, "select pid::text from pg_stat_activity where usesysid = ?::oid", oid);
        if (pids.isEmpty()) {
            return true;
        }
        // By number, and never as a condition of the query above: that could be asked of every session first, ours too.
        for (String pid : pids) {
            execute(target, "select pg_terminate_backend(" + Integer.parseInt(pid) + ")");
        }
        execute(target, "select pg_terminate_backend(" + Integer.parseInt(pids.get(0)) + ", " + ROUND_MILLIS + ")");
        return values(target, "select pid::text from pg_stat_activity where usesysid = ?::oid", oid)
                .isEmpty();
    }

    private static void endSessions(Connection target, String oid) throws SQLException {
        for (int round = 0; round < TERMINATION_ROUNDS; round++) {
            if (signalSessions(target, oid)) {
                return;
            }
        }
        throw new ConnectorException("Sessions of this access are still open on the target.");
    }

    /** Only where there is something to take back: it needs a right that the account may well not have. */
    private static void takeAttributesBack(Connection target, String principal) throws SQLException {
        String given = values(
                        target,
                        "select concat_ws(' ', case when rolsuper then 'nosuperuser' end,"
                                + " case when rolcreaterole then 'nocreaterole' end,"
                                + " case when rolcreatedb then 'nocreatedb' end,"
                                + " case when rolreplication then 'noreplication' end,"
                                + " case when rolbypassrls then 'nobypassrls' end) from pg_roles where rolname = ?",
                        principal)
                .get(0);
        if (!given.isEmpty()) {
            execute(target, "alter role " + quoted(principal) + " " + given);
        }
    }

    private static List<String> memberships(Connection target, String principal) throws SQLException {
        return values(
                target,
                "select g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid"
                        + " join pg_roles l on l.oid = m.member where l.rolname = ?",
                principal);
    }

    private static void revokeMemberships(Connection target, String principal, String but) throws SQLException {
        for (String role : memberships(target, principal)) {
            if (!role.equals(but)) {
                execute(target, "revoke " + quoted(role) + " from " + quoted(principal));
            }
        }
    }

    /** What a stronger account has added cannot be taken back by this one: then the access is not confirmed. */
    private static void requireNothingElse(Connection target, Access access) throws SQLException {
        List<String> others = memberships(target, access.principal()).stream()
                .filter(role -> !role.equals(access.target().role()))
                .toList();
        if (!others.isEmpty()) {
            throw new ConnectorException("The login " + access.principal() + " has been given more by somebody else: "
                    + String.join(", ", others) + ".");
        }
    }

    /** PostgreSQL applies settings of the role that logs in alone, not of its groups; the search path is one. */
    private static void copySettings(Connection target, Access access) throws SQLException {
        List<String> settings = values(
                target,
                "select unnest(setconfig) from pg_db_role_setting s join pg_roles r on r.oid = s.setrole"
                        + " join pg_database d on d.oid = s.setdatabase"
                        + " where d.datname = current_database() and r.rolname = ?",
                access.target().role());
        String database = quoted(
                values(target, "select current_database() where ? <> ''", "-").get(0));
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            execute(
                    target,
                    "alter role " + quoted(access.principal()) + " in database " + database + " set "
                            + quoted(setting.substring(0, equals)) + " = "
                            + text(setting.substring(equals + 1)));
        }
    }

    private <T> T on(Access access, PostgresTargets.Work<T> work) {
        return targets.on(access.target().system(), work);
    }
}
