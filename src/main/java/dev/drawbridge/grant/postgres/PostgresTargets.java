package dev.drawbridge.grant.postgres;

import dev.drawbridge.catalog.TargetNames;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Place;
import dev.drawbridge.grant.TargetUnreachable;
import dev.drawbridge.platform.TargetAddress;
import jakarta.annotation.PreDestroy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The targets, and a few connections to each: to make one takes longer than most of what is done with it. */
@Component
class PostgresTargets implements TargetNames {
    private final Map<String, TargetAddress> addresses = new HashMap<>();
    private final Map<String, Path> passwordFiles = new HashMap<>();
    private final Map<String, Set<String>> replaced = new HashMap<>();
    private final Map<String, TargetConnections> connections = new ConcurrentHashMap<>();
    private final Set<String> names;

    PostgresTargets(TargetProperties configured, ObjectProvider<TargetAddress> brought) {
        brought.forEach(target -> addresses.put(target.name(), target));
        configured.targets().forEach((name, target) -> {
            addresses.put(name, target.named(name));
            if (target.passwordFile() != null) {
                passwordFiles.put(name, target.passwordFile());
            }
            replaced.put(name, target.replaces());
        });
        names = Set.copyOf(addresses.keySet());
    }

    /** What is done on a target. */
    interface Work<T> {
        T with(Session target) throws SQLException;
    }

    @Override
    public Set<String> configured() {
        return names;
    }

    private TargetAddress address(String system) {
        TargetAddress address = addresses.get(system);
        if (address == null) {
            throw new ConnectorException(
                    "No target '" + system + "' is configured (drawbridge.targets." + system + ").");
        }
        return address;
    }

    /**
     * Works on the server that something was made on: mostly the one behind the target of that name; else whichever target leads
     * there now. Were it another, an end would be confirmed where there had never been anything.
     */
    <T> T at(Place place, Work<T> work) {
        String server = place.server();
        if (server == null) {
            return on(place.system(), work);
        }
        Optional<T> done = names.contains(place.system()) ? onlyOn(server, place.system(), work) : Optional.empty();
        return done.or(() -> elsewhere(server, place.system(), work)).orElseThrow(() -> nowhere(place, server));
    }

    private <T> Optional<T> elsewhere(String server, String but, Work<T> work) {
        for (String system : names) {
            if (!system.equals(but) && leadsTo(server, system)) {
                Optional<T> done = onlyOn(server, system, work);
                if (done.isPresent()) {
                    return done;
                }
            }
        }
        return Optional.empty();
    }

    /** One that does not answer may be anything; it is asked again the next time. */
    private boolean leadsTo(String server, String system) {
        try {
            return on(system, target -> isBehind(target, server, system));
        } catch (ConnectorException silent) {
            return false;
        }
    }

    private <T> Optional<T> onlyOn(String server, String system, Work<T> work) {
        return on(
                system, target -> isBehind(target, server, system) ? Optional.of(work.with(target)) : Optional.empty());
    }

    private boolean isBehind(Session target, String server, String system) {
        return target.server()
                .map(here -> here.equals(server)
                        || replaced.getOrDefault(system, Set.of()).contains(server))
                .orElse(true);
    }

    /** The server behind a target, where that is known without asking it. */
    Optional<String> serverAtHand(String system) {
        return Optional.ofNullable(connections.get(system)).flatMap(TargetConnections::serverAtHand);
    }

    /** Whether something was made on the server that is behind a target at this moment. */
    boolean isMadeOn(Session target, Place place, String system) {
        return place.server() == null || isBehind(target, place.server(), system);
    }

    /** Whether this server is behind a target at this moment. */
    boolean isBehind(String server, String system) {
        return on(system, target -> isBehind(target, server, system));
    }

    private ConnectorException nowhere(Place place, String server) {
        String system = place.system();
        return new ConnectorException(
                names.contains(system)
                        ? "The target '" + system
                                + "' is another server than the one that this access was given on, which"
                                + " calls itself " + server + ". Bring that one in under another name"
                                + " (drawbridge.targets.<name>) until its access has ended; or, where this one has taken its"
                                + " place, set drawbridge.targets." + system + ".replaces=" + server + "."
                        : "No target '" + system
                                + "' is configured any more, and none that is answers as the server that"
                                + " this access was given on, which calls itself " + server
                                + ". Bring it in again under any name (drawbridge.targets.<name>) until its access has ended.");
    }

    /** Works on a target; what fails becomes a sentence for operators. */
    <T> T on(String system, Work<T> work) {
        TargetConnections target = of(address(system));
        long until = Session.deadline();
        try (TargetConnections.Use use = connect(system, target)) {
            T result = work.with(new Session(use.connection(), use.server(), target, until));
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
