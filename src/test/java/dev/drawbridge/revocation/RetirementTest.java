package dev.drawbridge.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.catalog.KnownEntitlements;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.TestClock;
import dev.drawbridge.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/** What is retired can be asked for no more; what waits ends at once, and what is held ends or lasts as the catalog says. */
@DrawbridgeTest
class RetirementTest {
    private static final Duration UNTIL_THEN = Duration.ofHours(2);

    @Autowired
    World world;

    @Autowired
    KnownEntitlements known;

    /** The rules that are delivered, with a plan for some of the entitlements. */
    @DynamicPropertySource
    static void retireInTwoHours(DynamicPropertyRegistry properties) throws IOException {
        Path rules = Files.createTempDirectory("rules");
        FileSystemUtils.copyRecursively(Path.of("rules"), rules);
        Path catalog = rules.resolve("catalog.yaml");
        String at = "at: " + TestClock.TUESDAY_NOON.plus(UNTIL_THEN);
        Files.writeString(
                catalog,
                Files.readString(catalog)
                        .replace("role: app_logs_read}", "role: app_logs_read}\n    retired: {" + at + ", live: end}")
                        .replace("role: orders_read}", "role: orders_read}\n    retired: {" + at + ", live: keep}")
                        .replace("role: orders_write}", "role: orders_write}\n    retired: {" + at + ", live: end}"));
        properties.add("drawbridge.rules", rules::toString);
    }

    private void look() {
        world.runScheduled("Retirements.lookForDue");
        world.clock().advance(Duration.ofSeconds(3));
        world.sweep();
        world.runDueJobs();
    }

    /** One story, since a moment comes once. */
    @Test
    void endsWhatWaitsAndWhatIsHeldAsTheCatalogSaysWhenTheMomentHasCome() {
        world.clock().set(TestClock.TUESDAY_NOON);
        UUID waiting = world.request("engineer", "orders-write", "PT1H");
        UUID later = world.request(
                "engineer2",
                World.ask(
                        "app-logs-read",
                        "PT30M",
                        "startsAt",
                        world.clock().instant().plus(Duration.ofHours(5)).toString()));
        world.clock().advance(Duration.ofMinutes(90));
        look();
        UUID ending = world.request("engineer", "app-logs-read", "PT1H");
        UUID lasting = world.request("engineer", "orders-read", "PT1H");
        UUID unseen = world.request("engineer2", "orders-write", "PT1H");
        for (UUID given : List.of(ending, lasting)) {
            assertThat(world.state(given)).as("as ever until then").isEqualTo("ACTIVE");
            assertThat(world.loginExists(given)).isTrue();
        }
        assertThat(world.state(waiting)).isEqualTo("PENDING_APPROVAL");

        world.clock().advance(Duration.ofMinutes(30));

        cannotBeApproved(unseen);
        look();
        for (UUID id : List.of(waiting, later, unseen)) {
            hasEnded(id, "FAILED");
        }
        hasEnded(ending, "REVOKED");
        canBeAskedForNoMore();
        lastsButNoLonger(lasting);
    }

    private void cannotBeApproved(UUID id) {
        Answer refused = world.decide("manager", id, "approve");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("This cannot be approved. It has been retired since");
    }

    private void hasEnded(UUID id, String outcome) {
        assertThat(world.outcome(id)).isEqualTo(outcome);
        assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("It has been retired since"));
        assertThat(world.loginExists(id)).isFalse();
        assertThat(world.engine()
                        .getTaskService()
                        .createTaskQuery()
                        .processInstanceId(world.instanceOf(id))
                        .count())
                .isZero();
    }

    private void canBeAskedForNoMore() {
        int before = world.grants();

        Answer refused = world.post("engineer", "/api/v1/access-requests", World.ask("app-logs-read", "PT1H"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.get("type")).endsWith("entitlement-not-offered");
        assertThat(refused.detail()).contains("'app-logs-read' cannot be asked for. It has been retired since");
        assertThat(world.grants()).isEqualTo(before);
        assertThat(world.get("engineer", "/api/v1/catalog").json().findValuesAsText("id"))
                .doesNotContain("app-logs-read", "orders-read", "orders-write")
                .contains("orders-admin");
    }

    private void lastsButNoLonger(UUID held) {
        world.sweep();
        assertThat(world.state(held)).isEqualTo("ACTIVE");
        assertThat(world.act("engineer", held, "credentials", Map.of()).status())
                .isLessThan(300);

        Answer longer = world.act(
                "engineer", held, "extension", Map.of("duration", "PT30M", "justification", "There is more to do"));

        assertThat(longer.status()).isEqualTo(409);
        assertThat(longer.text()).contains("It has been retired since");
        world.pass(Duration.ofMinutes(31));
        assertThat(world.outcome(held)).isEqualTo("EXPIRED");
        assertThat(world.loginExists(held)).isFalse();
    }

    @Test
    void remembersWhatHasLeftTheCatalog() {
        world.jdbc()
                .sql(
                        "insert into entitlement_known values ('gone-read', 'Gone', 'gone', 'orders', 'READ', 'LOW', 'production', false, false, '{engineers}', :at)")
                .param("at", world.clock().instant().atOffset(ZoneOffset.UTC))
                .update();

        assertThat(known.find("gone-read").orElseThrow().requesters()).isEqualTo(Set.of("engineers"));
        assertThat(known.find("gone-read").orElseThrow().resource()).isEqualTo("gone");
        assertThat(known.find("app-logs-read").orElseThrow().name()).isEqualTo("Application logs");
        assertThat(known.find("never-there")).isEmpty();
    }
}
