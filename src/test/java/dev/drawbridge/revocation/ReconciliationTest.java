package dev.drawbridge.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.grant.Access;
import dev.drawbridge.grant.postgres.SharedClock;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the target holds and what the grants say are held against each other, in both directions. */
@DrawbridgeTest
class ReconciliationTest {
    private static final String FOREIGN = "drawbridge_00000000abcd";

    @Autowired
    World world;

    @Autowired
    SharedClock targetClock;

    @Autowired
    PlatformTransactionManager transactions;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    @AfterEach
    void clean() {
        targetClock.shift(Duration.ZERO);
        world.superuser("postgres", "drop role if exists " + FOREIGN);
        reconcile();
    }

    private void reconcile() {
        world.runScheduled("Reconciliation");
        world.clock().advance(Duration.ofSeconds(3));
        world.sweep();
        world.runDueJobs();
    }

    private static String login(UUID id) {
        return Access.principalFor(id);
    }

    private List<String> open() {
        return world.get("operator", "/api/v1/open-access")
                .json()
                .path("discrepancies")
                .findValuesAsText("kind");
    }

    private List<String> roles(UUID id) {
        return world.query("select g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid"
                + " join pg_roles l on l.oid = m.member where l.rolname = '" + login(id) + "'");
    }

    @Test
    void findsNothingWhereEverythingIsAsItShould() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        int before = entries();

        reconcile();
        reconcile();

        assertThat(open()).isEmpty();
        assertThat(entries()).isEqualTo(before);
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void leavesTheLoginsOfAnotherDrawbridgeAlone() {
        world.superuser(
                "postgres",
                "set role drawbridge_connector; create role " + FOREIGN + " login; comment on role " + FOREIGN
                        + " is 'Access request 1, given by Drawbridge " + UUID.randomUUID() + "'");

        reconcile();

        assertThat(world.logins()).contains(FOREIGN);
        assertThat(open()).isEmpty();
    }

    private int entries() {
        return world.jdbc()
                .sql("select count(*) from audit_entry")
                .query(Integer.class)
                .single();
    }

    @Test
    void setsBackAnEndThatWasPushedOut() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        Instant end =
                Instant.parse(world.show(id).path("grant").path("expiresAt").asText());
        world.superuser("postgres", "alter role " + login(id) + " valid until 'infinity'");

        reconcile();

        assertThat(world.query("select extract(epoch from rolvaliduntil)::bigint::text from pg_roles where rolname = '"
                        + login(id) + "'"))
                .containsExactly(Long.toString(end.getEpochSecond()));
        assertThat(world.trail(id))
                .anyMatch(sentence -> sentence.contains("would last for ever instead of until "))
                .anyMatch(sentence -> sentence.contains("set back to what was granted"));
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void saysUntilWhenALoginWouldLastOnTheClockOfWhoeverReadsIt() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        Instant end =
                Instant.parse(world.show(id).path("grant").path("expiresAt").asText());
        Instant later = end.plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
        world.superuser("postgres", "alter role " + login(id) + " valid until '" + later + "'");

        reconcile();

        WallClock berlin =
                new WallClock(ZoneId.of("Europe/Berlin"), world.clock().instant());
        assertThat(world.trail(id))
                .anyMatch(sentence -> sentence.endsWith(
                        "would last until " + berlin.moment(later) + " instead of until " + berlin.moment(end) + "."));
    }

    @Test
    void endsAccessWhoseRightsWereWidenedByAStrongerHandAndCutsItsSession() throws Exception {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        try (Connection session = world.connect("engineer", id)) {
            world.superuser("postgres", "grant orders_admin to " + login(id));

            reconcile();

            assertThatThrownBy(() -> World.values(session, "select 1")).isInstanceOf(SQLException.class);
        }
        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.outcome(id)).isEqualTo("REVOKED");
        assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("is a member of orders_admin"));
    }

    @Test
    void takesBackAMembershipThatItsOwnAccountWasMadeToGive() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        world.superuser("postgres", "grant orders_admin to " + login(id) + " granted by drawbridge_connector");

        reconcile();

        assertThat(roles(id)).containsExactly("app_logs_read");
        assertThat(world.state(id)).isEqualTo("ACTIVE");
        assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("set back to what was granted"));
    }

    @Test
    void endsAccessOfALoginThatWasGivenRightsOfItsOwnAndClearsItAwayOnceSomebodyTakesThemBack() throws Exception {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        try (Connection session = world.connect("engineer", id)) {
            world.superuser("orders", "grant select on customers to " + login(id));

            reconcile();

            assertThatThrownBy(() -> World.values(session, "select 1")).isInstanceOf(SQLException.class);
        }
        assertThat(world.query("select rolcanlogin::text from pg_roles where rolname = '" + login(id) + "'"))
                .containsExactly("false");
        assertThat(roles(id)).isEmpty();
        assertThat(world.outcome(id)).as("nobody can use it").isEqualTo("REVOKED");
        assertThat(world.trail(id))
                .anyMatch(sentence -> sentence.contains("has rights of its own in orders"))
                .anyMatch(sentence -> sentence.contains("is left in the database orders"));
        assertThat(open()).containsExactly("REMNANT");

        reconcile();
        assertThat(open()).as("it is raised until it is gone").containsExactly("REMNANT");

        world.superuser("orders", "revoke select on customers from " + login(id));
        reconcile();
        assertThat(world.loginExists(id)).isFalse();
        assertThat(open()).isEmpty();
        assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("It was cleared away."));
    }

    @Test
    void endsTheGrantWhoseLoginIsGoneInsteadOfMakingItAnew() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        world.superuser("orders", "drop owned by " + login(id));
        world.superuser("orders", "drop role " + login(id));

        reconcile();

        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.outcome(id)).isEqualTo("REVOKED");
        assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("removed on the target"));
    }

    @Test
    void endsTheGrantWhoseLoginCanNoLongerUseWhatWasGranted() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        world.superuser("orders", "revoke app_logs_read from " + login(id) + " granted by drawbridge_connector");

        reconcile();

        assertThat(world.outcome(id)).isEqualTo("REVOKED");
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void endsNobodysAccessForWhatAnotherLoginGaveThem() throws Exception {
        UUID victim = world.request("engineer", "app-logs-read", "PT1H");
        UUID other = world.request("engineer2", "app-logs-read", "PT1H");
        try (Connection session = world.connect("engineer2", other);
                var statement = session.createStatement()) {
            statement.execute("alter default privileges grant select on tables to " + login(victim));
        }

        reconcile();

        assertThat(world.state(victim)).isEqualTo("ACTIVE");
    }

    @Test
    void removesALoginWhoseGrantHasEnded() {
        UUID id = world.request("engineer", "app-logs-read", "PT1M");
        world.pass(Duration.ofMinutes(1));
        assertThat(world.loginExists(id)).isFalse();
        world.superuser("postgres", "set role drawbridge_connector; create role " + login(id) + " login");

        reconcile();

        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("although its grant has ended"));
    }

    @Test
    void raisesALoginThatSomebodyElseMadeAndSettlesItWhenItIsGone() {
        world.superuser("postgres", "create role " + FOREIGN + " login");

        reconcile();
        reconcile();

        assertThat(open()).containsExactly("STRAY_LOGIN");
        world.superuser("postgres", "drop role " + FOREIGN);
        reconcile();
        assertThat(open()).isEmpty();
    }

    @Test
    void takesAwayAPasswordThatAHolderHasSetAndPutsItOnRecord() throws Exception {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        try (Connection session = world.connect("engineer", id);
                var statement = session.createStatement()) {
            reconcile();
            assertThat(world.trail(id)).as("revealed, and used as it should").noneMatch(this::isAboutPasswords);
            statement.execute("alter role current_user password 'of my own making'");
            String url = session.getMetaData().getURL();
            DriverManager.getConnection(url, login(id), "of my own making").close();

            reconcile();

            assertThatThrownBy(() -> DriverManager.getConnection(url, login(id), "of my own making"))
                    .hasMessageContaining("password authentication failed");
            assertThat(World.values(session, "select 1"))
                    .as("the session goes on")
                    .hasSize(1);
        }
        assertThat(world.trail(id)).anyMatch(this::isAboutPasswords);
        assertThat(world.state(id)).isEqualTo("ACTIVE");
        assertThat(open()).isEmpty();
        world.connect("engineer", id).close();
    }

    private boolean isAboutPasswords(String sentence) {
        return sentence.contains("gave it another password");
    }

    @Test
    void raisesATargetWhoseClockIsAnotherAndSetsEndsByIt() {
        targetClock.shift(Duration.ofHours(-1));
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        Instant end =
                Instant.parse(world.show(id).path("grant").path("expiresAt").asText());

        reconcile();

        assertThat(world.query("select extract(epoch from rolvaliduntil)::bigint::text from pg_roles where rolname = '"
                        + login(id) + "'"))
                .containsExactly(Long.toString(end.minus(Duration.ofHours(1)).getEpochSecond()));
        assertThat(open()).containsExactly("CLOCK");
        assertThat(world.get("operator", "/actuator/metrics/drawbridge.target.clock.skew.seconds?tag=target:orders")
                        .json()
                        .at("/measurements/0/value")
                        .asDouble())
                .isEqualTo(-3600);
        assertThat(world.state(id)).isEqualTo("ACTIVE");

        targetClock.shift(Duration.ZERO);
        reconcile();
        assertThat(open()).isEmpty();
        assertThat(world.query("select extract(epoch from rolvaliduntil)::bigint::text from pg_roles where rolname = '"
                        + login(id) + "'"))
                .containsExactly(Long.toString(end.minus(Duration.ofHours(1)).getEpochSecond()));
    }

    @Test
    void raisesTheDefaultPrivilegesThatAHolderLeftForTheRoleItself() throws Exception {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        try (Connection session = world.connect("engineer", id);
                var statement = session.createStatement()) {
            statement.execute("alter default privileges for role app_logs_read grant select on tables to public");
        }
        world.post("security", "/api/v1/access-requests/" + id + "/revocation", Map.of("reason", "Odd"));
        reconcile();
        assertThat(world.loginExists(id)).isFalse();

        reconcile();

        var found = world.get("operator", "/api/v1/open-access").json().path("discrepancies");
        assertThat(found.findValuesAsText("kind")).containsExactly("DEFAULT_PRIVILEGES");
        world.superuser("orders", found.get(0).path("cure").asText());
        reconcile();
        assertThat(open()).isEmpty();
    }

    @Test
    void saysNothingOfALoginThatSomebodyElseIsAtAtThisMoment() {
        UUID id = world.request("engineer", "app-logs-read", "PT1M");
        world.pass(Duration.ofMinutes(1));
        world.superuser("postgres", "set role drawbridge_connector; create role " + login(id) + " login");
        world.superuser("postgres", "alter role " + login(id) + " superuser");
        reconcile();
        assertThat(open()).containsExactly("STRAY_LOGIN");

        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            world.jdbc()
                    .sql("select 1 from access_request where id = :id for update")
                    .param("id", id)
                    .query(Integer.class)
                    .single();
            CompletableFuture.runAsync(() -> world.runScheduled("Reconciliation"))
                    .join();
        });

        assertThat(open()).as("it is there still").containsExactly("STRAY_LOGIN");
        world.superuser("postgres", "drop role " + login(id));
        reconcile();
        assertThat(open()).isEmpty();
    }

    @Test
    void keepsHealthUpAndLetsTheRequesterAskAgainWhileSomethingIsLeft() {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        world.superuser("orders", "grant select on customers to " + login(id));
        world.act("engineer", id, "return", null);
        assertThat(world.outcome(id)).isEqualTo("RETURNED");
        world.clock().advance(Duration.ofMinutes(10));

        var health = world.get("operator", "/actuator/health").json();
        assertThat(health.path("status").asText()).isEqualTo("UP");
        assertThat(health.at("/components/revocation/details/remnants").asInt()).isEqualTo(1);
        UUID again = world.request("engineer", "app-logs-read", "PT1H");
        assertThat(world.state(again)).isEqualTo("ACTIVE");

        world.superuser("orders", "revoke select on customers from " + login(id));
        reconcile();
        assertThat(open()).isEmpty();
    }

    @Test
    void touchesNothingThatIsBeingGivenOrTakenAtThisMoment() {
        UUID[] id = new UUID[1];
        world.whileTheTargetIsDown(() -> {
            id[0] = world.request("engineer", "app-logs-read", "PT1H");
            world.runScheduled("Reconciliation");
        });
        assertThat(world.state(id[0])).isEqualTo("PROVISIONING");
        world.runScheduled("Reconciliation");
        world.pass(Duration.ofMinutes(1));

        assertThat(world.state(id[0])).isEqualTo("ACTIVE");
        assertThat(open()).isEmpty();
    }
}
