package dev.drawbridge.platform;

import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Lets one node at a time start on a database: the engine makes and changes its tables, and processes are published,
 * with nothing of their own that keeps two from doing so at once.
 */
@Component
public class StartingInTurn {
    private static final String NAME = "a node starts";

    private final Connection turn;

    StartingInTurn(DataSource database) throws SQLException {
        turn = database.getConnection();
        // Another node may take long to start.
        execute("set lock_timeout = 0");
        Cluster.lock(turn, "select pg_advisory_lock(hashtextextended(?, 0))", NAME);
    }

    @EventListener(ApplicationReadyEvent.class)
    @PreDestroy
    void next() throws SQLException {
        if (!turn.isClosed()) {
            try (turn) {
                Cluster.lock(turn, "select pg_advisory_unlock(hashtextextended(?, 0))", NAME);
                execute("set lock_timeout = '10s'");
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = turn.createStatement()) {
            statement.execute(sql);
        }
    }
}
