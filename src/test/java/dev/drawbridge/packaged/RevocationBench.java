package dev.drawbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * How late access is gone: {@code ./mvnw -Pbench verify}. One node with the real clock, its database and the target on the
 * same machine. The figures are printed; what they are held against was measured in the same run.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RevocationBench {
    private static final int PROBES = 300;
    private static final int MANY = Integer.getInteger("drawbridge.bench.open", 1_000_000);
    private static final int AT_ONCE = Integer.getInteger("drawbridge.bench.at-once", 5_000);
    private static final List<String> REPORT = new ArrayList<>();

    private static final ExecutorService PEOPLE = Executors.newFixedThreadPool(8);
    private static Database database;
    private static RunningJar drawbridge;
    private static Iterator<String> engineers;

    @BeforeAll
    static void start() throws Exception {
        database = Database.start();
        drawbridge = RunningJar.prepare()
                .with(database.options(database.port(), database.port()))
                // A million grants without logins on the target would all be found missing there.
                .with("--drawbridge.reconciliation.every=P10D", "--drawbridge.sweeper.first=P10D")
                .memory("1g");
        drawbridge.launch();
        engineers = database.engineers(2 * PROBES + AT_ONCE).iterator();
    }

    @AfterAll
    static void stop() throws Exception {
        System.out.println();
        REPORT.forEach(System.out::println);
        PEOPLE.shutdown();
        drawbridge.close();
        database.close();
    }

    @Test
    @Order(1)
    void lagWithNothingElseOpen() throws Exception {
        report("0 other grants open", probe());
    }

    @Test
    @Order(2)
    void lagWithAMillionGrantsOpen() throws Exception {
        fill();
        report(String.format(Locale.ENGLISH, "%,d other grants open", MANY), probe());
    }

    /** Grants that end one after the other, spread over half a minute. */
    private static List<Double> probe() throws Exception {
        Instant from = Instant.now();
        ask(PROBES, number -> "\"duration\":\"PT" + (20 + number % 30) + "S\"");
        awaitConfirmed(PROBES, from);
        return lags(from);
    }

    @Test
    @Order(3)
    void thousandsThatEndInTheSameSecond() throws Exception {
        Instant from = Instant.now();
        Duration asking = Duration.ofSeconds(30 + AT_ONCE / 40);
        Instant start = from.plus(asking).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        Duration lasting = Duration.ofSeconds(60 + AT_ONCE / 30);
        ask(AT_ONCE, number -> "\"startsAt\":\"" + start + "\",\"duration\":\"" + lasting + "\"");
        awaitConfirmed(AT_ONCE, from);
        List<Double> lags = lags(from);
        double last = lags.get(lags.size() - 1);
        double bare = bareDropRoles();
        REPORT.add(String.format(
                Locale.ENGLISH,
                "%,d grants that end in the same second: half after %.1f s, the last after %.1f s;"
                        + " the same %,d `drop role` through psql: %.1f s; ratio %.1f",
                AT_ONCE,
                lags.get(lags.size() / 2),
                last,
                AT_ONCE,
                bare,
                last / bare));
    }

    private interface Wish {
        String of(int number);
    }

    private static void ask(int most, Wish wish) throws Exception {
        List<Future<String>> answers = new ArrayList<>();
        for (int number = 0; number < most; number++) {
            String engineer = engineers.next();
            String body =
                    "{\"entitlement\":\"app-logs-read\",\"justification\":\"To measure\"," + wish.of(number) + "}";
            answers.add(PEOPLE.submit(() -> drawbridge.call(engineer, "POST", "/api/v1/access-requests", body)));
        }
        for (Future<String> answer : answers) {
            assertThat(answer.get()).contains("\"outcome\":\"ALLOWED\"");
        }
    }

    private static void awaitConfirmed(int most, Instant from) throws Exception {
        long seen = 0;
        for (int tries = 0; tries < 12_000 && seen < most; tries++) {
            if (new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("not reached");
            }
            seen = database.number(
                    Database.APPLICATION,
                    "select count(*) from revocation_confirmation where confirmed_at > ?::timestamptz",
                    from.toString());
        }
        assertThat(seen).isEqualTo(most);
    }

    private static List<Double> lags(Instant from) throws Exception {
        return database
                .texts(
                        Database.APPLICATION,
                        "select extract(epoch from c.confirmed_at - g.expires_at) from revocation_confirmation c"
                                + " join access_grant g using (request_id) where c.confirmed_at > ?::timestamptz order by 1",
                        from.toString())
                .stream()
                .map(Double::valueOf)
                .toList();
    }

    private static void report(String what, List<Double> lags) {
        REPORT.add(String.format(
                Locale.ENGLISH,
                "%s, %d measured: p50 %.2f s, p99 %.2f s, max %.2f s",
                what,
                lags.size(),
                lags.get(lags.size() / 2),
                lags.get(lags.size() * 99 / 100 - 1),
                lags.get(lags.size() - 1)));
    }

    /** Open grants as the product records them, with the engine's rows for each: an execution, a task and two timers. */
    private static void fill() throws Exception {
        // One call, since a temporary table lives no longer than its connection.
        database.execute(
                Database.APPLICATION,
                Files.readString(Path.of("src/test/resources/bench/open-grants.sql"))
                        .replace(":many", Integer.toString(MANY)));
    }

    private static double bareDropRoles() throws Exception {
        List<String> names =
                IntStream.range(0, AT_ONCE).mapToObj(n -> "bare_" + n).toList();
        psql(names.stream().map(name -> "create role " + name + " login in role app_logs_read;"));
        long before = System.nanoTime();
        psql(names.stream().map(name -> "drop role " + name + ";"));
        return (System.nanoTime() - before) / 1e9;
    }

    private static void psql(java.util.stream.Stream<String> statements) throws IOException, InterruptedException {
        Path script = Files.createTempFile("bench", ".sql");
        Files.writeString(script, statements.collect(Collectors.joining("\n")));
        Process psql = new ProcessBuilder(
                        Tools.require("psql").toString(),
                        "-q",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-f",
                        script.toString(),
                        database.superuserUrl(Database.ORDERS))
                .redirectErrorStream(true)
                .start();
        String output = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(psql.waitFor()).as(output).isZero();
    }
}
