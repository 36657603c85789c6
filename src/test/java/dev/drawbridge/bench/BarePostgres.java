package dev.drawbridge.bench;

import dev.drawbridge.platform.TargetAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** What PostgreSQL does by itself, on connections that stay open: the floor of what a grant can cost. */
final class BarePostgres implements AutoCloseable {
    private static final AtomicInteger ROLES = new AtomicInteger();

    private final List<Connection> own = new ArrayList<>();
    private final List<Connection> target = new ArrayList<>();
    private final List<List<PreparedStatement>> inserts = new ArrayList<>();

    BarePostgres(House house, int clients) throws SQLException {
        TargetAddress orders = house.server().orders();
        for (int client = 0; client < clients; client++) {
            Connection connection = house.server().superuser("postgres");
            connection.setAutoCommit(false);
            own.add(connection);
            if (client == 0) {
                tables(connection);
            }
            List<PreparedStatement> statements = new ArrayList<>();
            for (int table = 0; table < 4; table++) {
                statements.add(
                        connection.prepareStatement("insert into bench_fact_" + table + " values (?, ?, ?, now())"));
            }
            inserts.add(statements);
            Connection made = DriverManager.getConnection(orders.url(), orders.username(), orders.password());
            made.setAutoCommit(false);
            target.add(made);
        }
    }

    private static void tables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (int table = 0; table < 4; table++) {
                statement.execute("create table if not exists bench_fact_" + table
                        + " (id uuid primary key, who text not null, what text not null, at timestamptz not null)");
            }
        }
        connection.commit();
    }

    /** Transactions of four inserts, each second. */
    double inserts(Clients clients, Duration time) throws Exception {
        return clients.during(time, (client, n) -> {
                    UUID id = UUID.randomUUID();
                    for (PreparedStatement insert : inserts.get(client)) {
                        insert.setObject(1, id);
                        insert.setString(2, "bench" + n);
                        insert.setString(3, "To measure");
                        insert.executeUpdate();
                    }
                    own.get(client).commit();
                })
                .rate();
    }

    /** Transactions that make a login, each second. The logins are dropped again afterwards. */
    double roles(Clients clients, Duration time) throws Exception {
        int first = ROLES.get();
        double rate = clients.during(time, (client, n) -> make(target.get(client), "bare_" + ROLES.getAndIncrement()))
                .rate();
        drop(clients, first, ROLES.get());
        return rate;
    }

    /** Seconds that it takes to drop so many logins, one to a transaction. */
    double drops(Clients makers, Clients droppers, int most) throws Exception {
        int first = ROLES.getAndAdd(most);
        makers.times(most, (client, n) -> make(target.get(client), "bare_" + (first + n)));
        return drop(droppers, first, first + most);
    }

    private double drop(Clients clients, int from, int to) throws Exception {
        return clients.times(to - from, (client, n) -> {
                    try (Statement statement = target.get(client).createStatement()) {
                        statement.execute("drop role bare_" + (from + n));
                    }
                    target.get(client).commit();
                })
                .seconds();
    }

    private static void make(Connection connection, String role) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create role " + role + " login valid until 'infinity'");
            statement.execute("grant app_logs_read to " + role);
            statement.execute("comment on role " + role + " is 'To measure'");
        }
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : own) {
            connection.close();
        }
        for (Connection connection : target) {
            connection.close();
        }
    }
}
