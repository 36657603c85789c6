package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.FileSystemUtils;

/** A guardrail that looks at what others hold: what only one may have, only one gets, whenever they ask. */
@DrawbridgeTest
class OneAtATimeTest {
    private static final int OFTEN = 10;

    @Autowired
    World world;

    @Autowired
    Guardrails guardrails;

    @Autowired
    GatherFacts facts;

    @Autowired
    Rulebook usual;

    @TempDir
    Path rules;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @BeforeEach
    void onlyOneReadsTheLogs() throws IOException {
        world.startAfresh();
        FileSystemUtils.copyRecursively(Path.of("rules"), rules);
        Files.writeString(rules.resolve("conflicts/one-reader-at-a-time.drl"), """
                rule "Somebody else reads the logs at the moment"
                when
                    Wanted( $id : id, level == AccessLevel.READ )
                    HeldByOthers( id == $id, people >= 1 )
                then
                    guardrail.deny();
                end
                """);
        RuleFiles files = new RuleFiles(rules);
        judgeBy(new Rulebook(files, AnyWords.ofOurs()));
    }

    private void judgeBy(Rulebook rulebook) {
        ReflectionTestUtils.setField(guardrails, "rulebook", rulebook);
        ReflectionTestUtils.setField(facts, "rulebook", rulebook);
    }

    @AfterEach
    void theUsualRules() {
        threads.shutdownNow();
        judgeBy(usual);
    }

    @Test
    void refusesWhatAnotherHoldsUntilItIsHandedBack() {
        UUID first = world.request("engineer", "app-logs-read", "PT30M");
        UUID second = world.request("engineer2", "app-logs-read", "PT30M");

        assertThat(world.state(first)).isEqualTo("ACTIVE");
        assertThat(world.outcome(second)).isEqualTo("DENIED");
        assertThat(world.loginExists(second)).isFalse();

        world.act("engineer", first, "return", null);
        world.runDueJobs();

        assertThat(world.state(world.request("engineer2", "app-logs-read", "PT30M")))
                .isEqualTo("ACTIVE");
    }

    @Test
    void doesNotCountWhatOneHoldsOneself() {
        world.request("engineer", "app-logs-read", "PT30M");

        assertThat(world.state(world.request("engineer", "orders-read", "PT30M")))
                .isEqualTo("ACTIVE");
    }

    @RepeatedTest(OFTEN)
    void givesItToOneOfTwoWhoseGrantsAreMadeAtTheSameMoment() throws Exception {
        List<UUID> asked = new ArrayList<>();
        for (String who : List.of("engineer", "engineer2")) {
            asked.add(UUID.fromString(world.post(who, "/api/v1/access-requests", World.ask("app-logs-read", "PT30M"))
                    .get("id")));
        }
        assertThat(asked).allMatch(id -> world.state(id).equals("PROVISIONING"));

        CyclicBarrier together = new CyclicBarrier(2);
        List<Future<?>> grants = new ArrayList<>();
        for (Job job : world.engine()
                .getManagementService()
                .createJobQuery()
                .messages()
                .list()) {
            grants.add(threads.submit(() -> {
                together.await();
                world.engine().getManagementService().executeJob(job.getId());
                return null;
            }));
        }
        for (Future<?> grant : grants) {
            grant.get();
        }
        world.runDueJobs();

        assertThat(asked).extracting(world::state).containsExactlyInAnyOrder("ACTIVE", "ENDED");
        UUID refused = asked.get(world.state(asked.get(0)).equals("ENDED") ? 0 : 1);
        assertThat(world.loginExists(refused)).isFalse();
        assertThat(world.trail(refused)).anyMatch(line -> line.contains("Somebody else reads the logs"));
    }
}
