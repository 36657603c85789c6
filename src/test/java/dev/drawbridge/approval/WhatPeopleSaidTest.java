package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a person said is what is on record, whatever a process makes of it, and when. */
@DrawbridgeTest
class WhatPeopleSaidTest {
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
    void recordsTheRefusalOfWhoRefusesWhateverTheProcessHasPutIntoItsVariables() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        plant(id, Map.of("decision", "approve", "comment", "Fine by me", "levelOutcome", "approved"));

        Answer answer = complete("manager", id, Map.of("decision", "reject", "comment", "NO, never"));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(world.outcome(id)).isEqualTo("REJECTED");
        assertThat(world.show(id).path("approvals").findValuesAsText("decision"))
                .containsExactly("reject");
        assertThat(world.trail(id)).noneMatch(sentence -> sentence.contains("Fine by me"));
        assertNothingGranted(id);
    }

    @Test
    void takesNoAnswerFromVariablesWhereThePersonGaveNone() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        plant(id, Map.of("decision", "approve", "comment", "Fine by me"));

        Answer answer = complete("manager", id, Map.of());

        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        assertThat(world.show(id).path("approvals")).isEmpty();
        assertNothingGranted(id);
    }

    @Test
    void takesNoAnswerFromTheEngineItself() {
        UUID id = world.request("engineer", "orders-write", "PT1H");

        Throwable refused = catchThrowable(
                () -> tasks().complete(openTask(id).getId(), Map.of("decision", "approve", "comment", "Fine by me")));

        assertThat(refused).hasStackTraceContaining("Please sign in first");
        assertThat(world.show(id).path("approvals")).isEmpty();
        assertNothingGranted(id);
    }

    @Test
    void leavesNothingOfAnAnswerWhereTheProcessCouldReadIt() {
        UUID id = world.request("engineer", "orders-admin", "PT1H");

        complete("manager", id, Map.of("decision", "approve", "comment", "I have looked at it"));

        assertThat(runtime()
                        .createVariableInstanceQuery()
                        .processInstanceIdIn(world.instanceOf(id))
                        .list())
                .extracting(variable -> variable.getName())
                .doesNotContain("decision", "comment", "narrowDuration", "narrowEntitlement", "justification");
    }

    @Test
    void namesThePersonWhoAnsweredAQuestionAsTheActor() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        world.decide("manager", id, "ask");

        world.act("engineer", id, "answer", Map.of("answer", "(no answer came in time)"));

        assertThat(world.lastEntry())
                .isEqualTo(
                        "engineer: Erin Engineer (engineer) answered Mara Manager (manager): “(no answer came in time)”");
        assertThat(world.get("manager", "/api/v1/access-requests/" + id + "/approval")
                        .json()
                        .at("/thread/0/lapsed")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void saysThatARequesterDidNotAnswerInTimeOnlyOnceTheTimeIsOver() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_approveAccess"/>
                <bpmn:userTask id="task_approveAccess" camunda:candidateGroups="managers"/>
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_approveAccess" targetRef="task_answerQuestion"/>
                <bpmn:userTask id="task_answerQuestion" camunda:assignee="engineer"/>
                <bpmn:boundaryEvent id="boundaryEvent_hasty" attachedToRef="task_answerQuestion">
                  <bpmn:timerEventDefinition id="timer_hasty"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1S</bpmn:timeDuration></bpmn:timerEventDefinition>
                </bpmn:boundaryEvent>
                <bpmn:sequenceFlow id="flow_3" sourceRef="boundaryEvent_hasty" targetRef="task_wait"/>
                <bpmn:userTask id="task_wait" camunda:candidateGroups="security"/>
                """);
        UUID id = world.request("engineer", "orders-write", "PT1H");
        complete("manager", id, Map.of("decision", "ask", "comment", "Why?"));

        world.pass(Duration.ofMinutes(1));

        assertThat(openTask(id).getTaskDefinitionKey()).isEqualTo("task_wait");
        assertThat(world.trail(id)).noneMatch(sentence -> sentence.contains("did not answer"));
    }

    @Test
    void saysOfARequestThatNobodyRefusedThatItsProcessEnded() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="endEvent_rejected"/>
                <bpmn:endEvent id="endEvent_rejected"/>
                """);

        UUID id = world.request("engineer", "orders-write", "PT1H");

        assertThat(world.outcome(id)).isEqualTo("FAILED");
        assertThat(world.trail(id)).last().asString().contains("Its process ended before anything was decided");
        assertThat(world.trail(id)).noneMatch(sentence -> sentence.contains("refused it"));
        assertNothingGranted(id);
    }

    @Test
    void letsNobodyAskInTheCallOfSomebodyElse() {
        int before = requests();
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_other"/>
                <bpmn:userTask id="task_other" camunda:candidateGroups="managers"/>
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_other" targetRef="task_again"/>
                <bpmn:serviceTask id="task_again" camunda:delegateExpression="#{checkGuardrails}"/>
                <bpmn:sequenceFlow id="flow_3" sourceRef="task_again" targetRef="endEvent_done"/>
                <bpmn:endEvent id="endEvent_done"/>
                """);
        UUID id = world.request("engineer", "orders-write", "PT1H");

        Answer answer = complete(
                "manager",
                id,
                Map.of("entitlement", "app-logs-read", "duration", "PT1H", "justification", "I never asked for this"));

        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        assertThat(requests()).isEqualTo(before + 1);
        assertNothingGranted(id);
    }

    @Test
    void takesNoRequestFromAProcessOfAnotherName() {
        int before = requests();
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="endEvent_done"/>
                <bpmn:endEvent id="endEvent_done"/>
                """, "another-process");

        Throwable refused = catchThrowable(() ->
                runtime().startProcessInstanceByKey("another-process", Map.copyOf(World.ask("app-logs-read", "PT1H"))));

        assertThat(refused).isNotNull();
        assertThat(requests()).isEqualTo(before);
    }

    @Test
    void withdrawsNothingThatIsBeingUsedHoweverTheProcessListens() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_grantAccess"/>
                <bpmn:serviceTask id="task_grantAccess" camunda:asyncBefore="true" camunda:delegateExpression="#{grantAccess}"/>
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_grantAccess" targetRef="task_useAccess"/>
                <bpmn:userTask id="task_useAccess" camunda:assignee="engineer"/>
                <bpmn:boundaryEvent id="boundaryEvent_withdrawn" attachedToRef="task_useAccess">
                  <bpmn:messageEventDefinition id="messageDefinition_withdrawn" messageRef="message_withdraw"/>
                </bpmn:boundaryEvent>
                <bpmn:sequenceFlow id="flow_3" sourceRef="boundaryEvent_withdrawn" targetRef="task_revokeAccess"/>
                <bpmn:sequenceFlow id="flow_4" sourceRef="task_useAccess" targetRef="task_revokeAccess"/>
                <bpmn:serviceTask id="task_revokeAccess" camunda:asyncBefore="true" camunda:delegateExpression="#{revokeAccess}"/>
                <bpmn:sequenceFlow id="flow_5" sourceRef="task_revokeAccess" targetRef="endEvent_done"/>
                <bpmn:endEvent id="endEvent_done"/>
                """);
        UUID id = world.request("engineer", "app-logs-read", "PT1H");
        assertThat(world.state(id)).isEqualTo("ACTIVE");

        assertThat(world.act("engineer", id, "withdrawal", null).status()).isEqualTo(409);

        assertThat(world.state(id)).isEqualTo("ACTIVE");
        assertThat(world.act("engineer", id, "return", null).status()).isEqualTo(200);
        assertThat(world.outcome(id)).isEqualTo("RETURNED");
        assertThat(world.loginExists(id)).isFalse();
    }

    @Test
    void handsNothingBackWhereNothingWasGiven() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_useAccess"/>
                <bpmn:userTask id="task_useAccess" camunda:assignee="engineer"/>
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_useAccess" targetRef="endEvent_done"/>
                <bpmn:endEvent id="endEvent_done"/>
                """);
        UUID id = world.request("engineer", "orders-write", "PT1H");

        assertThat(complete("engineer", id, Map.of()).status()).isEqualTo(409);

        assertThat(world.trail(id)).noneMatch(sentence -> sentence.contains("handed"));
        assertNothingGranted(id);
    }

    @Test
    void goesOnWithWhatRunsOnAVersionThatNamesListenersItself() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_approveAccess"/>
                <bpmn:userTask id="task_approveAccess" camunda:candidateGroups="managers"/>
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_approveAccess" targetRef="endEvent_rejected"/>
                <bpmn:endEvent id="endEvent_rejected"/>
                """);
        published.wasPublishedByAnEarlierReleaseWith("""
                <bpmn:userTask id="task_approveAccess" camunda:candidateGroups="managers">
                  <bpmn:extensionElements>
                    <camunda:taskListener delegateExpression="#{nameTask}" event="create"/>
                    <camunda:taskListener delegateExpression="#{recordDecision}" event="complete"/>
                  </bpmn:extensionElements>
                </bpmn:userTask>
                """, """
                <bpmn:userTask id="task_approveAccess" camunda:candidateGroups="managers"/>
                """, world.jdbc());
        UUID id = world.request("engineer", "orders-write", "PT1H");
        assertThat(openTask(id).getName()).contains("Erin Engineer");

        complete("manager", id, Map.of("decision", "reject", "comment", "Not now"));

        assertThat(world.outcome(id)).isEqualTo("REJECTED");
        assertThat(world.show(id).path("approvals")).hasSize(1);
    }

    @Test
    void takesNoAnswerToARequestThatHasEndedHoweverItsProcessGoesOn() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_approveAccess"/>
                <bpmn:userTask id="task_approveAccess" camunda:candidateGroups="managers"/>
                <bpmn:boundaryEvent id="boundaryEvent_withdrawn" cancelActivity="false" attachedToRef="task_approveAccess">
                  <bpmn:messageEventDefinition id="messageDefinition_withdrawn" messageRef="message_withdraw"/>
                </bpmn:boundaryEvent>
                <bpmn:sequenceFlow id="flow_2" sourceRef="boundaryEvent_withdrawn" targetRef="task_other"/>
                <bpmn:userTask id="task_other" camunda:candidateGroups="security"/>
                <bpmn:sequenceFlow id="flow_3" sourceRef="task_approveAccess" targetRef="task_answerQuestion"/>
                <bpmn:userTask id="task_answerQuestion" camunda:assignee="engineer"/>
                """);
        UUID id = world.request("engineer", "orders-write", "PT1H");
        assertThat(world.act("engineer", id, "withdrawal", null).status()).isEqualTo(200);
        assertThat(world.outcome(id)).isEqualTo("WITHDRAWN");

        Answer approved =
                completeAt("task_approveAccess", "manager", id, Map.of("decision", "approve", "comment", "Fine by me"));
        Answer asked =
                completeAt("task_approveAccess", "manager", id, Map.of("decision", "ask", "comment", "What for?"));

        assertThat(approved.status()).isEqualTo(409);
        assertThat(asked.status()).isEqualTo(409);
        assertThat(world.show(id).path("approvals")).isEmpty();
        assertThat(world.trail(id)).noneMatch(sentence -> sentence.contains("What for?"));
        assertNothingGranted(id);
    }

    @Test
    void keepsNobodyFromAnsweringOnceTheTimeForTheRequestersAnswerIsOver() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_approveAccess"/>
                <bpmn:userTask id="task_approveAccess" camunda:candidateGroups="managers"/>
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_approveAccess" targetRef="task_answerQuestion"/>
                <bpmn:userTask id="task_answerQuestion" camunda:assignee="engineer"/>
                <bpmn:boundaryEvent id="boundaryEvent_hasty" attachedToRef="task_answerQuestion">
                  <bpmn:timerEventDefinition id="timer_hasty"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1S</bpmn:timeDuration></bpmn:timerEventDefinition>
                </bpmn:boundaryEvent>
                <bpmn:sequenceFlow id="flow_3" sourceRef="boundaryEvent_hasty" targetRef="task_approveAccess"/>
                """);
        UUID id = world.request("engineer", "orders-write", "PT1H");
        complete("manager", id, Map.of("decision", "ask", "comment", "Why?"));
        world.pass(Duration.ofMinutes(1));
        assertThat(world.decide("manager", id, "approve").get("code")).isEqualTo("awaiting-answer");

        world.pass(Duration.ofDays(14));

        assertThat(world.decide("manager", id, "approve").status()).isEqualTo(200);
        assertThat(world.trail(id)).anyMatch(sentence -> sentence.contains("did not answer"));
        assertThat(world.show(id).path("approvals")).hasSize(1);
        assertNothingGranted(id);
    }

    @Test
    void refusesANameThatNobodyCanAskForWithASentenceAndNotWithAFailure() {
        int before = requests();

        Answer answer = world.post(
                "engineer",
                "/engine-rest/process-definition/key/access-request/start",
                Map.of("variables", ProcessOfOnesOwn.typed(World.ask("app-logs-read\0", "PT1H"))));

        // At the engine's doors it comes no further; at ours there is no such entitlement.
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).doesNotContain("SQL", "Exception");
        assertThat(world.post("engineer", "/api/v1/access-requests", World.ask("app-logs-read\0", "PT1H"))
                        .status())
                .isEqualTo(404);
        assertThat(requests()).isEqualTo(before);
    }

    @Test
    void startsNothingAnewThatIsOver() {
        UUID id = world.request("engineer", "orders-write", "PT1H");
        String instance = world.instanceOf(id);
        String definition = world.engine()
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult()
                .getProcessDefinitionId();
        world.act("engineer", id, "withdrawal", null);

        for (String who : List.of("auditor", "operator", "process-owner", "engineer")) {
            Answer answer = world.post(
                    who,
                    "/engine-rest/process-definition/" + definition + "/restart",
                    Map.of(
                            "processInstanceIds",
                            List.of(instance),
                            "instructions",
                            List.of(Map.of("type", "startBeforeActivity", "activityId", "task_grantAccess"))));

            assertThat(answer.status()).isEqualTo(403);
        }
        assertThat(runtime()
                        .createProcessInstanceQuery()
                        .processDefinitionId(definition)
                        .count())
                .isZero();
        assertNothingGranted(id);
    }

    private Answer completeAt(String key, String who, UUID id, Map<String, String> form) {
        Task task = tasks().createTaskQuery()
                .processInstanceId(world.instanceOf(id))
                .taskDefinitionKey(key)
                .singleResult();
        return world.post(
                who,
                "/engine-rest/task/" + task.getId() + "/complete",
                Map.of("variables", ProcessOfOnesOwn.typed(form)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"variables\":{\"entitlement\":{\"value\":\"x\",\"type\":\"\"}}}",
                "{\"variables\":{\"entitlement\":{\"value\":\"eA==\",\"type\":\"File\"}}}",
                "{\"variables\":{\"entitlement\":null}}"
            })
    void saysNothingOfTheEnginesInsideToWhoSendsItWhatItCannotRead(String body) {
        int before = requests();

        Answer answer = world.post("engineer", "/engine-rest/process-definition/key/access-request/start", body);

        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        assertThat(answer.text()).doesNotContain("Exception", "camunda", "java.", "dev.drawbridge");
        assertThat(requests()).isEqualTo(before);
    }

    private void plant(UUID id, Map<String, Object> variables) {
        for (Execution execution : runtime()
                .createExecutionQuery()
                .processInstanceId(world.instanceOf(id))
                .list()) {
            runtime().setVariablesLocal(execution.getId(), variables);
        }
        tasks().setVariablesLocal(openTask(id).getId(), variables);
    }

    private Answer complete(String who, UUID id, Map<String, String> form) {
        Answer answer = world.post(
                who,
                "/engine-rest/task/" + openTask(id).getId() + "/complete",
                Map.of("variables", ProcessOfOnesOwn.typed(form)));
        world.runDueJobs();
        return answer;
    }

    private Task openTask(UUID id) {
        List<Task> open = tasks().createTaskQuery()
                .processInstanceId(world.instanceOf(id))
                .list();
        return open.get(0);
    }

    private void assertNothingGranted(UUID id) {
        world.pass(Duration.ofMinutes(30));
        assertThat(world.show(id).path("grant").isNull()).isTrue();
        assertThat(world.loginExists(id)).isFalse();
    }

    private int requests() {
        return world.jdbc()
                .sql("select count(*) from access_request")
                .query(Integer.class)
                .single();
    }

    private TaskService tasks() {
        return world.engine().getTaskService();
    }

    private RuntimeService runtime() {
        return world.engine().getRuntimeService();
    }
}
