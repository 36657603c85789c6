package dev.drawbridge.packaged;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL as a company has it: empty, durable, and asking everybody for a password. */
final class OwnPostgres implements AutoCloseable {
    private static final String SUPERUSER = "postgres";
    private static final String PASSWORD = "only-for-this-test";

    private final Path folder;
    private EmbeddedPostgres server;

    private OwnPostgres(Path folder) throws IOException {
        this.folder = folder;
        server = up(0);
    }

    static OwnPostgres start() throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "packaged")), "own-postgres")
                .toAbsolutePath();
        Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        return new OwnPostgres(folder);
    }

    private EmbeddedPostgres up(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setConnectConfig("password", PASSWORD)
                // The library hands these to initdb as they are.
                .setLocaleConfig("pwfile", folder.resolve("password").toString())
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("auth-local", "scram-sha-256")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "localhost");
        return port == 0 ? builder.start() : builder.setPort(port).start();
    }

    /** On the same port, with the same data. */
    void restart() throws IOException {
        int port = server.getPort();
        server.close();
        server = up(port);
    }

    /** Where it is, for a URL. */
    String address() {
        return "localhost:" + server.getPort();
    }

    Connection as(String who, String password, String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + address() + "/" + database, who, password);
    }

    /** What psql and its like connect to as the superuser. */
    String superuserUrl(String database) {
        return "postgresql://" + SUPERUSER + ":" + PASSWORD + "@" + address() + "/" + database;
    }

    /** Each by itself, as the superuser. */
    void run(String database, List<String> statements) throws SQLException {
        try (Connection superuser = as(SUPERUSER, PASSWORD, database);
                Statement statement = superuser.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of what the superuser finds. */
    List<String> seen(String database, String query) throws SQLException {
        try (Connection superuser = as(SUPERUSER, PASSWORD, database);
                Statement statement = superuser.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> seen = new ArrayList<>();
            while (rows.next()) {
                seen.add(rows.getString(1));
            }
            return seen;
        }
    }

    /** The logins that Drawbridge has made, each with the roles that it has, such as {@code drawbridge_0123456789ab: billing_read}. */
    List<String> logins() throws SQLException {
        return seen(
                SUPERUSER,
                "select l.rolname || ': ' || coalesce(string_agg(g.rolname, ' ' order by g.rolname), '') from pg_roles l"
                        + " left join pg_auth_members m on m.member = l.oid left join pg_roles g on g.oid = m.roleid"
                        + " where l.rolname ~ '^drawbridge_' group by l.rolname order by 1");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
