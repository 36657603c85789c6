package dev.drawbridge.grant.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.TargetUnreachable;
import dev.drawbridge.platform.TargetAddress;
import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The targets, and a few connections to each: to make one takes longer than most of what is done with it. */
@Component
class PostgresTargets {
    private static final int MOST_CONNECTIONS = 8;

    private final Map<String, TargetAddress> addresses = new HashMap<>();
    private final Map<String, HikariDataSource> connections = new ConcurrentHashMap<>();

    PostgresTargets(TargetProperties configured, ObjectProvider<TargetAddress> brought) {
        brought.forEach(target -> addresses.put(target.name(), target));
        configured.targets().forEach((name, target) -> addresses.put(name, target.named(name)));
    }

    /** What is done with a connection. */
    interface Work<T> {
        T with(Connection target) throws SQLException;
    }

    Set<String> names() {
        return Set.copyOf(addresses.keySet());
    }

    TargetAddress address(String system) {
        TargetAddress address = addresses.get(system);
        if (address == null) {
            throw new ConnectorException(
                    "No target '" + system + "' is configured (drawbridge.targets." + system + ").");
        }
        return address;
    }

    /** Works on a target; what fails becomes a sentence for operators. */
    <T> T on(String system, Work<T> work) {
        TargetAddress address = address(system);
        try (Connection target = connect(address)) {
            return work.with(target);
        } catch (SQLException failed) {
            String sentence = "The target '" + system + "' did not do it: " + failed.getMessage();
            throw isGone(failed) ? new TargetUnreachable(sentence, failed) : new ConnectorException(sentence, failed);
        }
    }

    private Connection connect(TargetAddress address) {
        try {
            return connections
                    .computeIfAbsent(address.name(), name -> pool(address))
                    .getConnection();
        } catch (SQLException failed) {
            Throwable why = failed.getCause() == null ? failed : failed.getCause();
            throw new TargetUnreachable(
                    "The target '" + address.name() + "' cannot be reached: " + why.getMessage(), failed);
        }
    }

    /** The connection broke, or the server shuts down or starts. */
    private static boolean isGone(SQLException failed) {
        String state = failed.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    private static HikariDataSource pool(TargetAddress address) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("target-" + address.name());
        config.setJdbcUrl(address.url());
        config.setUsername(address.username());
        config.setPassword(address.password());
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", "30");
        config.addDataSourceProperty("ApplicationName", "drawbridge");
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        config.setMaxLifetime(Duration.ofMinutes(10).toMillis());
        config.setConnectionTimeout(Duration.ofSeconds(3).toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    @PreDestroy
    void close() {
        connections.values().forEach(HikariDataSource::close);
    }
}
