package dev.drawbridge.grant.postgres;

import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Credential;
import dev.drawbridge.platform.TargetAddress;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.core.Utils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * A login role of its own for each grant: member of the entitlement's group role and nothing else, valid until the
 * grant's end. Needs no superuser.
 */
@Component
class PostgresConnector implements Connector {
    private static final int MOST_CONNECTIONS = 5;
    private static final int TERMINATION_ROUNDS = 20;
    private static final int ROUND_MILLIS = 500;

    private final Map<String, TargetAddress> targets = new HashMap<>();
    private final SecureRandom random = new SecureRandom();

    PostgresConnector(TargetProperties configured, ObjectProvider<TargetAddress> brought) {
        brought.forEach(target -> targets.put(target.name(), target));
        configured.targets().forEach((name, target) -> targets.put(name, target.named(name)));
    }

    private interface Work<T> {
        T with(Connection target) throws SQLException;
    }

    @Override
    public void provision(Access access) {
        on(access, target -> {
            target.setAutoCommit(false);
            String login = quoted(access.principal());
            if (values(target, "select oid::text from pg_roles where rolname = ?", access.principal())
                    .isEmpty()) {
                execute(target, "create role " + login);
            }
            execute(
                    target,
                    "alter role " + login + " login inherit connection limit " + MOST_CONNECTIONS + " valid until '"
                            + access.expiresAt() + "'");
            revokeMemberships(target, access.principal(), access.target().role());
            // No SET: whatever is made in a session belongs to this login, and goes with it.
            execute(
                    target,
                    "grant " + quoted(access.target().role()) + " to " + login + " with inherit true, set false");
            requireNothingElse(target, access);
            copySettings(target, access);
            execute(target, "comment on role " + login + " is 'Access request " + access.requestId() + "'");
            target.commit();
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
                    + address(access).address();
            return new Credential(access.principal(), password, url, "psql '" + url + "'");
        });
    }

    @Override
    public void revoke(Access access) {
        on(access, target -> {
            List<String> oid = values(target, "select oid::text from pg_roles where rolname = ?", access.principal());
            if (oid.isEmpty()) {
                return true;
            }
            String login = quoted(access.principal());
            execute(target, "alter role " + login + " nologin valid until '-infinity'");
            revokeMemberships(target, access.principal(), "");
            endSessions(target, oid.get(0));
            // Large objects, temporary tables and default privileges would keep the role from being dropped.
            execute(target, "grant " + login + " to current_user with inherit true, set true");
            execute(target, "drop owned by " + login);
            execute(target, "drop role " + login);
            // Whoever was being let in at the very moment of the first line shows up by now.
            endSessions(target, oid.get(0));
            if (!values(target, "select rolname from pg_roles where rolname = ?", access.principal())
                    .isEmpty()) {
                throw new ConnectorException("The login " + access.principal() + " is still there.");
            }
            return true;
        });
    }

    private static void endSessions(Connection target, String oid) throws SQLException {
        for (int round = 0; round < TERMINATION_ROUNDS; round++) {
            List<String> pids = values(target, "select pid::text from pg_stat_activity where usesysid = ?::oid", oid);
            if (pids.isEmpty()) {
                return;
            }
            for (String pid : pids) {
                execute(target, "select pg_terminate_backend(" + Integer.parseInt(pid) + ", " + ROUND_MILLIS + ")");
            }
        }
        throw new ConnectorException("Sessions of this access are still open on the target.");
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
                            + quoted(setting.substring(0, equals)) + " = '"
                            + setting.substring(equals + 1).replace("'", "''") + "'");
        }
    }

    private <T> T on(Access access, Work<T> work) {
        TargetAddress address = address(access);
        try (Connection target = connect(address)) {
            return work.with(target);
        } catch (SQLException failed) {
            throw new ConnectorException(
                    "The target '" + address.name() + "' did not do it: " + failed.getMessage(), failed);
        }
    }

    private TargetAddress address(Access access) {
        TargetAddress address = targets.get(access.target().system());
        if (address == null) {
            throw new ConnectorException("No target '" + access.target().system()
                    + "' is configured (drawbridge.targets." + access.target().system() + ").");
        }
        return address;
    }

    private static Connection connect(TargetAddress address) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", address.username());
        properties.setProperty("password", address.password());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("ApplicationName", "drawbridge");
        return DriverManager.getConnection(address.url(), properties);
    }

    private static List<String> values(Connection target, String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = target.prepareStatement(sql)) {
            statement.setString(1, parameter);
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        }
    }

    private static void execute(Connection target, String sql) throws SQLException {
        try (Statement statement = target.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String identifier) throws SQLException {
        return Utils.escapeIdentifier(null, identifier).toString();
    }
}
