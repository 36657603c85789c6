package dev.drawbridge.grant.postgres;

import dev.drawbridge.platform.TargetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A few connections to one target that are used again: to make one takes longer than most of what is done with it. No
 * pool, since a pool waits, and backs off, while the target is down: here a try fails at once, and the first one succeeds
 * when it is back.
 */
final class TargetConnections implements AutoCloseable {
    private static final int MOST_IDLE = 8;
    private static final long OLDEST_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long UNCHECKED_NANOS = Duration.ofMillis(500).toNanos();
    private static final int PATIENCE_SECONDS = 2;
    private static final Pattern DATABASE = Pattern.compile("(jdbc:postgresql://[^/]*/)[^?]*(.*)");

    private static final String UNKNOWN_SETTING = "42704";
    private static final String FORBIDDEN = "42501";

    private final TargetAddress address;
    private final Password password;
    private final Deque<Kept> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean isOfOldestVersion;

    TargetConnections(TargetAddress address) {
        this(address, Password.of(address.password()));
    }

    TargetConnections(TargetAddress address, Password password) {
        this.address = address;
        this.password = password;
    }

    private record Kept(Connection connection, Optional<String> server, long made, long lastUsed) {}

    /** One connection, in auto-commit, for the time of its use. */
    final class Use implements AutoCloseable {
        private final Connection connection;
        private final Optional<String> server;
        private final long made;
        private boolean good;

        private Use(Connection connection, Optional<String> server, long made) {
            this.connection = connection;
            this.server = server;
            this.made = made;
        }

        Connection connection() {
            return connection;
        }

        /** As the server behind it calls itself. */
        Optional<String> server() {
            return server;
        }

        /** What was done succeeded: the connection may be used again. */
        void succeeded() {
            good = true;
        }

        @Override
        public void close() throws SQLException {
            if (good && idle.size() < MOST_IDLE) {
                connection.setAutoCommit(true);
                idle.push(new Kept(connection, server, made, System.nanoTime()));
            } else {
                connection.close();
            }
        }
    }

    /** What people connect to. */
    String address() {
        return address.address();
    }

    /** As the connection says that was used a moment ago; none where it would have to be asked. */
    Optional<String> serverAtHand() {
        Kept last = idle.peek();
        return last != null && System.nanoTime() - last.lastUsed() < UNCHECKED_NANOS ? last.server() : Optional.empty();
    }

    Use use() throws SQLException {
        for (Kept kept = idle.poll(); kept != null; kept = idle.poll()) {
            if (isFit(kept)) {
                return new Use(kept.connection(), kept.server(), kept.made());
            }
            kept.connection().close();
        }
        Connection made = open(address.url());
        try {
            return new Use(made, serverBehind(made), System.nanoTime());
        } catch (SQLException failed) {
            made.close();
            throw failed;
        }
    }

    /** Told once for each connection: it stays with one server, whatever the address leads to meanwhile. */
    private static Optional<String> serverBehind(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select system_identifier::text from pg_catalog.pg_control_system()")) {
            row.next();
            return Optional.of(row.getString(1));
        } catch (SQLException failed) {
            if (FORBIDDEN.equals(failed.getSQLState())) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /** Another database of the same server, by the same account; not kept. */
    Connection elsewhere(String database) throws SQLException {
        Matcher url = DATABASE.matcher(address.url());
        if (!url.matches()) {
            throw new SQLException(
                    "The address of the target names no server, so its other databases are out of reach.");
        }
        return open(url.group(1) + URLEncoder.encode(database, StandardCharsets.UTF_8) + url.group(2));
    }

    private Connection open(String url) throws SQLException {
        if (!isOfOldestVersion) {
            try {
                return open(url, Settings.asOptions(true));
            } catch (SQLException failed) {
                if (!UNKNOWN_SETTING.equals(failed.getSQLState())) {
                    throw failed;
                }
                isOfOldestVersion = true;
            }
        }
        return open(url, Settings.asOptions(false));
    }

    /** Once more where the password has been changed, there and here: then those that were made with the old one go too. */
    private Connection open(String url, String options) throws SQLException {
        String tried = password.current();
        try {
            return open(url, options, tried);
        } catch (SQLException failed) {
            if (!Sql.isNotLetIn(failed) || !password.isAnotherThan(tried)) {
                throw failed;
            }
            closeIdle(0);
            return open(url, options, password.current());
        }
    }

    String whereThePasswordIs() {
        return password.place();
    }

    private Connection open(String url, String options, String secret) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", address.username());
        properties.setProperty("password", secret);
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", Long.toString(Session.MOST_SILENCE.toSeconds()));
        properties.setProperty("options", options);
        properties.setProperty("ApplicationName", "drawbridge");
        Connection connection = DriverManager.getConnection(url, properties);
        try {
            Settings.bring(connection);
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
        return connection;
    }

    private static boolean isFit(Kept kept) throws SQLException {
        long now = System.nanoTime();
        return now - kept.made() < OLDEST_NANOS
                && (now - kept.lastUsed() < UNCHECKED_NANOS || kept.connection().isValid(PATIENCE_SECONDS));
    }

    /** Those that nobody has needed for this long. */
    void closeIdle(long minutes) throws SQLException {
        long before = System.nanoTime() - TimeUnit.MINUTES.toNanos(minutes);
        for (Kept kept : idle) {
            if (kept.lastUsed() - before <= 0 && idle.remove(kept)) {
                kept.connection().close();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        closeIdle(0);
    }
}
