package dev.drawbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.Browser;
import dev.drawbridge.testing.Crowd;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.Statements;
import dev.drawbridge.testing.Statements.Counted;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is said to our database, in statements and commits: never more than this, however much there is. */
@DrawbridgeTest
class BudgetTest {
    @Autowired
    World world;

    @Autowired
    Statements statements;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        // What a node looks up once is looked up.
        world.request("engineer", "app-logs-read", "PT30M");
        world.runDueJobs();
        world.startAfresh();
    }

    private static void isWithin(Counted counted, int statements, int commits) {
        String said = counted.said().stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .map(one -> one.getValue() + " x " + one.getKey().replaceAll("\\s+", " "))
                .sorted()
                .collect(Collectors.joining("\n"));
        assertThat(counted.statements()).as(said).isLessThanOrEqualTo(statements);
        assertThat(counted.commits()).as(said).isLessThanOrEqualTo(commits);
    }

    @Test
    void ofAnAutomaticGrant() {
        isWithin(
                statements.during(() -> {
                    world.request("engineer", "app-logs-read", "PT30M");
                    world.runDueJobs();
                }),
                // Three statements and three commits of these are the test's own, which looks for jobs; two are for a
                // network
                // that is not known any more. It is 48 otherwise.
                50,
                8);
    }

    @Test
    void ofAnAnswer() {
        UUID id = world.request("engineer", "orders-write", "PT30M");

        isWithin(statements.during(() -> world.decide("manager", id, "approve")), 103, 3);
    }

    @Test
    void ofTheRoundOverWhatWaits() {
        waiting();

        isWithin(statements.during(() -> world.runScheduled("ApprovalTasks")), 8, 1);
    }

    @Test
    void ofWhoCallsWithAPassword() {
        world.get("engineer", "/api/v1/catalog");

        isWithin(statements.during(() -> world.get("engineer", "/api/v1/catalog")), 1, 0);
    }

    @Test
    void ofWhoCallsWithASession() {
        Browser browser = Browser.of(world, "engineer", "engineer");
        browser.get("/api/v1/catalog");

        // Its session, and its account.
        isWithin(statements.during(() -> browser.get("/api/v1/catalog")), 2, 0);
    }

    @Test
    void ofAnApproversStartPage() {
        waiting();

        isWithin(statements.during(() -> world.get("manager", "/")), 23, 5);
    }

    private static final Map<String, List<String>> PAGES = Map.of(
            "manager", List.of("/", "/api/v1/access-requests"),
            "engineer", List.of("/", "/api/v1/access-requests?mine=true", "/api/v1/news"),
            "operator",
                    List.of(
                            "/",
                            "/operations",
                            "/operations/revocations?requester=engineer",
                            "/api/v1/open-access",
                            "/api/v1/revocations"),
            "administrator", List.of("/", "/people", "/people/person?id=engineer", "/api/v1/people/engineer"),
            "auditor",
                    List.of(
                            "/operations",
                            "/api/v1/access-requests",
                            "/api/v1/access-requests?state=PENDING_APPROVAL&requester=engineer&entitlement=orders-write"));

    @Test
    void ofEachPageWhateverItShows() {
        world.request("engineer", "orders-read-unmasked", "PT30M");
        pagesAreWithinTheirBudget();

        many();

        pagesAreWithinTheirBudget();
    }

    private void pagesAreWithinTheirBudget() {
        SoftAssertions pages = new SoftAssertions();
        PAGES.forEach((who, paths) -> paths.forEach(path -> {
            Counted counted = shown(who, path);
            pages.assertThat(counted.statements())
                    .as("%s at %s: %s", who, path, String.join("\n", counted.said()))
                    .isLessThanOrEqualTo(10);
            pages.assertThat(counted.commits()).as("%s at %s", who, path).isLessThanOrEqualTo(2);
        }));
        pages.assertAll();
    }

    private Counted shown(String who, String path) {
        // From where somebody signs in is noted once in a while.
        world.get(who, "/clock");
        return statements.during(() -> {
            Answer page = world.get(who, path);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
        });
    }

    /** As many lines as two people may have: what starts later does not overlap. */
    private void many() {
        for (String who : List.of("engineer", "engineer2")) {
            for (int day = 1; day <= 20; day++) {
                String start = world.clock()
                        .instant()
                        .plus(Duration.ofHours(12L * day))
                        .toString();
                world.request(
                        who, World.ask(day % 2 == 0 ? "orders-write" : "app-logs-read", "PT30M", "startsAt", start));
            }
        }
    }

    @Test
    void ofARequestersStartPage() {
        waiting();

        isWithin(statements.during(() -> world.get("engineer", "/")), 22, 5);
    }

    @Test
    void ofEndingManyAtOnce() {
        try (Crowd crowd = new Crowd(world, 250)) {
            crowd.access(500, "app-logs-read", "orders-read");
            long onTheTarget = transactionsOnTheTarget();
            world.clock().advance(Duration.ofHours(1));

            Counted counted = statements.during(() -> {
                world.sweep();
                // Connections that were cut for the count fail once.
                world.clock().advance(Duration.ofSeconds(3));
                world.sweep();
            });

            assertThat(world.logins()).isEmpty();
            assertThat(world.jdbc()
                            .sql("select count(*) from act_ru_execution")
                            .query(Integer.class)
                            .single())
                    .as("their processes have come to their ends")
                    .isZero();
            isWithin(counted, 500 * 60, 500 / 5);
            // PostgreSQL counts what its own workers do there meanwhile, too.
            assertThat(transactionsOnTheTarget() - onTheTarget).isLessThanOrEqualTo(500 / 5);
        }
    }

    /** A session tells what it has done when it ends at the latest. */
    private long transactionsOnTheTarget() {
        world.whileTheTargetIsDown(() -> {});
        return world.jdbc()
                .sql("select xact_commit from pg_stat_database where datname = 'orders'")
                .query(Long.class)
                .single();
    }

    private void waiting() {
        for (String who : List.of("engineer", "engineer2")) {
            for (String what : List.of("orders-write", "orders-read-unmasked", "orders-admin")) {
                world.request(who, World.ask(what, "PT30M", "justification", "To mend order 4711, as agreed"));
            }
        }
    }
}
