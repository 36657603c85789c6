package dev.drawbridge.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The nodes that share one database. */
@Component
public class Cluster {
    private static final Logger log = LoggerFactory.getLogger(Cluster.class);

    private final DataSource database;

    Cluster(DataSource database) {
        this.database = database;
    }

    /**
     * Runs something on one node at a time; where another node already does it, this one does nothing. The right to it
     * hangs on a connection: when a node dies, the database gives it to the next at once.
     */
    public void onceAtATime(String name, Runnable work) {
        try (Connection right = database.getConnection()) {
            if (!lock(right, "select pg_try_advisory_lock(hashtextextended(?, 0))", name)) {
                return;
            }
            try {
                work.run();
            } finally {
                lock(right, "select pg_advisory_unlock(hashtextextended(?, 0))", name);
            }
        } catch (SQLException failed) {
            log.warn("'{}' could not be done now and is tried again: {}", name, failed.getMessage());
        }
    }

    static boolean lock(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, "drawbridge: " + name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getObject(1) instanceof Boolean taken ? taken : true;
            }
        }
    }
}
