package dev.drawbridge.grant.postgres;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.Installation;
import dev.drawbridge.platform.TargetAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * A PostgreSQL of somebody else, who has set it up as they like: with prepared transactions, several databases, and
 * everything else that could get in the way. Who connects needs no password here: whether a login is shut still counts.
 */
final class OwnServer implements AutoCloseable {
    static final String ACCOUNT = "handing_out";
    static final UUID INSTALLATION = UUID.randomUUID();

    private final EmbeddedPostgres server;

    private OwnServer(EmbeddedPostgres server) {
        this.server = server;
    }

    static OwnServer start() throws IOException, SQLException {
        OwnServer started = new OwnServer(EmbeddedPostgres.builder()
                .setServerConfig("max_prepared_transactions", "10")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "localhost")
                .start());
        started.superuser(
                "postgres",
                "create role " + ACCOUNT + " login createrole",
                "grant pg_signal_backend to " + ACCOUNT,
                "create role makers",
                "create role readers",
                "grant makers, readers to " + ACCOUNT + " with admin option, inherit false, set false",
                "create database shop",
                "create database attic");
        started.superuser("shop", "grant create, usage on schema public to makers", "create table goods (name text)");
        started.superuser("shop", "grant select on goods to makers, readers");
        return started;
    }

    /** From now on, of everybody but the superuser. */
    void askForPasswords() throws IOException, SQLException {
        Files.writeString(
                Path.of(seen("show hba_file").get(0)),
                "host all postgres all trust\nhost all all all scram-sha-256\nlocal all all reject\n");
        superuser("postgres", "select pg_reload_conf()");
    }

    PostgresConnector connector() {
        return connector(new ServerClock());
    }

    PostgresConnector connector(TargetClock clock) {
        return connector(targets(), clock);
    }

    PostgresConnector connector(PostgresTargets targets) {
        return connector(targets, new ServerClock());
    }

    private static PostgresConnector connector(PostgresTargets targets, TargetClock clock) {
        Installation installation = mock(Installation.class);
        when(installation.id()).thenReturn(INSTALLATION);
        return new PostgresConnector(targets, new Skew(clock, Clock.systemUTC()), installation);
    }

    PostgresReadiness readiness() {
        return new PostgresReadiness(targets(), new Skew(new ServerClock(), Clock.systemUTC()));
    }

    private PostgresTargets targets() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("target", address(""));
        return new PostgresTargets(new TargetProperties(Map.of()), beans.getBeanProvider(TargetAddress.class));
    }

    TargetAddress address(String parameters) {
        return new TargetAddress("shop", url("shop") + parameters, ACCOUNT, "none");
    }

    static Access access(String role) {
        UUID id = UUID.randomUUID();
        return new Access(
                id,
                Access.principalFor(id),
                new Entitlement.Target("shop", role),
                Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS));
    }

    String url(String database) {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
    }

    Connection as(String role, String database) throws SQLException {
        return DriverManager.getConnection(url(database), role, "");
    }

    void superuser(String database, String... statements) throws SQLException {
        try (Connection superuser = as("postgres", database)) {
            for (String statement : statements) {
                execute(superuser, statement);
            }
        }
    }

    /** The first column of what the superuser finds. */
    List<String> seen(String sql) throws SQLException {
        try (Connection superuser = as("postgres", "shop")) {
            return column(superuser, sql);
        }
    }

    boolean has(Access access) throws SQLException {
        return !seen("select 1 from pg_roles where rolname = '" + access.principal() + "'")
                .isEmpty();
    }

    /** What a login could still be used by: sessions, logging in, memberships. */
    List<String> uses(Access access) throws SQLException {
        return seen("select 'session' from pg_stat_activity where usename = '" + access.principal()
                + "' union all select 'login' from pg_roles where rolcanlogin and rolname = '" + access.principal()
                + "' union all select 'member' from pg_auth_members m join pg_roles l on l.oid = m.member"
                + " where l.rolname = '" + access.principal() + "'");
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static List<String> column(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
