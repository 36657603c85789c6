package dev.drawbridge.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several nodes on one database, none of them special: what one leaves when it dies, the others finish. */
class ClusterIT {
    /** The bench takes 300. */
    private static final int GRANTS = Integer.getInteger("drawbridge.cluster.grants", 90);
    /** Time to ask for all of them, and then to give all of them, on two cores that everything here shares. */
    private static final Duration ASKING = Duration.ofSeconds(10 + GRANTS / 10);

    private static final Duration GRANTING = Duration.ofSeconds(15 + GRANTS / 6);

    private static final List<RunningJar> NODES = new ArrayList<>();
    private static final ExecutorService PEOPLE = Executors.newFixedThreadPool(12);
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        database = Database.start();
        for (int node = 0; node < 3; node++) {
            NODES.add(RunningJar.prepare()
                    .with(database.options(database.port(), database.port()))
                    .memory("320m"));
        }
        List<Future<?>> starting = new ArrayList<>();
        NODES.forEach(node -> starting.add(PEOPLE.submit(node::launch)));
        for (Future<?> start : starting) {
            start.get();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        PEOPLE.shutdown();
        for (RunningJar node : NODES) {
            node.close();
        }
        database.close();
    }

    @Test
    void grantsThatEndTogetherAreEachRevokedOnceWithinTenSecondsAlthoughANodeIsKilled() throws Exception {
        askForAll(Instant.now().plus(ASKING));
        database.await("all is granted", GRANTS, Database.APPLICATION, "select count(*) from grant_confirmation");
        assertThat(number("select count(distinct expires_at) from access_grant"))
                .isEqualTo(1);

        database.await("they begin to end", 1, Database.APPLICATION, "select least(count(*), 1) from revocation");
        NODES.get(2).kill();
        long open = number("select count(*) from open_grant");
        assertThat(open).as("those still open when it is killed").isPositive();

        database.await("all have ended", GRANTS, Database.APPLICATION, "select count(*) from revocation_confirmation");
        database.await("no process is left", 0, Database.APPLICATION, "select count(*) from act_ru_execution");
        assertThat(number("select count(*) from access_request_now where state = 'ENDED' and outcome = 'EXPIRED'"))
                .isEqualTo(GRANTS);
        assertThat(number("select count(*) from audit_entry where kind = 'access-revoked'"))
                .isEqualTo(GRANTS);
        assertThat(number("select count(distinct request_id) from audit_entry where kind = 'access-revoked'"))
                .isEqualTo(GRANTS);
        assertThat(number("select count(*) from open_grant")).isZero();
        assertThat(database.number(
                        Database.ORDERS, "select count(*) from pg_roles where rolname ~ '^drawbridge_[0-9a-f]{12}$'"))
                .isZero();
        List<Double> lags = lags();
        System.out.printf(
                "%n%d grants end together on three nodes, one is killed with %d open: p50 %.2f s, p99 %.2f s, max %.2f s%n",
                GRANTS, open, lags.get(GRANTS / 2), lags.get(GRANTS * 99 / 100 - 1), lags.get(GRANTS - 1));
        assertThat(lags.get(GRANTS - 1)).isLessThanOrEqualTo(10);
    }

    private static long number(String query) throws Exception {
        return database.number(Database.APPLICATION, query);
    }

    private static void askForAll(Instant start) throws Exception {
        List<Future<String>> answers = new ArrayList<>();
        for (String engineer : database.engineers(GRANTS)) {
            RunningJar node = NODES.get(answers.size() % NODES.size());
            answers.add(PEOPLE.submit(() -> node.call(
                    engineer,
                    "POST",
                    "/api/v1/access-requests",
                    "{\"entitlement\":\"app-logs-read\",\"duration\":\"" + GRANTING + "\",\"startsAt\":\"" + start
                            + "\",\"justification\":\"Until we all have to leave\"}")));
        }
        for (Future<String> answer : answers) {
            assertThat(answer.get()).contains("\"outcome\":\"ALLOWED\"");
        }
    }

    /** From the end of each grant until the target confirmed that nothing is left, in seconds, the shortest first. */
    private static List<Double> lags() throws Exception {
        return database
                .texts(
                        Database.APPLICATION,
                        "select extract(epoch from c.confirmed_at - g.expires_at) from revocation_confirmation c"
                                + " join access_grant g using (request_id) order by 1")
                .stream()
                .map(Double::valueOf)
                .toList();
    }
}
