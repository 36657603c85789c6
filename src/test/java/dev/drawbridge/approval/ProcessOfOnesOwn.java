package dev.drawbridge.approval;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A process that somebody publishes in place of the house's, until the test is over. */
class ProcessOfOnesOwn {
    private static final String FRAME = """
            <?xml version="1.0" encoding="UTF-8"?>
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions_own" targetNamespace="https://drawbridge.dev/processes">
              <bpmn:process id="%s" isExecutable="true" camunda:historyTimeToLive="P30D">
                <bpmn:startEvent id="startEvent_requested"/>
                <bpmn:sequenceFlow id="flow_0" sourceRef="startEvent_requested" targetRef="task_checkGuardrails"/>
                <bpmn:serviceTask id="task_checkGuardrails" camunda:delegateExpression="#{checkGuardrails}"/>
                %s
              </bpmn:process>
              <bpmn:message id="message_withdraw" name="withdraw"/>
              <bpmn:message id="message_revokeNow" name="revokeNow"/>
            </bpmn:definitions>
            """;

    private final ProcessEngine engine;
    private final Deque<String> deployments = new ArrayDeque<>();

    ProcessOfOnesOwn(ProcessEngine engine) {
        this.engine = engine;
    }

    /** {@code rest} is what comes after {@code task_checkGuardrails}. */
    void publish(String rest) {
        publish(rest, "access-request");
    }

    void publish(String rest, String key) {
        deploy(rest, key, Map.of());
    }

    /** With these forms of its own, by their names. */
    void publish(String rest, Map<String, String> forms) {
        deploy(rest, "access-request", forms);
    }

    private void deploy(String rest, String key, Map<String, String> forms) {
        DeploymentBuilder deployment = engine.getRepositoryService()
                .createDeployment()
                .name("one's own")
                .addString(key + ".bpmn", FRAME.formatted(key, rest));
        forms.forEach(deployment::addString);
        deployments.push(deployment.deploy().getId());
    }

    /** As if what is stored had been published before the inspection knew of it: the engine reads it again. */
    void wasPublishedByAnEarlierReleaseWith(String instead, String of, JdbcClient jdbc) {
        String written = jdbc.sql("select bytes_ from act_ge_bytearray where deployment_id_ = :id")
                .param("id", deployments.peek())
                .query((row, number) -> new String(row.getBytes(1), StandardCharsets.UTF_8))
                .single();
        jdbc.sql("update act_ge_bytearray set bytes_ = :bytes where deployment_id_ = :id")
                .param("id", deployments.peek())
                .param("bytes", written.replace(of.strip(), instead.strip()).getBytes(StandardCharsets.UTF_8))
                .update();
        readAgain();
    }

    /** As if an earlier release had published this whole file in place of what is stored. */
    void wasPublishedByAnEarlierRelease(String file, JdbcClient jdbc) {
        jdbc.sql("update act_ge_bytearray set bytes_ = :bytes where deployment_id_ = :id")
                .param("id", deployments.peek())
                .param("bytes", file.getBytes(StandardCharsets.UTF_8))
                .update();
        readAgain();
    }

    private void readAgain() {
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getDeploymentCache()
                .discardProcessDefinitionCache();
    }

    /** The process of before is in force again; what ran on this one is gone. */
    void takeBack() {
        while (!deployments.isEmpty()) {
            engine.getRepositoryService().deleteDeployment(deployments.pop(), true);
        }
    }

    /** As the engine's REST interface takes variables. */
    static Map<String, Object> typed(Map<String, String> form) {
        Map<String, Object> variables = new HashMap<>();
        form.forEach((name, value) -> variables.put(name, Map.of("value", value)));
        return variables;
    }
}
