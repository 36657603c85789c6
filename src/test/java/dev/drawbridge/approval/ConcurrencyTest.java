package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;

/** Two things at the same moment, against the real database: one outcome each, every time. */
@DrawbridgeTest
class ConcurrencyTest {
    private static final int OFTEN = 60;

    @Autowired
    World world;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private record Both(Answer first, Answer second) {
        List<Integer> statuses() {
            return List.of(first.status(), second.status());
        }

        Answer loser() {
            return first.status() == 200 ? second : first;
        }
    }

    private Both atOnce(Callable<Answer> first, Callable<Answer> second) throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        Future<Answer> one = threads.submit(() -> {
            together.await();
            return first.call();
        });
        Future<Answer> other = threads.submit(() -> {
            together.await();
            return second.call();
        });
        return new Both(one.get(), other.get());
    }

    private Answer answer(String who, UUID id, String decision) {
        return world.post(
                who,
                "/api/v1/access-requests/" + id + "/decision",
                Map.of("decision", decision, "comment", "At the same moment"));
    }

    private void oneHasBeenToldThatItIsSettled(Both both) {
        assertThat(both.statuses()).containsExactlyInAnyOrder(200, 409);
        assertThat(both.loser().detail()).containsAnyOf("already been settled", "already been decided");
        assertThat(both.loser().text()).doesNotContain("Exception", "org.camunda");
    }

    private UUID atTheOwners() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "approve");
        return id;
    }

    @RepeatedTest(OFTEN)
    void takesOneOfTwoApprovalsWhereOneIsNeeded() throws Exception {
        UUID id = atTheOwners();

        Both both = atOnce(() -> answer("owner", id, "approve"), () -> answer("owner2", id, "approve"));
        world.runDueJobs();

        oneHasBeenToldThatItIsSettled(both);
        assertThat(world.state(id)).isEqualTo("ACTIVE");
        assertThat(world.show(id).path("approvals")).hasSize(2);
    }

    @RepeatedTest(OFTEN)
    void takesBothApprovalsWhereTwoAreNeeded() throws Exception {
        UUID id = world.request("engineer", "orders-admin", "PT1H");
        world.decide("manager", id, "approve");

        Both both = atOnce(() -> answer("owner", id, "approve"), () -> answer("owner2", id, "approve"));

        assertThat(both.statuses())
                .as(both.first().text() + both.second().text())
                .containsExactly(200, 200);
        assertThat(world.show(id).path("approvals").findValuesAsText("approver"))
                .containsExactlyInAnyOrder("manager", "owner", "owner2");
        assertThat(world.loginExists(id)).isFalse();
    }

    @RepeatedTest(OFTEN)
    void takesEitherTheApprovalOrTheRefusal() throws Exception {
        UUID id = atTheOwners();

        Both both = atOnce(() -> answer("owner", id, "approve"), () -> answer("owner2", id, "reject"));
        world.runDueJobs();

        oneHasBeenToldThatItIsSettled(both);
        boolean approved = both.first().status() == 200;
        assertThat(world.loginExists(id)).isEqualTo(approved);
        assertThat(world.state(id)).isEqualTo(approved ? "ACTIVE" : "ENDED");
        assertThat(world.outcome(id)).isEqualTo(approved ? "null" : "REJECTED");
    }

    @RepeatedTest(OFTEN)
    void takesEitherTheApprovalOrTheWithdrawal() throws Exception {
        UUID id = atTheOwners();

        Both both = atOnce(
                () -> answer("owner", id, "approve"),
                () -> world.post("engineer", "/api/v1/access-requests/" + id + "/withdrawal", null));
        world.runDueJobs();

        oneHasBeenToldThatItIsSettled(both);
        boolean approved = both.first().status() == 200;
        assertThat(world.loginExists(id)).isEqualTo(approved);
        assertThat(world.state(id)).isEqualTo(approved ? "ACTIVE" : "ENDED");
    }

    @RepeatedTest(OFTEN)
    void takesEitherTheApprovalOrTheWithdrawalThoughTheProcessDoesNotListen() throws Exception {
        ProcessOfOnesOwn published = new ProcessOfOnesOwn(world.engine());
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_approveAccess"/>
                <bpmn:userTask id="task_approveAccess"/>
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_approveAccess" targetRef="task_grantAccess"/>
                <bpmn:serviceTask id="task_grantAccess" camunda:delegateExpression="#{grantAccess}"/>
                <bpmn:sequenceFlow id="flow_3" sourceRef="task_grantAccess" targetRef="task_useAccess"/>
                <bpmn:userTask id="task_useAccess"/>
                """);
        try {
            UUID id = world.request("engineer", "orders-read", "PT2H");

            Both both = atOnce(
                    () -> answer("manager", id, "approve"),
                    () -> world.post("engineer", "/api/v1/access-requests/" + id + "/withdrawal", null));
            world.runDueJobs();

            oneHasBeenToldThatItIsSettled(both);
            boolean approved = both.first().status() == 200;
            assertThat(world.loginExists(id)).isEqualTo(approved);
            assertThat(world.state(id)).isEqualTo(approved ? "ACTIVE" : "ENDED");
        } finally {
            published.takeBack();
        }
    }

    @RepeatedTest(OFTEN)
    void takesEitherTheApprovalOrTheDeadline() throws Exception {
        UUID id = world.request("engineer", "orders-read", "PT2H");
        Job deadline = world.engine()
                .getManagementService()
                .createJobQuery()
                .processInstanceId(world.instanceOf(id))
                .activityId("boundaryEvent_deadline")
                .singleResult();

        Both both = atOnce(() -> answer("manager", id, "approve"), () -> {
            // The time runs out while the answer is being given.
            world.clock().set(deadline.getDuedate().toInstant());
            try {
                world.engine().getManagementService().executeJob(deadline.getId());
            } catch (RuntimeException overtaken) {
                // The engine tries it again, and finds that there is nothing left to do.
            }
            return new Answer(0, null, "", null);
        });
        world.runDueJobs();

        boolean approved = both.first().status() == 200;
        assertThat(both.first().status()).isIn(200, 409);
        assertThat(world.loginExists(id)).isEqualTo(approved);
        assertThat(Set.of("ACTIVE", "ENDED")).contains(world.state(id));
        assertThat(world.outcome(id)).isEqualTo(approved ? "null" : "TIMED_OUT");
    }

    @RepeatedTest(OFTEN)
    void sendsTheSameRequestOnce() throws Exception {
        Both both = atOnce(
                () -> world.post("engineer", "/api/v1/access-requests", World.ask("app-logs-read", "PT1H")),
                () -> world.post("engineer", "/api/v1/access-requests", World.ask("app-logs-read", "PT1H")));
        world.runDueJobs();

        assertThat(both.statuses()).containsExactlyInAnyOrder(201, 409);
        assertThat(world.logins()).hasSize(1);
    }

    @RepeatedTest(OFTEN)
    void takesOneOfTwoDeputiesForTheSameTime() throws Exception {
        Map<String, String> period = Map.of(
                "from", world.clock().instant().toString(),
                "until", world.clock().instant().plusSeconds(3600).toString());

        Both both = atOnce(() -> appoint("owner2", period), () -> appoint("security", period));

        assertThat(both.statuses()).containsExactlyInAnyOrder(201, 409);
        assertThat(world.get("owner", "/api/v1/deputies").json()).hasSize(1);
    }

    private Answer appoint(String deputy, Map<String, String> period) {
        Map<String, String> body = new java.util.HashMap<>(period);
        body.put("deputy", deputy);
        return world.post("owner", "/api/v1/deputies", body);
    }

    @RepeatedTest(OFTEN)
    void takesEitherTheAnswerOfWhomItWasHandedToOrTakesItBack() throws Exception {
        UUID id = atTheOwners();
        world.act("owner", id, "hand-over", Map.of("to", "owner2"));
        world.act("owner2", id, "hand-over", Map.of("to", "security"));

        Both both = atOnce(
                () -> answer("security", id, "approve"),
                () -> world.call("owner2", "DELETE", "/api/v1/access-requests/" + id + "/hand-over", null));
        world.runDueJobs();

        boolean approved = both.first().status() == 200;
        assertThat(both.statuses()).isIn(List.of(200, 409), List.of(403, 200), List.of(409, 200));
        assertThat(world.loginExists(id)).isEqualTo(approved);
        assertThat(world.show(id).path("approvals")).hasSize(approved ? 2 : 1);
    }
}
