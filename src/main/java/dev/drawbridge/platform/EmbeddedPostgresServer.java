package dev.drawbridge.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A PostgreSQL of our own, durable, on loopback, with passwords only. It lives in the data directory and is taken over
 * where an earlier application died and left it running.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Of the binaries that come along: each reads what its own kind has written, and nothing else. */
    static final String MAJOR_VERSION = "17";
    /** A port that was free may be another's before the server has it. */
    private static final int OTHER_PORTS = 2;

    private final EmbeddedPostgres server;
    private final DataDirectory directory;
    // Made at each start, and kept only here.
    private final String applicationPassword = DataDirectory.secret();
    private final String connectorPassword = DataDirectory.secret();

    private EmbeddedPostgresServer(EmbeddedPostgres server, DataDirectory directory) {
        this.server = server;
        this.directory = directory;
    }

    /**
     * Starts the server on a data directory, made where it is missing.
     *
     * @param port the port on loopback; 0 takes a free one
     * @throws IllegalStateException of the kind {@link CannotStart}, where the directory is in use or the port is taken
     */
    public static EmbeddedPostgresServer start(Path dataDirectory, int port) {
        try {
            DataDirectory directory = DataDirectory.take(dataDirectory);
            try {
                requireOurKind(directory);
                EmbeddedPostgresServer started = new EmbeddedPostgresServer(start(directory, port), directory);
                started.prepare();
                return started;
            } catch (IOException | RuntimeException | SQLException failed) {
                directory.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "The embedded PostgreSQL in " + dataDirectory + " could not be started: " + failed.getMessage(),
                    failed);
        } catch (SQLException failed) {
            throw new IllegalStateException(
                    "The embedded PostgreSQL could not be prepared: " + failed.getMessage(), failed);
        }
    }

    private static void requireOurKind(DataDirectory directory) throws IOException {
        Path file = directory.postgres().resolve("PG_VERSION");
        String written = Files.exists(file) ? Files.readString(file).strip() : MAJOR_VERSION;
        if (!written.equals(MAJOR_VERSION)) {
            throw new CannotStart(
                    "The data in " + directory.postgres().toAbsolutePath() + " was written by PostgreSQL " + written
                            + ", and this release of Drawbridge brings PostgreSQL " + MAJOR_VERSION
                            + " along, which cannot read it. Nothing was changed.",
                    "Start the release that you had before, write its database out with pg_dump, and restore that with this"
                            + " release into a new data directory: see src/docs/operations/upgrading.md.");
        }
    }

    private static EmbeddedPostgres start(DataDirectory directory, int port) throws IOException {
        for (int others = port == 0 ? OTHER_PORTS : 0; ; others--) {
            LeftRunning.stop(directory.postgres());
            requireFree(port);
            try {
                return builder(directory).setPort(port == 0 ? freePort() : port).start();
            } catch (IOException failed) {
                if (others == 0) {
                    throw failed;
                }
            }
        }
    }

    public int port() {
        return server.getPort();
    }

    /** The JDBC URL of one of its databases. */
    public String url(String database) {
        return "jdbc:postgresql://localhost:" + port() + "/" + database;
    }

    /** The generated password of the superuser {@code postgres}. */
    public String superuserPassword() {
        return directory.password();
    }

    /** The application's own database and account, {@code drawbridge}: not a superuser. */
    public TargetAddress application() {
        return new TargetAddress("drawbridge", url("drawbridge"), "drawbridge", applicationPassword);
    }

    /** The demonstration target, and the account that hands out access there: not a superuser. */
    public TargetAddress orders() {
        return new TargetAddress("orders", url("orders"), "drawbridge_connector", connectorPassword);
    }

    @Override
    public void close() throws IOException {
        try {
            server.close();
        } finally {
            directory.close();
        }
    }

    private void prepare() throws SQLException, IOException {
        try (Connection postgres = superuser("postgres")) {
            login(postgres, "drawbridge", "nocreaterole", applicationPassword);
            login(postgres, "drawbridge_connector", "createrole", connectorPassword);
            execute(postgres, "grant pg_signal_backend, pg_use_reserved_connections to drawbridge_connector");
            database(postgres, "drawbridge", "drawbridge");
            database(postgres, "orders", "postgres");
            // A login for one database opens that database only.
            for (String database : List.of("postgres", "template1", "drawbridge", "orders")) {
                execute(postgres, "revoke all on database " + database + " from public");
            }
        }
        try (Connection orders = superuser("orders")) {
            orders.setAutoCommit(false);
            if (!exists(orders, "select 1 from pg_class where relname = 'customers'")) {
                execute(orders, script("/demo/orders.sql"));
            }
            execute(orders, script("/demo/target.sql"));
            orders.commit();
        }
    }

    private static String script(String name) throws IOException {
        try (InputStream script = EmbeddedPostgresServer.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(script, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A connection as superuser, for setting up and for tests. */
    public Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "postgres", directory.password());
    }

    private static void login(Connection connection, String role, String right, String password) throws SQLException {
        if (!exists(connection, "select 1 from pg_roles where rolname = '" + role + "'")) {
            execute(connection, "create role " + role);
        }
        execute(connection, "alter role " + role + " login nosuperuser " + right + " password '" + password + "'");
    }

    private static void database(Connection connection, String name, String owner) throws SQLException {
        if (!exists(connection, "select 1 from pg_database where datname = '" + name + "'")) {
            execute(connection, "create database " + name + " owner " + owner);
        }
    }

    private static boolean exists(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static EmbeddedPostgres.Builder builder(DataDirectory directory) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory.postgres().toAbsolutePath())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(PATIENCE)
                .setConnectConfig("password", directory.password())
                // The library means these for the locale, and hands them to initdb as they are: passwords from the
                // start.
                .setLocaleConfig(
                        "pwfile", directory.passwordFile().toAbsolutePath().toString())
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("auth-local", "scram-sha-256")
                // The library turns both off; here data must survive.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("password_encryption", "scram-sha-256")
                // Access can still be ended when all other connections are in use.
                .setServerConfig("reserved_connections", "5")
                .setServerConfig("max_connections", "200")
                .setServerConfig("log_statement", "none");
        if (DataDirectory.isPosix()) {
            builder.setServerConfig("unix_socket_directories", "");
        }
        return builder;
    }

    private static void requireFree(int port) {
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            probe.setReuseAddress(true);
        } catch (IOException taken) {
            throw new CannotStart(
                    "Port " + port + " for the embedded PostgreSQL is taken by another program.",
                    "Set drawbridge.embedded-postgres.port to a free one, or to 0.");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
