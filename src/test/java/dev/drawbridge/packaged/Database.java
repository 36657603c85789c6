package dev.drawbridge.packaged;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.drawbridge.platform.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;

/** A durable PostgreSQL with the demonstration target, for applications that bring none along; it can be restarted. */
final class Database implements AutoCloseable {
    /** The application's own database. */
    static final String APPLICATION = "application";
    /** The target's database. */
    static final String ORDERS = "orders";

    private static final String CONNECTOR = "drawbridge_connector";
    private static final String PASSWORD = "for-tests-alone";

    private final Path directory;
    private EmbeddedPostgresServer server;

    private Database(Path directory) {
        this.directory = directory;
    }

    static {
        // It repeats all that the server and its tools say, which is much.
        ((Logger) LoggerFactory.getLogger("io.zonky")).setLevel(Level.WARN);
    }

    static Database start() throws IOException, SQLException {
        Path parent = Files.createDirectories(Path.of("target", "packaged"));
        Database database = new Database(Files.createTempDirectory(parent, "postgres"));
        database.up(0);
        database.execute("postgres", "create role " + APPLICATION + " login password '" + PASSWORD + "'");
        database.execute("postgres", "create database " + APPLICATION + " owner " + APPLICATION);
        return database;
    }

    /** Ends every connection, and comes back on the same port with the same data. */
    void restart() throws IOException, SQLException {
        int port = server.port();
        server.close();
        up(port);
    }

    private void up(int port) throws SQLException {
        server = EmbeddedPostgresServer.start(directory, port);
        // The server makes a new one at each start, for an application that it belongs to.
        execute("postgres", "alter role " + CONNECTOR + " password '" + PASSWORD + "'");
    }

    int port() {
        return server.port();
    }

    /** What an application is told that reaches its own database and its target at these ports. */
    String[] options(int applicationPort, int targetPort) {
        return new String[] {
            "--spring.datasource.url=" + url(applicationPort, APPLICATION),
            "--spring.datasource.username=" + APPLICATION,
            "--spring.datasource.password=" + PASSWORD,
            "--drawbridge.targets.orders.url=" + url(targetPort, ORDERS),
            "--drawbridge.targets.orders.username=" + CONNECTOR,
            "--drawbridge.targets.orders.password=" + PASSWORD,
            "--camunda.bpm.admin-user.id=root",
            "--camunda.bpm.admin-user.password=root"
        };
    }

    /** Each statement goes over the wire as it is written: a prepared one would show its words the first time only. */
    private static String url(int port, String name) {
        return "jdbc:postgresql://localhost:" + port + "/" + name + "?prepareThreshold=0";
    }

    /** Makes {@code most} engineers, each with a password that is the id. */
    List<String> engineers(int most) throws SQLException {
        execute(
                APPLICATION,
                "insert into act_id_user (id_, rev_, first_, last_, pwd_, salt_) select 'engineer' || n, 1, 'Engineer', n,"
                        + " '{SHA-512}' || replace(encode(sha512(convert_to('engineer' || n || 'salt', 'UTF8')), 'base64'), chr(10), ''),"
                        + " 'salt' from generate_series(1, " + most + ") n");
        execute(
                APPLICATION,
                "insert into act_id_membership (user_id_, group_id_)"
                        + " select 'engineer' || n, 'engineers' from generate_series(1, " + most + ") n");
        return IntStream.rangeClosed(1, most).mapToObj(n -> "engineer" + n).toList();
    }

    /** Puts somebody into a group. */
    void join(String person, String group) throws SQLException {
        execute(
                APPLICATION,
                "insert into act_id_membership (user_id_, group_id_) values ('" + person + "', '" + group + "')");
    }

    /** The first column of what a query by the superuser finds. */
    List<String> texts(String name, String query, Object... parameters) throws SQLException {
        try (Connection superuser = server.superuser(name);
                PreparedStatement statement = superuser.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        }
    }

    /** The one number that a query by the superuser finds. */
    long number(String name, String query, Object... parameters) throws SQLException {
        return Long.parseLong(texts(name, query, parameters).get(0));
    }

    /** Looks again and again, for two minutes at most, until a query says this number. */
    void await(String what, long expected, String name, String query, Object... parameters)
            throws SQLException, InterruptedException {
        long seen = number(name, query, parameters);
        for (int tries = 0; tries < 1200 && seen != expected; tries++) {
            if (new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("not reached");
            }
            seen = number(name, query, parameters);
        }
        if (seen != expected) {
            throw new AssertionError(what + ": expected " + expected + " but saw " + seen);
        }
    }

    /** What psql connects to as the superuser. */
    String superuserUrl(String name) throws IOException {
        return "postgresql://postgres:" + server.superuserPassword() + "@localhost:" + server.port() + "/" + name;
    }

    void execute(String name, String sql) throws SQLException {
        try (Connection superuser = server.superuser(name);
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
