package dev.drawbridge.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Who reveals a credential while something else is done with the access. */
@DrawbridgeTest
class RevealCredentialTest {
    @Autowired
    World world;

    @Autowired
    RevealCredential reveal;

    @Autowired
    AccessRequests requests;

    @Autowired
    TransactionTemplate transaction;

    private final ExecutorService others = Executors.newCachedThreadPool();
    private final CountDownLatch done = new CountDownLatch(1);

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    @AfterEach
    void end() {
        done.countDown();
        others.shutdownNow();
    }

    /** As a round over the logins does for each of them. */
    private Future<?> lookInto(UUID id) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> look = others.submit(() -> transaction.executeWithoutResult(status -> {
            requests.lock(id);
            begun.countDown();
            try {
                done.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }));
        begun.await();
        return look;
    }

    @Test
    void waitsForWhatLooksIntoTheAccess() throws Exception {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        Future<?> look = lookInto(id);
        Thread[] person = new Thread[1];
        CountDownLatch asked = new CountDownLatch(1);
        Future<RevealCredential.Revealed> revealed = others.submit(() -> {
            person[0] = Thread.currentThread();
            asked.countDown();
            return reveal.reveal("engineer", id);
        });
        asked.await();
        await().until(() -> person[0].getState() == Thread.State.TIMED_WAITING);

        done.countDown();
        look.get();
        assertThat(revealed).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void refusesInTheEndAndLeavesTheCredentialBeforeAsItIs() throws SQLException, InterruptedException {
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        try (Connection session = world.connect("engineer", id)) {
            lookInto(id);
            Answer refused = world.act("engineer", id, "credentials", null);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.get("code")).isEqualTo("busy");
            assertThat(session.isValid(1)).isTrue();
        }
    }
}
