package dev.drawbridge.approval.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What time does to a level that nobody answers: a simulated fortnight, from one timer to the next. */
@DrawbridgeTest
class EscalationTest {
    @Autowired
    World world;

    @Autowired
    MoveTimers timers;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    /** The manager's level: reminded every 4 hours of office time, escalated after 8, over after 20. */
    static List<Arguments> fortnights() {
        return List.of(
                Arguments.of(
                        "an ordinary week",
                        "2036-05-06T10:00:00Z", // Tuesday noon
                        List.of(
                                "2036-05-06T14:00:00Z reminded",
                                "2036-05-07T08:00:00Z reminded",
                                "2036-05-07T08:00:00Z escalated",
                                "2036-05-07T12:00:00Z reminded",
                                "2036-05-07T16:00:00Z reminded",
                                "2036-05-08T10:00:00Z timed out")),
                Arguments.of(
                        "a weekend between",
                        "2036-05-09T14:00:00Z", // Friday at four
                        List.of(
                                "2036-05-12T08:00:00Z reminded",
                                "2036-05-12T12:00:00Z reminded",
                                "2036-05-12T12:00:00Z escalated",
                                "2036-05-12T16:00:00Z reminded",
                                "2036-05-13T10:00:00Z reminded",
                                "2036-05-13T14:00:00Z timed out")),
                Arguments.of(
                        "the clock goes forward",
                        "2036-03-28T15:00:00Z", // Friday at four, winter time
                        List.of(
                                "2036-03-31T08:00:00Z reminded",
                                "2036-03-31T12:00:00Z reminded",
                                "2036-03-31T12:00:00Z escalated",
                                "2036-03-31T16:00:00Z reminded",
                                "2036-04-01T10:00:00Z reminded",
                                "2036-04-01T14:00:00Z timed out")),
                Arguments.of(
                        "the clock goes back",
                        "2035-10-26T14:00:00Z", // Friday at four, summer time
                        List.of(
                                "2035-10-29T09:00:00Z reminded",
                                "2035-10-29T13:00:00Z reminded",
                                "2035-10-29T13:00:00Z escalated",
                                "2035-10-29T17:00:00Z reminded",
                                "2035-10-30T11:00:00Z reminded",
                                "2035-10-30T15:00:00Z timed out")),
                Arguments.of(
                        "a leap day",
                        "2036-02-28T13:00:00Z", // Thursday at two
                        List.of(
                                "2036-02-28T17:00:00Z reminded",
                                "2036-02-29T11:00:00Z reminded",
                                "2036-02-29T11:00:00Z escalated",
                                "2036-02-29T15:00:00Z reminded",
                                "2036-03-03T09:00:00Z reminded",
                                "2036-03-03T13:00:00Z timed out")),
                Arguments.of(
                        "holidays between",
                        "2027-03-25T13:00:00Z", // Thursday at two; Good Friday and Easter Monday, and the clock changes
                        List.of(
                                "2027-03-25T17:00:00Z reminded",
                                "2027-03-30T10:00:00Z reminded",
                                "2027-03-30T10:00:00Z escalated",
                                "2027-03-30T14:00:00Z reminded",
                                "2027-03-31T08:00:00Z reminded",
                                "2027-03-31T12:00:00Z timed out")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fortnights")
    void remindsEscalatesAndTimesOutAtTheExpectedInstants(String what, Instant start, List<String> expected) {
        world.clock().set(start);
        UUID id = world.request("engineer", "orders-write", "PT1H");

        List<String> seen = new ArrayList<>();
        List<String> before = world.trail(id);
        for (Instant due = nextTimer(id); due.isBefore(start.plus(Duration.ofDays(14))); due = nextTimer(id)) {
            world.clock().set(due);
            world.runDueJobs();
            List<String> now = world.trail(id);
            for (String sentence : now.subList(before.size(), now.size())) {
                String kind = sentence.contains("were reminded")
                        ? "reminded"
                        : sentence.contains("may answer as well")
                                ? "escalated"
                                : sentence.contains("in time") ? "timed out" : sentence;
                seen.add(world.clock().instant() + " " + kind);
            }
            before = now;
            if (world.state(id).equals("ENDED")) {
                break;
            }
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(world.outcome(id)).isEqualTo("TIMED_OUT");
        assertThat(world.loginExists(id)).isFalse();
    }

    private Instant nextTimer(UUID id) {
        return world.engine()
                .getManagementService()
                .createJobQuery()
                .processInstanceId(world.instanceOf(id))
                .timers()
                .orderByJobDuedate()
                .asc()
                .list()
                .get(0)
                .getDuedate()
                .toInstant();
    }

    @Test
    void movesDueDatesToWhereTheCalendarPutsThem() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        var management = world.engine().getManagementService();
        var tasks = world.engine().getTaskService();
        var job = management
                .createJobQuery()
                .processInstanceId(world.instanceOf(id))
                .activityId("boundaryEvent_deadline")
                .singleResult();
        // As an older calendar would have had it.
        management.setJobDuedate(
                job.getId(), java.util.Date.from(world.clock().instant().plus(Duration.ofDays(30))));
        var task =
                tasks.createTaskQuery().processInstanceId(world.instanceOf(id)).singleResult();
        task.setDueDate(java.util.Date.from(world.clock().instant().plus(Duration.ofDays(30))));
        tasks.saveTask(task);

        timers.moveAll();

        assertThat(tasks.createTaskQuery()
                        .processInstanceId(world.instanceOf(id))
                        .singleResult()
                        .getDueDate())
                .isEqualTo(java.util.Date.from(world.clock().instant().plus(Duration.ofHours(48))));
        world.pass(Duration.ofHours(48));
        assertThat(world.outcome(id)).isEqualTo("TIMED_OUT");
    }

    @Test
    void letsTheNextTierAnswerAndTakesNobodysRight() {
        UUID first = world.request("engineer", "orders-write", "PT1H");
        UUID second = world.request("engineer2", "orders-write", "PT1H");
        assertThat(world.decide("manager2", first, "approve").status()).isIn(403, 404);

        world.pass(Duration.ofHours(22));

        assertThat(world.decide("manager2", first, "approve").status()).isEqualTo(200);
        assertThat(world.decide("manager", second, "approve").status()).isEqualTo(200);
        assertThat(world.show(first).path("approvals").findValuesAsText("approver"))
                .containsExactly("manager2");
    }

    @Test
    void doesNotLetATierThatHasNotBeenAddedAnswer() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.pass(Duration.ofHours(4));

        assertThat(world.decide("manager2", id, "approve").status()).isIn(403, 404);
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void beginsTheNextLevelWithRemindersOfItsOwn() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.pass(Duration.ofHours(5));
        world.decide("manager", id, "approve");
        int entries = world.trail(id).size();

        // Five in the afternoon: four hours of office time later it is eleven in the morning.
        world.pass(Duration.ofHours(18).minusSeconds(1));
        assertThat(world.trail(id)).hasSize(entries);
        world.pass(Duration.ofSeconds(1));

        assertThat(world.trail(id)).last().asString().startsWith("Level owner still waits");
    }
}
