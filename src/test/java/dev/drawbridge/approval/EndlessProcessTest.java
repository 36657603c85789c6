package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A process that never ends by itself wears nobody down. */
@DrawbridgeTest
@Timeout(120)
class EndlessProcessTest {
    private static final String CIRCLE = """
            <bpmn:exclusiveGateway id="gateway_a"/>
            <bpmn:sequenceFlow id="flow_there" sourceRef="gateway_a" targetRef="gateway_b"/>
            <bpmn:exclusiveGateway id="gateway_b"/>
            <bpmn:sequenceFlow id="flow_back" sourceRef="gateway_b" targetRef="gateway_a"/>
            """;

    private static final String TO_THE_CIRCLE =
            "<bpmn:sequenceFlow id=\"flow_1\" sourceRef=\"task_checkGuardrails\" targetRef=\"gateway_a\"/>";

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

    @ParameterizedTest
    @ValueSource(strings = {CIRCLE + TO_THE_CIRCLE, """
                    <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_a"/>
                    <bpmn:task id="task_a"/>
                    <bpmn:sequenceFlow id="flow_2" sourceRef="task_a" targetRef="task_b"/>
                    <bpmn:sequenceFlow id="flow_3" sourceRef="task_a" targetRef="task_b"/>
                    <bpmn:task id="task_b"/>
                    <bpmn:sequenceFlow id="flow_4" sourceRef="task_b" targetRef="task_a"/>
                    """, """
                    <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="subProcess_a"/>
                    <bpmn:subProcess id="subProcess_a">
                      <bpmn:multiInstanceLoopCharacteristics isSequential="true"><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">999</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>
                      <bpmn:startEvent id="startEvent_a"/>
                      <bpmn:sequenceFlow id="flow_2" sourceRef="startEvent_a" targetRef="task_a"/>
                      <bpmn:userTask id="task_a" camunda:candidateGroups="security">
                        <bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">999</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>
                      </bpmn:userTask>
                    </bpmn:subProcess>
                    """, """
                    <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="subProcess_a"/>
                    <bpmn:subProcess id="subProcess_a">
                      <bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">999</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>
                      <bpmn:startEvent id="startEvent_a"/>
                      <bpmn:sequenceFlow id="flow_2" sourceRef="startEvent_a" targetRef="subProcess_b"/>
                      <bpmn:subProcess id="subProcess_b">
                        <bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">999</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>
                        <bpmn:startEvent id="startEvent_b"/>
                      </bpmn:subProcess>
                    </bpmn:subProcess>
                    """, """
                    <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="subProcess_a"/>
                    <bpmn:subProcess id="subProcess_a">
                      <bpmn:startEvent id="startEvent_a"/>
                      <bpmn:sequenceFlow id="flow_2" sourceRef="startEvent_a" targetRef="gateway_a"/>
                    """ + CIRCLE + """
                    </bpmn:subProcess>
                    <bpmn:boundaryEvent id="boundaryEvent_a" attachedToRef="subProcess_a"><bpmn:errorEventDefinition id="error_a"/></bpmn:boundaryEvent>
                    <bpmn:sequenceFlow id="flow_3" sourceRef="boundaryEvent_a" targetRef="subProcess_a"/>
                    """})
    void stopsWhatComesToNoEndInTheCallOfWhoStartsIt(String rest) {
        published.publish(rest);
        int before = world.grants();

        Answer answer = world.post("engineer", "/api/v1/access-requests", World.ask("app-logs-read", "PT1H"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).contains(" at once", "nothing of");
        assertThat(world.grants()).isEqualTo(before);
        assertThat(world.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey("access-request")
                        .count())
                .isZero();
    }

    @Test
    void stopsWhatGoesOnInOneJobAfterAnother() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_a"/>
                <bpmn:task id="task_a" camunda:asyncBefore="true"/>
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_a" targetRef="task_b"/>
                <bpmn:sequenceFlow id="flow_3" sourceRef="task_a" targetRef="task_b"/>
                <bpmn:task id="task_b"/>
                <bpmn:sequenceFlow id="flow_4" sourceRef="task_b" targetRef="task_a"/>
                """);
        world.post("engineer", "/api/v1/access-requests", World.ask("app-logs-read", "PT1H"));

        for (List<Job> jobs = jobs(); !jobs.isEmpty(); jobs = jobs()) {
            for (Job job : jobs) {
                try {
                    world.engine().getManagementService().executeJob(job.getId());
                } catch (RuntimeException stopped) {
                    world.engine().getManagementService().setJobRetries(job.getId(), 0);
                }
            }
        }

        assertThat(world.engine()
                        .getRuntimeService()
                        .createExecutionQuery()
                        .processDefinitionKey("access-request")
                        .count())
                .isLessThan(10_000);
    }

    private List<Job> jobs() {
        return world.engine()
                .getManagementService()
                .createJobQuery()
                .processDefinitionKey("access-request")
                .withRetriesLeft()
                .listPage(0, 500);
    }

    @Test
    void startsNoProcessByTheSignalOfAnother() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="endEvent_a"/>
                <bpmn:endEvent id="endEvent_a"><bpmn:signalEventDefinition id="signalDefinition_a" signalRef="signal_a"/></bpmn:endEvent>
                </bpmn:process>
                <bpmn:signal id="signal_a" name="a"/>
                <bpmn:process id="by-signal" isExecutable="true" camunda:historyTimeToLive="P30D">
                <bpmn:startEvent id="startEvent_a"><bpmn:signalEventDefinition id="signalDefinition_b" signalRef="signal_a"/></bpmn:startEvent>
                <bpmn:sequenceFlow id="flow_2" sourceRef="startEvent_a" targetRef="endEvent_b"/>
                <bpmn:endEvent id="endEvent_b"><bpmn:signalEventDefinition id="signalDefinition_c" signalRef="signal_a"/></bpmn:endEvent>
                """);

        Answer answer = world.post("engineer", "/api/v1/access-requests", World.ask("app-logs-read", "PT1H"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).contains("starts no other process");
    }

    @Test
    void endsAccessWhoseProcessGoesRoundInCirclesAndThatOfOthersOnTheSameTarget() {
        UUID other = world.request("engineer2", "app-logs-read", "PT1H");
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_grantAccess"/>
                <bpmn:serviceTask id="task_grantAccess" camunda:asyncBefore="true" camunda:delegateExpression="#{grantAccess}"/>
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_grantAccess" targetRef="task_useAccess"/>
                <bpmn:userTask id="task_useAccess"/>
                <bpmn:boundaryEvent id="boundaryEvent_revokeNow" attachedToRef="task_useAccess"><bpmn:messageEventDefinition id="messageDefinition_a" messageRef="message_revokeNow"/></bpmn:boundaryEvent>
                <bpmn:sequenceFlow id="flow_3" sourceRef="boundaryEvent_revokeNow" targetRef="gateway_a"/>
                """ + CIRCLE);
        UUID circling = world.request("engineer", "app-logs-read", "PT1H");
        assertThat(world.loginExists(circling)).isTrue();

        assertThat(world.post(
                                "operator",
                                "/api/v1/access-requests/" + circling + "/revocation",
                                Map.of("reason", "Not needed"))
                        .status())
                .isLessThan(300);
        world.clock().advance(Duration.ofHours(2));
        world.sweep();

        assertThat(world.loginExists(circling)).isFalse();
        assertThat(world.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(world.instanceOf(circling))
                        .count())
                .as("what comes to no end goes with its request")
                .isZero();
        assertThat(world.loginExists(other)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "R/PT0S",
                "R999/PT0S",
                "R/PT",
                "R/P0D",
                "R/P0Y0M",
                "R/PT1S",
                "R3/PT59S",
                "#{accessWindow.requester(execution)}",
                "#{cycle}"
            })
    void publishesNoTimerThatComesBackSoonerThanAfterAMinute(String cycle) {
        assertThatThrownBy(() -> published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_a"/>
                <bpmn:userTask id="task_a" camunda:candidateGroups="security"/>
                <bpmn:boundaryEvent id="boundaryEvent_a" cancelActivity="false" attachedToRef="task_a"><bpmn:timerEventDefinition id="timer_a"><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">%s</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent>
                """.formatted(cycle))).hasMessageContaining("Not published");
    }
}
