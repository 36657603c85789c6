package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;

/** What runs still on the process of an earlier release, which named its listeners itself, comes to the same ends. */
@DrawbridgeTest
class EarlierProcessTest {
    @Autowired
    World world;

    ProcessOfOnesOwn published;

    @BeforeEach
    void runOnAnEarlierProcess() throws IOException {
        world.startAfresh();
        published = new ProcessOfOnesOwn(world.engine());
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="endEvent_done"/>
                <bpmn:endEvent id="endEvent_done"/>
                """);
        published.wasPublishedByAnEarlierRelease(
                new ClassPathResource("earlier/access-request.bpmn").getContentAsString(StandardCharsets.UTF_8),
                world.jdbc());
    }

    @AfterEach
    void takeBack() {
        published.takeBack();
    }

    @Test
    void isRejectedWithTheWordsOfWhoRefused() {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        world.decide("manager", id, "reject");

        assertThat(world.outcome(id)).isEqualTo("REJECTED");
        assertThat(world.trail(id)).last().asString().contains("I have looked at it");
        isOverWithoutAccess(id);
    }

    @Test
    void timesOutWhereNobodyAnswers() {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        world.pass(Duration.ofDays(30));

        assertThat(world.outcome(id)).isEqualTo("TIMED_OUT");
        isOverWithoutAccess(id);
    }

    @Test
    void isWithdrawnWhileItWaitsForAnAnswer() {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        assertThat(world.act("engineer", id, "withdrawal", null).status()).isEqualTo(200);

        assertThat(world.outcome(id)).isEqualTo("WITHDRAWN");
        isOverWithoutAccess(id);
    }

    @Test
    void isWithdrawnWhileItWaitsForItsStart() {
        UUID id = world.request(
                "engineer",
                World.ask(
                        "app-logs-read",
                        "PT1H",
                        "startsAt",
                        world.clock().instant().plus(Duration.ofHours(3)).toString()));

        assertThat(world.act("engineer", id, "withdrawal", null).status()).isEqualTo(200);

        assertThat(world.outcome(id)).isEqualTo("WITHDRAWN");
        isOverWithoutAccess(id);
    }

    @Test
    void goesOnWithoutAnAnswerThatDoesNotComeAndIsGivenAndHandedBack() {
        UUID id = world.request("engineer", "orders-read", "PT2H");
        world.decide("manager", id, "ask");
        for (int day = 0;
                day < 14
                        && world.engine()
                                        .getTaskService()
                                        .createTaskQuery()
                                        .processInstanceId(world.instanceOf(id))
                                        .taskDefinitionKey("task_answerQuestion")
                                        .count()
                                > 0;
                day++) {
            world.pass(Duration.ofHours(12));
        }

        assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("did not answer"));
        assertThat(world.decide("manager", id, "approve").status()).isEqualTo(200);
        assertThat(world.state(id)).isEqualTo("ACTIVE");
        assertThat(world.act("engineer", id, "return", null).status()).isEqualTo(200);
        assertThat(world.outcome(id)).isEqualTo("RETURNED");
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void failsWithItsReasonWhereItsTimePassesBeforeItCanBeGiven() {
        world.whileTheTargetIsDown(() -> {
            UUID id = world.request(
                    "engineer",
                    World.ask(
                            "app-logs-read",
                            "PT15M",
                            "startsAt",
                            world.clock().instant().plus(Duration.ofHours(1)).toString()));
            world.clock().advance(Duration.ofHours(5));
            world.runDueJobs();

            assertThat(world.outcome(id)).isEqualTo("FAILED");
            assertThat(world.trail(id))
                    .anyMatch(sentence -> sentence.contains("Its time had passed before access could be given"));
            assertThat(world.engine()
                            .getRuntimeService()
                            .createProcessInstanceQuery()
                            .processInstanceId(world.instanceOf(id))
                            .count())
                    .isZero();
        });
    }

    @Test
    void takesTheAnswerOfTheRequester() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "ask");

        world.act("engineer", id, "answer", Map.of("answer", "The checkout is slow"));

        assertThat(world.lastEntry())
                .isEqualTo(
                        "engineer: Erin Engineer (engineer) answered Mara Manager (manager): “The checkout is slow”");
        assertThat(world.decide("manager", id, "approve").status()).isEqualTo(200);
    }

    private void isOverWithoutAccess(UUID id) {
        assertThat(world.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(world.instanceOf(id))
                        .count())
                .isZero();
        assertThat(world.show(id).path("grant").isNull()).isTrue();
        assertThat(world.loginExists(id)).isFalse();
    }
}
