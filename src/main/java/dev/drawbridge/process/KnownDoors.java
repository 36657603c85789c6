package dev.drawbridge.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.authorization.Groups;

/** The table of the engine's doors that people may knock at, {@code known-doors.txt}, read once. */
record KnownDoors(List<Door> doors) {
    private static final String TABLE = "known-doors.txt";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    static final String CLOSED = "closed-door";
    private static final String WHATEVER_FOLLOWS = "**";

    /** A door; {@code steps} are those of its path. */
    record Door(String who, String method, List<String> steps) {
        private boolean isFor(Set<String> groups) {
            return switch (who) {
                case "everyone" -> true;
                case "@cockpit" ->
                    groups.contains(Groups.CAMUNDA_ADMIN)
                            || EngineRights.COCKPIT.stream().anyMatch(groups::contains);
                default -> groups.contains(who);
            };
        }

        private boolean takes(String sent) {
            return switch (method) {
                case "ANY" -> true;
                case "READ" -> READING.contains(sent);
                default -> method.equals(sent);
            };
        }

        private boolean leadsTo(List<String> path) {
            int last = steps.size() - 1;
            boolean open = steps.get(last).equals(WHATEVER_FOLLOWS);
            if (open ? path.size() < last : path.size() != steps.size()) {
                return false;
            }
            for (int step = 0; step < (open ? last : steps.size()); step++) {
                if (!steps.get(step).equals("*") && !steps.get(step).equals(path.get(step))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Whether somebody of these groups may knock with this method at this place; see the table for how it is written. */
    boolean open(Set<String> groups, String method, String place) {
        List<String> path = steps(place);
        return doors.stream().anyMatch(door -> door.isFor(groups) && door.takes(method) && door.leadsTo(path));
    }

    /** Under which code a call to a door that is closed is on record: of what the engine knows apart, and of nothing made up. */
    String codeOf(String place) {
        String first = steps(place).get(0);
        return doors.stream()
                .map(door -> door.steps().get(0))
                .filter(known -> known.matches("[a-z-]+") && known.equals(first))
                .map(known -> CLOSED + "-" + known)
                .findFirst()
                .orElse(CLOSED);
    }

    static KnownDoors read() {
        try (InputStream table = KnownDoors.class.getResourceAsStream(TABLE)) {
            return new KnownDoors(new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(KnownDoors::door)
                    .collect(Collectors.toUnmodifiableList()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Door door(String line) {
        String[] parts = line.split(" +", -1);
        if (parts.length != 3) {
            throw new IllegalStateException(TABLE + ": " + line);
        }
        return new Door(parts[0], parts[1], steps(parts[2]));
    }

    private static List<String> steps(String path) {
        return Arrays.asList(path.split("/", -1));
    }
}
