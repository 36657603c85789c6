package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What is promised to people holds, whatever the process that was published has room for. */
@DrawbridgeTest
class PromisesTest {
    private static final String APPROVAL_ALONE = """
            <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_approveAccess"/>
            <bpmn:userTask id="task_approveAccess"/>
            """;

    @Autowired
    World world;

    ProcessOfOnesOwn published;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        published = new ProcessOfOnesOwn(world.engine());
    }

    @AfterEach
    void takeBack() {
        published.takeBack();
    }

    @Test
    void withdrawsARequestWhoseProcessDoesNotListen() {
        published.publish(APPROVAL_ALONE);
        UUID id = world.request("engineer", "orders-write", "PT1H");

        assertThat(world.act("engineer", id, "withdrawal", null).status()).isEqualTo(200);

        isOver(id, "WITHDRAWN");
        assertThat(world.request("engineer", "orders-write", "PT1H"))
                .as("it may be asked for again")
                .isNotNull();
    }

    @Test
    void withdrawsARequestWhoseProcessGoesRoundOnceItIsTold() {
        published.publish(APPROVAL_ALONE + """
                <bpmn:boundaryEvent id="boundaryEvent_a" attachedToRef="task_approveAccess"><bpmn:messageEventDefinition id="messageDefinition_a" messageRef="message_withdraw"/></bpmn:boundaryEvent>
                <bpmn:sequenceFlow id="flow_2" sourceRef="boundaryEvent_a" targetRef="gateway_a"/>
                <bpmn:exclusiveGateway id="gateway_a"/>
                <bpmn:sequenceFlow id="flow_3" sourceRef="gateway_a" targetRef="gateway_b"/>
                <bpmn:exclusiveGateway id="gateway_b"/>
                <bpmn:sequenceFlow id="flow_4" sourceRef="gateway_b" targetRef="gateway_a"/>
                """);
        UUID id = world.request("engineer", "orders-write", "PT1H");

        assertThat(world.act("engineer", id, "withdrawal", null).status()).isEqualTo(200);

        isOver(id, "WITHDRAWN");
    }

    @Test
    void withdrawsARequestWhoseProcessIsSuspended() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.engine().getRuntimeService().suspendProcessInstanceById(world.instanceOf(id));

        assertThat(world.act("engineer", id, "withdrawal", null).status()).isEqualTo(200);

        isOver(id, "WITHDRAWN");
    }

    @Test
    void withdrawsWhatIsAllowedAndNeverGiven() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_a"/>
                <bpmn:userTask id="task_a" camunda:candidateGroups="security"/>
                """);
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        assertThat(world.state(id)).isEqualTo("PROVISIONING");

        assertThat(world.act("engineer", id, "withdrawal", null).status()).isEqualTo(200);

        isOver(id, "WITHDRAWN");
    }

    @Test
    void letsNobodyElseWithdrawIt() {
        published.publish(APPROVAL_ALONE);
        UUID id = world.request("engineer", "orders-write", "PT1H");

        assertThat(world.act("manager", id, "withdrawal", null).status()).isEqualTo(403);

        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void timesOutARequestWhoseProcessHasNoDeadline() {
        published.publish(APPROVAL_ALONE);
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.pass(Duration.ofMinutes(5));
        world.runScheduled("Deadlines");
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");

        world.pass(Duration.ofDays(30));
        world.runScheduled("Deadlines");

        isOver(id, "TIMED_OUT");
        assertThat(world.trail(id)).last().asString().contains("Nobody who may decide did so in time.");
    }

    @Test
    void timesOutALevelAtItsDeadlineThoughOneOfTwoHasAnsweredLately() {
        published.publish(APPROVAL_ALONE + """
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_approveAccess" targetRef="task_approveAccess"/>
                """);
        UUID id = world.request("engineer", "orders-admin", "PT1H");
        assertThat(world.decide("manager", id, "approve").status()).isEqualTo(200);
        // The owners have twenty office hours from Tuesday noon: until Thursday noon.
        world.pass(Duration.ofHours(47));
        assertThat(world.decide("owner", id, "approve").status()).isEqualTo(200);
        world.runScheduled("Deadlines");
        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");

        world.pass(Duration.ofMinutes(65));
        world.runScheduled("Deadlines");

        isOver(id, "TIMED_OUT");
    }

    @Test
    void timesOutARequestWhoseQuestionItsProcessNeverTakesAway() {
        published.publish(APPROVAL_ALONE + """
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_approveAccess" targetRef="task_answerQuestion"/>
                <bpmn:userTask id="task_answerQuestion"/>
                """);
        UUID id = world.request("engineer", "orders-write", "PT1H");
        assertThat(world.decide("manager", id, "ask").status()).isEqualTo(200);

        for (int week = 0; week < 8; week++) {
            world.pass(Duration.ofDays(7));
            world.runScheduled("Deadlines");
        }

        assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("did not answer"));
        isOver(id, "TIMED_OUT");
    }

    @Test
    void endsWhatWasNeverGivenOnceItsTimeHasPassed() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_a"/>
                <bpmn:userTask id="task_a" camunda:candidateGroups="security"/>
                """);
        UUID id = world.request(
                "engineer",
                World.ask(
                        "app-logs-read",
                        "PT1H",
                        "startsAt",
                        world.clock().instant().plus(Duration.ofHours(3)).toString()));

        world.pass(Duration.ofHours(5));
        world.runScheduled("Deadlines");

        isOver(id, "FAILED");
    }

    @Test
    void grantsAndRevokesThoughTheProcessDoesSoInTheCallOfThePerson() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_grantAccess"/>
                <bpmn:serviceTask id="task_grantAccess" camunda:delegateExpression="#{grantAccess}"/>
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_grantAccess" targetRef="task_useAccess"/>
                <bpmn:userTask id="task_useAccess"/>
                <bpmn:sequenceFlow id="flow_3" sourceRef="task_useAccess" targetRef="task_revokeAccess"/>
                <bpmn:serviceTask id="task_revokeAccess" camunda:asyncBefore="false" camunda:delegateExpression="#{revokeAccess}"/>
                """);

        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        assertThat(world.state(id)).isEqualTo("ACTIVE");
        assertThat(completed("engineer", id).status()).isEqualTo(204);
        world.runDueJobs();

        isOver(id, "RETURNED");
    }

    @Test
    void showsTheTaskToWhomTheLevelAsksWhomeverTheProcessNames() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_approveAccess"/>
                <bpmn:userTask id="task_approveAccess" camunda:assignee="engineer2" camunda:candidateUsers="contractor"/>
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_approveAccess" targetRef="task_answerQuestion"/>
                <bpmn:userTask id="task_answerQuestion" camunda:assignee="contractor"/>
                """);
        long refused = refusals();

        UUID id = world.request("engineer", "orders-write", "PT1H");

        assertThat(refusals()).as("nobody is blamed").isEqualTo(refused);
        assertThat(open(id).getAssignee()).isNull();
        assertThat(world.get("contractor", "/api/v1/access-requests/" + id).status())
                .isEqualTo(404);
        assertThat(world.get("contractor", "/engine-rest/task").text()).doesNotContain(open(id).getId());
        assertThat(world.decide("manager", id, "ask").status()).isEqualTo(200);
        assertThat(open(id).getAssignee()).isEqualTo("engineer");
        assertThat(world.act("engineer", id, "answer", Map.of("answer", "It is slow"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void announcesALevelOnceHoweverOftenTheProcessComesBy() {
        published.publish(APPROVAL_ALONE + """
                <bpmn:boundaryEvent id="boundaryEvent_a" attachedToRef="task_approveAccess"><bpmn:timerEventDefinition id="timer_a"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1M</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
                <bpmn:sequenceFlow id="flow_2" sourceRef="boundaryEvent_a" targetRef="task_approveAccess"/>
                """);
        UUID id = world.request("engineer", "orders-write", "PT1H");
        int told = mails(id);
        assertThat(told).isPositive();

        for (int minute = 0; minute < 5; minute++) {
            world.pass(Duration.ofSeconds(61));
        }

        assertThat(mails(id)).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#{accessWindow.endsAt(execution)}",
                "#{accessWindow.startsAt(execution)}",
                "#{approvalLevels.dueAt(loopCounter, execution)}"
            })
    void saysInASentenceThatAProcessAsksForWhatIsNotThere(String moment) {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_a"/>
                <bpmn:userTask id="task_a" camunda:candidateGroups="security" camunda:dueDate="%s">
                  <bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>
                </bpmn:userTask>
                """.formatted(moment));
        int before = world.grants();

        Answer answer = world.post("engineer", "/api/v1/access-requests", World.ask("app-logs-read", "PT1H"));
        Answer atTheEngine = world.post(
                "engineer",
                "/engine-rest/process-definition/key/access-request/start",
                Map.of("variables", ProcessOfOnesOwn.typed(World.ask("app-logs-read", "PT1H"))));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).contains("Please tell the process owners").doesNotContain("Exception");
        assertThat(atTheEngine.status()).isGreaterThanOrEqualTo(400);
        assertThat(atTheEngine.text())
                .contains("Please tell the process owners")
                .doesNotContain("Exception");
        assertThat(world.grants()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"moveEnd", "tellEndsSoon", "remindApprovers", "escalateApproval"})
    void doesNothingWhereAProcessCallsAStepWhoseTimeHasNotCome(String bean) {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_a"/>
                <bpmn:serviceTask id="task_a" camunda:delegateExpression="#{%s}"/>
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_a" targetRef="task_approveAccess"/>
                <bpmn:userTask id="task_approveAccess"/>
                """.formatted(bean));

        UUID id = world.request("engineer", "orders-write", "PT1H");

        assertThat(world.state(id)).isEqualTo("PENDING_APPROVAL");
        assertThat(world.trail(id)).noneMatch(sentence -> sentence.contains("remind"));
    }

    @Test
    void asksNobodyForAnAnswerToARequestThatHasEnded() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_before"/>
                <bpmn:userTask id="task_before" camunda:candidateGroups="managers"/>
                <bpmn:boundaryEvent id="boundaryEvent_a" cancelActivity="false" attachedToRef="task_before"><bpmn:messageEventDefinition id="messageDefinition_a" messageRef="message_withdraw"/></bpmn:boundaryEvent>
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_before" targetRef="task_approveAccess"/>
                <bpmn:userTask id="task_approveAccess"/>
                """);
        UUID id = world.request("engineer", "orders-write", "PT1H");
        int ofTheTaskBefore = mails(id);
        assertThat(world.act("engineer", id, "withdrawal", null).status()).isEqualTo(200);

        assertThat(completed("manager", id).status()).isEqualTo(204);

        assertThat(open(id).getTaskDefinitionKey()).isEqualTo("task_approveAccess");
        assertThat(mails(id)).isEqualTo(ofTheTaskBefore);
        world.runScheduled("ApprovalTasks");
        assertThat(world.get("manager", "/engine-rest/task").text()).doesNotContain(open(id).getId());
        assertThat(world.decide("manager", id, "approve").status()).isEqualTo(409);
        assertThat(world.outcome(id)).isEqualTo("WITHDRAWN");
    }

    @Test
    void letsNoProcessOutliveItsRequestForLong() {
        published.publish(APPROVAL_ALONE + """
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_approveAccess" targetRef="task_afterwards"/>
                <bpmn:userTask id="task_afterwards" camunda:candidateGroups="security"/>
                """);
        UUID id = world.request("engineer", "orders-write", "PT1H");
        assertThat(world.decide("manager", id, "reject").status()).isEqualTo(200);
        world.sweep();
        assertThat(open(id).getTaskDefinitionKey()).isEqualTo("task_afterwards");

        world.pass(Duration.ofMinutes(61));
        world.sweep();

        isOver(id, "REJECTED");
    }

    @Test
    void letsOneRequestThatCannotBeReadKeepNoOtherFromBeingShownAndEnded() {
        published.publish(APPROVAL_ALONE);
        UUID unreadable = world.request("engineer", "orders-write", "PT1H");
        UUID other = world.request("engineer2", "orders-write", "PT1H");
        String readable = deadline(unreadable);
        // The database takes this for a length of time, and nobody else does.
        write(unreadable, "2 hours");
        try {
            world.engine().getTaskService().deleteCandidateUser(open(other).getId(), "manager");
            world.runScheduled("ApprovalTasks");
            assertThat(world.engine()
                            .getTaskService()
                            .createTaskQuery()
                            .processInstanceId(world.instanceOf(other))
                            .taskCandidateUser("manager")
                            .count())
                    .isEqualTo(1);

            world.pass(Duration.ofDays(60));
            world.runScheduled("Deadlines");
            isOver(other, "TIMED_OUT");
        } finally {
            write(unreadable, readable);
        }
        world.runScheduled("Deadlines");
        isOver(unreadable, "TIMED_OUT");
    }

    private String deadline(UUID id) {
        return world.jdbc()
                .sql("select levels -> 0 ->> 'deadline' from verdict where request_id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    /** Past the triggers that keep facts what they are. */
    private void write(UUID id, String deadline) {
        world.superuser(
                "drawbridge",
                "set session_replication_role = replica; update verdict set levels = jsonb_set(levels, '{0,deadline}', to_jsonb('"
                        + deadline + "'::text)) where request_id = '" + id + "'");
    }

    private void isOver(UUID id, String outcome) {
        assertThat(world.outcome(id)).isEqualTo(outcome);
        assertThat(world.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(world.instanceOf(id))
                        .count())
                .isZero();
        assertThat(world.loginExists(id)).isFalse();
    }

    private Task open(UUID id) {
        List<Task> open = world.engine()
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(world.instanceOf(id))
                .list();
        assertThat(open).hasSize(1);
        return open.get(0);
    }

    private Answer completed(String who, UUID id) {
        return world.post(who, "/engine-rest/task/" + open(id).getId() + "/complete", Map.of());
    }

    private long refusals() {
        return world.jdbc()
                .sql("select count(*) from audit_entry where kind like '%refused%'")
                .query(Long.class)
                .single();
    }

    private int mails(UUID id) {
        return world.jdbc()
                .sql("select count(*) from mail where request_id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }
}
