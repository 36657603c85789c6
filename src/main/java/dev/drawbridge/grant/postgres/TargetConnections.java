package dev.drawbridge.grant.postgres;

import dev.drawbridge.platform.TargetAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

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

    private final TargetAddress address;
    private final Deque<Kept> idle = new ConcurrentLinkedDeque<>();

    TargetConnections(TargetAddress address) {
        this.address = address;
    }

    private record Kept(Connection connection, long made, long lastUsed) {}

    /** One connection, in auto-commit, for the time of its use. */
    final class Use implements AutoCloseable {
        private final Connection connection;
        private final long made;
        private boolean good;

        private Use(Connection connection, long made) {
            this.connection = connection;
            this.made = made;
        }

        Connection connection() {
            return connection;
        }

        /** What was done succeeded: the connection may be used again. */
        void succeeded() {
            good = true;
        }

        @Override
        public void close() throws SQLException {
            if (good && idle.size() < MOST_IDLE) {
                connection.setAutoCommit(true);
                idle.push(new Kept(connection, made, System.nanoTime()));
            } else {
                connection.close();
            }
        }
    }

    Use use() throws SQLException {
        for (Kept kept = idle.poll(); kept != null; kept = idle.poll()) {
            if (isFit(kept)) {
                return new Use(kept.connection(), kept.made());
            }
            kept.connection().close();
        }
        Properties properties = new Properties();
        properties.setProperty("user", address.username());
        properties.setProperty("password", address.password());
        // All of it shorter than the engine's lock on a job, so that no second node begins what the first is still at;
        // and
        // nobody on the target can make a statement of ours wait for them.
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("options", "-c lock_timeout=500ms -c statement_timeout=6s");
        properties.setProperty("ApplicationName", "drawbridge");
        return new Use(DriverManager.getConnection(address.url(), properties), System.nanoTime());
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
