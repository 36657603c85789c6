package dev.drawbridge.audit.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.drawbridge.platform.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A record by itself, in a database of its own, with the rights of a superuser over it. */
final class OwnLog {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2035-06-05T10:00:00Z"), ZoneOffset.UTC);
    private static final List<String> SCRIPTS = List.of("V40__sealed_log.sql");

    final String name = "log_" + UUID.randomUUID().toString().replace("-", "");
    final LogFolder folder;
    final DataSource database;
    final JdbcClient jdbc;
    private final EmbeddedPostgresServer server;

    OwnLog(EmbeddedPostgresServer server, Path files) throws Exception {
        this.server = server;
        this.folder = new LogFolder(files.resolve(name));
        try (Connection postgres = server.superuser("postgres")) {
            execute(postgres, "create database " + name);
        }
        this.database = new DriverManagerDataSource(server.url(name), "postgres", server.superuserPassword());
        this.jdbc = JdbcClient.create(database);
        String facts = script("V1__facts.sql");
        run(between(facts, "create table audit_entry", "create function"));
        run(between(facts, "create function", "do $$"));
        for (String script : SCRIPTS) {
            run(script(script));
        }
    }

    static {
        // They repeat all that goes wrong, which is meant to here.
        for (String noisy : List.of("io.zonky", "org.springframework.transaction", "org.springframework.jdbc")) {
            ((Logger) LoggerFactory.getLogger(noisy)).setLevel(Level.OFF);
        }
    }

    static EmbeddedPostgresServer server() throws IOException {
        Path all = Files.createDirectories(Path.of("target", "test-data"));
        return EmbeddedPostgresServer.start(Files.createTempDirectory(all, "log"), 0);
    }

    private static String script(String file) throws IOException {
        return Files.readString(Path.of("src/main/resources/db/migration", file));
    }

    private static String between(String text, String from, String to) {
        int begin = text.indexOf(from);
        return text.substring(begin, text.indexOf(to, begin + 1));
    }

    /** Whatever it takes: triggers do not run for it. */
    void tamper(String sql) {
        try (Connection superuser = server.superuser(name)) {
            execute(superuser, "set session_replication_role = replica; " + sql);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    void run(String sql) throws SQLException {
        try (Connection superuser = server.superuser(name)) {
            execute(superuser, sql);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Connection connection() throws SQLException {
        return database.getConnection();
    }

    static final String ADD =
            "insert into audit_entry (at, actor, kind, sentence) select timestamptz '2035-06-05T10:00Z',"
                    + " 'engineer', 'request-submitted', 'Entry ' || n from generate_series(1, %d) n";

    void add(int entries) throws SQLException {
        run(ADD.formatted(entries));
    }

    SignerKey newKey() {
        return SignerKey.make("drawbridge.test/audit-log", VerifierKey.LOG);
    }

    Sealer sealer(int most) {
        return sealer(database, most);
    }

    Sealer sealer(DataSource of, int most) {
        return new Sealer(of, folder, this::newKey, CLOCK, most);
    }

    long seal() {
        return sealer(1_000).seal();
    }

    LogStore store() {
        return new LogStore(jdbc);
    }

    Recount recount(int slice) {
        List<VerifierKey> keys = Stream.concat(
                        folder.keys(this::newKey).stream().map(SignerKey::verifier),
                        store().verifiers().stream().map(VerifierKey::parse))
                .distinct()
                .toList();
        Optional<Checkpoint> remembered = folder.lastCheckpoint().map(note -> Checkpoint.parse(note.text()));
        return new Recount(store(), keys, remembered).toTheEnd(slice);
    }

    List<Problem> problems() {
        return recount(7).problems();
    }

    long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
