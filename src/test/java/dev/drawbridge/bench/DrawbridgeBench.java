package dev.drawbridge.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.LoggerFactory;

/**
 * How fast the packaged product is: {@code ./mvnw -Pbench verify}, with {@code -Dbench=} some of its parts. Nothing here
 * passes or fails by a time; what a figure is worth is said by what was measured beside it in the same run.
 */
class DrawbridgeBench {
    private static final List<String> PARTS = List.of("start", "decision", "grants", "lag", "burst", "pages");

    /** Once more where a million requests are on record. */
    private static final String LAG_AGAIN = "lag, after pages";

    private static final Report REPORT = new Report();
    private static House house;

    @TestFactory
    Stream<DynamicTest> parts() {
        Set<String> wanted = wanted();
        List<String> names = new ArrayList<>(PARTS);
        names.removeIf(name -> !wanted.contains(name));
        if (wanted.containsAll(List.of("lag", "pages"))) {
            names.add(LAG_AGAIN);
        }
        return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> measure(name)));
    }

    private static Set<String> wanted() {
        String names = System.getProperty("bench", "");
        Set<String> wanted =
                names.isBlank() ? Set.copyOf(PARTS) : Set.of(names.strip().split("\\s*,\\s*"));
        if (!Set.copyOf(PARTS).containsAll(wanted)) {
            throw new IllegalArgumentException("The parts of the bench are " + PARTS + ", not " + wanted + ".");
        }
        return wanted;
    }

    private static void measure(String name) throws Exception {
        long start = System.nanoTime();
        REPORT.begin(name);
        part(name).measure(REPORT);
        REPORT.add("this part took", (System.nanoTime() - start) / 1e9, "s");
        REPORT.write();
    }

    private static Part part(String name) throws Exception {
        return switch (name) {
            case "start" -> new StartPart();
            case "decision" -> new DecisionPart();
            case "lag", LAG_AGAIN -> new LagPart(house(), name);
            case "burst" -> new BurstPart(house());
            case "pages" -> new PagesPart(house());
            case "grants" -> new GrantsPart(house());
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Opened for the first part that needs it, and shared by all that do. */
    private static House house() throws Exception {
        if (house == null) {
            house = House.open();
            REPORT.describe("postgresql", house.store().text("show server_version"));
        }
        return house;
    }

    @BeforeAll
    static void listenToWarningsAlone() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    }

    @AfterAll
    static void end() throws Exception {
        if (house != null) {
            house.close();
        }
        REPORT.write();
        System.out.println();
        System.out.print(REPORT.text());
    }
}
