package dev.drawbridge.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Hands out the people's connections to threads that answer people, and others to everybody else: however much is asked at
 * the doors, what grants and ends access finds a connection.
 */
class RoutedConnections extends AbstractDataSource {
    private final DataSource people;
    private final DataSource obligations;

    RoutedConnections(DataSource people, DataSource obligations) {
        this.people = people;
        this.obligations = obligations;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (!PeoplesThread.isThis()) {
            return obligations.getConnection();
        }
        try {
            return people.getConnection();
        } catch (SQLTransientConnectionException noneFree) {
            PeoplesThread.met(PeoplesThread.Trouble.NO_CONNECTION);
            throw noneFree;
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLException("Connections are made with the configured account alone");
    }
}
