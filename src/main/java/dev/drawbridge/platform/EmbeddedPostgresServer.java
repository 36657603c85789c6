package dev.drawbridge.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of our own, durable, on loopback, with passwords only. It lives in the data directory and is taken over
 * where an earlier application died and left it running.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EmbeddedPostgres server;
    private final FileChannel lockFile;
    private final String password;
    private final String applicationPassword = secret();
    private final String connectorPassword = secret();

    private EmbeddedPostgresServer(EmbeddedPostgres server, FileChannel lockFile, String password) {
        this.server = server;
        this.lockFile = lockFile;
        this.password = password;
    }

    /**
     * Starts the server on a data directory, made where it is missing.
     *
     * @param port the port on loopback; 0 takes a free one
     * @throws IllegalStateException of the kind {@link CannotStart}, where the directory is in use or the port is taken
     */
    public static EmbeddedPostgresServer start(Path dataDirectory, int port) {
        try {
            createPrivate(dataDirectory);
            FileChannel lock = lock(dataDirectory);
            try {
                Path postgres = dataDirectory.resolve("postgres");
                createPrivate(postgres);
                stopLeftRunning(postgres);
                requireFree(port);
                Path passwordFile = passwordFile(dataDirectory);
                String password = Files.readString(passwordFile).strip();
                EmbeddedPostgresServer started = new EmbeddedPostgresServer(
                        builder(postgres, passwordFile, password)
                                .setPort(port == 0 ? freePort() : port)
                                .start(),
                        lock,
                        password);
                started.prepare();
                return started;
            } catch (IOException | RuntimeException | SQLException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "The embedded PostgreSQL in " + dataDirectory + " could not be started", failed);
        } catch (SQLException failed) {
            throw new IllegalStateException(
                    "The embedded PostgreSQL could not be prepared: " + failed.getMessage(), failed);
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
        return password;
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
            lockFile.close();
        }
    }

    private void prepare() throws SQLException, IOException {
        try (Connection postgres = superuser("postgres")) {
            login(postgres, "drawbridge", "nocreaterole", applicationPassword);
            login(postgres, "drawbridge_connector", "createrole", connectorPassword);
            execute(postgres, "grant pg_signal_backend to drawbridge_connector");
            database(postgres, "drawbridge", "drawbridge");
            database(postgres, "orders", "postgres");
            // Whoever gets a login for one database gets it for that one alone.
            for (String database : List.of("postgres", "template1", "drawbridge", "orders")) {
                execute(postgres, "revoke all on database " + database + " from public");
            }
        }
        try (Connection orders = superuser("orders");
                var script = EmbeddedPostgresServer.class.getResourceAsStream("/demo/orders.sql")) {
            if (script != null && !exists(orders, "select 1 from pg_class where relname = 'customers'")) {
                orders.setAutoCommit(false);
                execute(orders, new String(script.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
                orders.commit();
            }
        }
    }

    /** A connection as superuser, for setting up and for tests. */
    public Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "postgres", password);
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

    private static EmbeddedPostgres.Builder builder(Path directory, Path passwordFile, String password) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(PATIENCE)
                .setConnectConfig("password", password)
                // The library means these for the locale, and hands them to initdb as they are: passwords from the
                // start.
                .setLocaleConfig("pwfile", passwordFile.toAbsolutePath().toString())
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("auth-local", "scram-sha-256")
                // The library turns both off; here data must survive.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setServerConfig("log_statement", "none");
        if (isPosix()) {
            builder.setServerConfig("unix_socket_directories", "");
        }
        return builder;
    }

    private static void stopLeftRunning(Path postgres) throws IOException {
        Path pidFile = postgres.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> left = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(pidFile).get(0).strip()))
                // After a reboot the number may belong to somebody else.
                .filter(process -> process.info()
                        .command()
                        .map(EmbeddedPostgresServer::isPostgres)
                        .orElse(false));
        if (left.isEmpty()) {
            return;
        }
        interrupt(left.get());
        if (!ended(left.get())) {
            left.get().destroyForcibly();
            if (!ended(left.get())) {
                throw new IllegalStateException("A PostgreSQL left running on " + postgres + " (process "
                        + left.get().pid() + ") does not stop.");
            }
        }
    }

    private static boolean isPostgres(String command) {
        return Path.of(command).getFileName().toString().startsWith("postgres");
    }

    /** PostgreSQL's fast shutdown: it ends sessions and writes everything down. Java itself can only ask for the slow one. */
    private static void interrupt(ProcessHandle process) throws IOException {
        if (!isPosix()) {
            process.destroy();
            return;
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static FileChannel lock(Path dataDirectory) throws IOException {
        FileChannel channel =
                FileChannel.open(dataDirectory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new CannotStart(
                    "Another Drawbridge uses the data directory " + dataDirectory.toAbsolutePath() + ".",
                    "Stop it, or set drawbridge.data-directory to another folder.");
        }
        return channel;
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

    private static Path passwordFile(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve("postgres-password");
        if (!Files.exists(file)) {
            if (isPosix()) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, secret() + "\n");
        }
        return file;
    }

    private static void createPrivate(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Files.createDirectories(directory);
        if (isPosix()) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static String secret() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
