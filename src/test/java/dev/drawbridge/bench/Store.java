package dev.drawbridge.bench;

import dev.drawbridge.platform.EmbeddedPostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The databases of a server, as its superuser sees them. */
final class Store implements AutoCloseable {
    /** The application's own database. */
    static final String APPLICATION = "drawbridge";
    /** The target's database. */
    static final String ORDERS = "orders";

    private final EmbeddedPostgresServer server;
    /** For looks, which are many: a new connection takes longer than most of them. */
    private final Map<String, Connection> looking = new HashMap<>();

    Store(EmbeddedPostgresServer server) {
        this.server = server;
    }

    void execute(String database, String sql) throws SQLException {
        try (Connection superuser = server.superuser(database);
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Reading<T> {
        T of(ResultSet rows) throws SQLException;
    }

    private synchronized <T> T look(String database, String query, Reading<T> reading) throws SQLException {
        Connection connection = looking.get(database);
        if (connection == null) {
            connection = server.superuser(database);
            looking.put(database, connection);
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return reading.of(rows);
        }
    }

    private <T> List<T> all(String database, String query, Reading<T> one) throws SQLException {
        return look(database, query, rows -> {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(one.of(rows));
            }
            return found;
        });
    }

    /** The first row of what a query finds, as numbers. */
    double[] numbers(String database, String query) throws SQLException {
        return all(database, query, rows -> {
                    double[] numbers = new double[rows.getMetaData().getColumnCount()];
                    for (int column = 0; column < numbers.length; column++) {
                        numbers[column] = rows.getDouble(column + 1);
                    }
                    return numbers;
                })
                .get(0);
    }

    double number(String database, String query) throws SQLException {
        return numbers(database, query)[0];
    }

    String text(String query) throws SQLException {
        return texts(query).get(0);
    }

    List<String> texts(String query) throws SQLException {
        return texts(APPLICATION, query);
    }

    List<String> texts(String database, String query) throws SQLException {
        return all(database, query, rows -> rows.getString(1));
    }

    List<Double> column(String query) throws SQLException {
        return all(APPLICATION, query, rows -> rows.getDouble(1));
    }

    /** Looks again and again until a query says this number. */
    void await(double expected, String query) throws Exception {
        awaitFor(300, expected, query);
    }

    void awaitFor(int seconds, double expected, String query) throws Exception {
        double seen = -1;
        for (int tries = 0; tries < seconds * 20; tries++) {
            seen = number(APPLICATION, query);
            if (seen == expected) {
                return;
            }
            House.pause(50);
        }
        throw new IllegalStateException("Expected " + expected + " but saw " + seen + ": " + query);
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : looking.values()) {
            connection.close();
        }
    }
}
