package dev.drawbridge.grant.postgres;

import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.TargetUnreachable;
import dev.drawbridge.platform.TargetAddress;
import jakarta.annotation.PreDestroy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The targets, and a few connections to each: to make one takes longer than most of what is done with it. */
@Component
class PostgresTargets {
    private final Map<String, TargetAddress> addresses = new HashMap<>();
    private final Map<String, Path> passwordFiles = new HashMap<>();
    private final Map<String, TargetConnections> connections = new ConcurrentHashMap<>();

    PostgresTargets(TargetProperties configured, ObjectProvider<TargetAddress> brought) {
        brought.forEach(target -> addresses.put(target.name(), target));
        configured.targets().forEach((name, target) -> {
            addresses.put(name, target.named(name));
            if (target.passwordFile() != null) {
                passwordFiles.put(name, target.passwordFile());
            }
        });
    }

    /** What is done on a target. */
    interface Work<T> {
        T with(Session target) throws SQLException;
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
        TargetConnections target = of(address(system));
        long until = Session.deadline();
        try (TargetConnections.Use use = connect(system, target)) {
            T result = work.with(new Session(use.connection(), target::elsewhere, until));
            use.succeeded();
            return result;
        } catch (SQLException failed) {
            String sentence = "The target '" + system + "' did not do it: " + failed.getMessage();
            throw Sql.isGone(failed)
                    ? new TargetUnreachable(sentence, failed)
                    : new ConnectorException(sentence, failed);
        }
    }

    private TargetConnections of(TargetAddress address) {
        return connections.computeIfAbsent(address.name(), name -> {
            Path file = passwordFiles.get(name);
            return file == null ? new TargetConnections(address) : new TargetConnections(address, Password.in(file));
        });
    }

    private static TargetConnections.Use connect(String system, TargetConnections target) {
        try {
            return target.use();
        } catch (SQLException failed) {
            throw new TargetUnreachable(
                    "The target '" + system + "' cannot be reached: " + failed.getMessage()
                            + (Sql.isNotLetIn(failed) ? target.whereThePasswordIs() : ""),
                    failed);
        }
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void closeIdle() throws SQLException {
        for (TargetConnections target : connections.values()) {
            target.closeIdle(1);
        }
    }

    @PreDestroy
    void close() throws SQLException {
        for (TargetConnections target : connections.values()) {
            target.close();
        }
    }
}
