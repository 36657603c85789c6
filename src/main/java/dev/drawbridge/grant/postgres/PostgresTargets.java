package dev.drawbridge.grant.postgres;

import dev.drawbridge.catalog.TargetNames;
import dev.drawbridge.grant.Connector;
import dev.drawbridge.grant.ConnectorException;
import dev.drawbridge.grant.Place;
import dev.drawbridge.grant.TargetUnreachable;
import dev.drawbridge.platform.TargetAddress;
import jakarta.annotation.PreDestroy;
import java.io.Serial;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The targets, and a few connections to each: to make one takes longer than most of what is done with it. */
@Component
class PostgresTargets implements TargetNames {
    private final Map<String, TargetAddress> addresses = new HashMap<>();
    private final Map<String, Path> passwordFiles = new HashMap<>();
    private final Map<String, Set<String>> replaced = new HashMap<>();
    private final Map<String, Set<String>> formerly = new HashMap<>();
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
            formerly.put(name, target.formerly());
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

    /** Its own name, and those that it had. */
    Set<String> namesOf(String system) {
        Set<String> all = new TreeSet<>(formerly.getOrDefault(system, Set.of()));
        all.add(system);
        return all;
    }

    /** Whether nothing else can be meant by this name, so that what was given under it is behind this target or nowhere. */
    boolean isAlone(String name) {
        return candidates(name).equals(List.of(name));
    }

    /** The targets that may be meant by a name: the one that has it, and those that had it. */
    private List<String> candidates(String name) {
        List<String> all = new ArrayList<>();
        if (names.contains(name)) {
            all.add(name);
        }
        names.stream()
                .sorted()
                .filter(system -> !system.equals(name)
                        && formerly.getOrDefault(system, Set.of()).contains(name))
                .forEach(all::add);
        return all;
    }

    /**
     * Works on the server that something was made on: of the targets that may be meant, the one that is that server; where none
     * is, the one that is said to have taken its place. Were it any other, an end would be confirmed where there had never been
     * anything.
     */
    <T> T at(Place place, Work<T> work) {
        List<String> candidates = candidates(place.system());
        String server = place.server();
        if (server == null) {
            return on(only(place, candidates), work);
        }
        @Nullable ConnectorException silent = null;
        Set<Connector.Same> answers = EnumSet.noneOf(Connector.Same.class);
        for (String system : candidates) {
            try {
                Optional<T> done = on(system, target -> {
                    Connector.Same same = same(target, place);
                    answers.add(same);
                    return same == Connector.Same.SAME ? Optional.of(work.with(target)) : Optional.empty();
                });
                if (done.isPresent()) {
                    return done.get();
                }
            } catch (TargetUnreachable unreachable) {
                silent = unreachable;
            }
        }
        // While one is silent that may be the server itself, nothing is taken for its end.
        for (String system : silent == null ? candidates : List.<String>of()) {
            if (replaced.getOrDefault(system, Set.of()).contains(server)) {
                return on(system, work);
            }
        }
        throw silent == null ? nowhere(place, server, answers) : silent;
    }

    private static String only(Place place, List<String> candidates) {
        if (candidates.isEmpty()) {
            throw new ConnectorException("No target '" + place.system() + "' is configured (drawbridge.targets."
                    + place.system() + "), and none that had this name ('formerly').");
        }
        // What has the name comes first: it is not known which server it was.
        if (!candidates.get(0).equals(place.system()) && candidates.size() > 1) {
            throw new ConnectorException("Several targets had the name '" + place.system()
                    + "', and it is not on record on which of them this access was given.");
        }
        return candidates.get(0);
    }

    /** Whether the server behind a connection is the one of a place. */
    private static Connector.Same same(Session target, Place place) {
        String server = place.server();
        if (server == null || target.server().isEmpty()) {
            return Connector.Same.UNTOLD;
        }
        return target.server().get().equals(server) ? Connector.Same.SAME : Connector.Same.OTHER;
    }

    /** Whether what is found there of a place can be believed. */
    static boolean isSafeOn(Session target, Place place) {
        return place.server() == null || same(target, place) == Connector.Same.SAME;
    }

    /** Whether the server behind a system is the one where something was made, as far as both can be told. */
    Connector.Same isOn(String system, Place place) {
        Optional<String> there;
        try {
            there = at(place, Session::server);
        } catch (ConnectorException unknown) {
            return Connector.Same.UNTOLD;
        }
        Optional<String> here = on(system, Session::server);
        return there.isEmpty() || here.isEmpty()
                ? Connector.Same.UNTOLD
                : there.equals(here) ? Connector.Same.SAME : Connector.Same.OTHER;
    }

    /** Whether some target leads to the server of a place, as far as those that may can tell. */
    Connector.Same isReached(Place place) {
        if (place.server() == null) {
            return candidates(place.system()).isEmpty() ? Connector.Same.OTHER : Connector.Same.SAME;
        }
        try {
            return at(place, target -> Connector.Same.SAME);
        } catch (TargetUnreachable silent) {
            throw silent;
        } catch (Untold untold) {
            return Connector.Same.UNTOLD;
        } catch (ConnectorException nowhere) {
            return Connector.Same.OTHER;
        }
    }

    /** A target does not say which server it is. */
    private static final class Untold extends ConnectorException {
        @Serial
        private static final long serialVersionUID = 1L;

        Untold(String sentence) {
            super(sentence);
        }
    }

    /** The server behind a target, where that is known without asking it. */
    Optional<String> serverAtHand(String system) {
        return Optional.ofNullable(connections.get(system)).flatMap(TargetConnections::serverAtHand);
    }

    private ConnectorException nowhere(Place place, String server, Set<Connector.Same> answers) {
        String system = place.system();
        if (answers.contains(Connector.Same.UNTOLD)) {
            return new Untold("The target '" + system + "' does not say which server it is, so that it is not"
                    + " certain that this access was given there. Let its account ask: grant execute on function"
                    + " pg_catalog.pg_control_system() to <the account>.");
        }
        return new ConnectorException(
                answers.isEmpty()
                        ? "No target '" + system + "' is configured any more. If it has another name now, say so:"
                                + " drawbridge.targets.<name>.formerly=" + system + "."
                        : "The target '" + system
                                + "' is another server than the one that this access was given on, which"
                                + " calls itself " + server
                                + ". Bring that one in beside it until its access has ended:"
                                + " drawbridge.targets.<another name> with formerly=" + system + ".");
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
