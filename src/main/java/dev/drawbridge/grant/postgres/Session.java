package dev.drawbridge.grant.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A target's database for the time of one call, which takes no longer than {@link #MOST} and one statement in all: whoever
 * holds the engine's lock on a job meanwhile never loses it half-way.
 */
final class Session {
    static final Duration MOST = Duration.ofSeconds(12);
    /** What the last statement can take beyond that: six seconds, and ten where the network says nothing. */
    static final Duration MOST_SILENCE = Duration.ofSeconds(10);

    private static final String TOO_LONG = "57014";

    private final Connection connection;
    private final Optional<String> server;
    private final TargetConnections connections;
    private final long until;

    Session(Connection connection, Optional<String> server, TargetConnections connections, long until) {
        this.connection = connection;
        this.server = server;
        this.connections = connections;
        this.until = until;
    }

    /** What is done with it. */
    interface Work {
        void with(Session target) throws SQLException;
    }

    /** What is made of a row. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    static long deadline() {
        return System.nanoTime() + MOST.toNanos();
    }

    Connection connection() {
        return connection;
    }

    /** As the server calls itself, whatever its address; none where it does not say. */
    Optional<String> server() {
        return server;
    }

    /** What people connect to. */
    String address() {
        return connections.address();
    }

    /** The first column, as text. */
    List<String> values(String sql, String... parameters) throws SQLException {
        return rows(sql, row -> row.getString(1), parameters);
    }

    <T> List<T> rows(String sql, Row<T> read, String... parameters) throws SQLException {
        requireTime();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(read.of(rows));
                }
            }
            return found;
        }
    }

    void execute(String sql) throws SQLException {
        requireTime();
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All of it or nothing. */
    void inOneTransaction(Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.with(this);
            connection.commit();
        } catch (SQLException | RuntimeException failed) {
            connection.rollback();
            throw failed;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** In another database of the same server, within the same time. */
    void in(String database, Work work) throws SQLException {
        requireTime();
        try (Connection other = connections.elsewhere(database)) {
            work.with(new Session(other, server, connections, until));
        }
    }

    /** The same, for a last look at what a call has come to, however long that took. */
    Session forALastLook() {
        return new Session(connection, server, connections, System.nanoTime() + MOST_SILENCE.toNanos());
    }

    /** Whether something can still be said on it. */
    boolean isAlive() throws SQLException {
        return connection.isValid(1);
    }

    private void requireTime() throws SQLTimeoutException {
        if (System.nanoTime() - until > 0) {
            throw new SQLTimeoutException("it takes too long in all; it is tried again", TOO_LONG);
        }
    }
}
