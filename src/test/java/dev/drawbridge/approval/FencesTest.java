package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Each fence in front of the grant door by itself, where the others stand open. (The inspections, and the engine without
 * code, are walked one by one in {@code HostileProcessesTest}, {@code HostileRulesTest} and {@code RuleFenceTest}.)
 */
@DrawbridgeTest
class FencesTest {
    @Autowired
    World world;

    ProcessOfOnesOwn published;
    int grantsBefore;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        published = new ProcessOfOnesOwn(world.engine());
        grantsBefore = world.grants();
    }

    @AfterEach
    void nothingWasGranted() {
        published.takeBack();
        assertThat(world.grants()).isEqualTo(grantsBefore);
        assertThat(world.logins()).isEmpty();
    }

    /** The engine's own threads are refused nothing by the fence at its doors: there is nobody to refuse. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "task_grantAccess",
                "task_extendAccess",
                "task_useAccess",
                "task_revokeAccess",
                "gateway_cleared",
                "catchEvent_startReached",
                "endEvent_extended"
            })
    void refusesAnInstanceBehindItsGuardrailsByWhatIsBuiltIntoTheProcessAlone(String activity) {
        Throwable refused = catchThrowable(() -> runtime()
                .createProcessInstanceByKey("access-request")
                .startBeforeActivity(activity)
                .setVariables(Map.of("verdict", "ALLOWED", "entitlement", "orders-admin"))
                .execute(true, true));
        world.runDueJobs();

        assertThat(refused).hasStackTraceContaining("no request is on record for it");
        assertThat(runtime()
                        .createProcessInstanceQuery()
                        .processDefinitionKey("access-request")
                        .count())
                .isZero();
    }

    /** In a process of another name nothing is built in. */
    @Test
    void refusesAStartAnywhereButAtTheStartAtTheEnginesDoorsAlone() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_grantAccess"/>
                <bpmn:serviceTask id="task_grantAccess" camunda:delegateExpression="#{grantAccess}"/>
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_grantAccess" targetRef="endEvent_done"/>
                <bpmn:endEvent id="endEvent_done"/>
                """, "another-process");

        Answer answer = world.post(
                "process-owner",
                "/engine-rest/process-definition/key/another-process/start",
                Map.of(
                        "startInstructions",
                        List.of(Map.of("type", "startBeforeActivity", "activityId", "task_grantAccess"))));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(world.lastEntry()).startsWith("process-owner: ").contains("started at its start, and nowhere else");
    }

    /** With neither of the two: the bean itself finds no request, whatever process names it. */
    @Test
    void grantsNothingInAProcessOfAnotherNameByTheDoorAlone() {
        published.publish("""
                <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_grantAccess"/>
                <bpmn:serviceTask id="task_grantAccess" camunda:delegateExpression="#{grantAccess}"/>
                <bpmn:sequenceFlow id="flow_2" sourceRef="task_grantAccess" targetRef="endEvent_done"/>
                <bpmn:endEvent id="endEvent_done"/>
                """, "another-process");

        Throwable refused = catchThrowable(() -> runtime()
                .createProcessInstanceByKey("another-process")
                .startBeforeActivity("task_grantAccess")
                .execute());

        assertThat(refused).hasStackTraceContaining("no request is on record for it");
    }

    private RuntimeService runtime() {
        return world.engine().getRuntimeService();
    }
}
