package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A task with a form of Camunda Modeler: what is filled in is what the form asks for, and the process goes on by it. */
@DrawbridgeTest
class FormOfOnesOwnTest {
    private static final String FORM = """
        {"id": "ours", "components": [
          {"type": "text", "text": "Please say"},
          {"type": "select", "key": "agrees", "validate": {"required": true}, "values": [{"value": "yes"}, {"value": "no"}]},
          {"type": "number", "key": "register", "validate": {"required": true}},
          {"type": "checkbox", "key": "told"},
          {"type": "textfield", "key": "remark"},
          {"type": "textarea", "key": "note"},
          {"type": "button", "key": "send", "action": "submit"}]}
        """;

    @Autowired
    World world;

    ProcessOfOnesOwn published;
    UUID request;

    @BeforeEach
    void publishAProcessWithIt() {
        world.startAfresh();
        published = new ProcessOfOnesOwn(world.engine());
        published.publish("""
            <bpmn:sequenceFlow id="flow_1" sourceRef="task_checkGuardrails" targetRef="task_ask"/>
            <bpmn:userTask id="task_ask" name="Ask" camunda:candidateGroups="security" camunda:formKey="camunda-forms:deployment:forms/ours.form"/>
            <bpmn:sequenceFlow id="flow_2" sourceRef="task_ask" targetRef="gateway_which"/>
            <bpmn:exclusiveGateway id="gateway_which" default="flow_no"/>
            <bpmn:sequenceFlow id="flow_no" sourceRef="gateway_which" targetRef="task_no"/>
            <bpmn:sequenceFlow id="flow_yes" sourceRef="gateway_which" targetRef="task_yes">
              <bpmn:conditionExpression id="condition_1" xsi:type="bpmn:tFormalExpression">#{agrees == 'yes' and register &gt; 4 and not told}</bpmn:conditionExpression>
            </bpmn:sequenceFlow>
            <bpmn:userTask id="task_yes" name="Yes" camunda:candidateGroups="security"/>
            <bpmn:userTask id="task_no" name="No" camunda:candidateGroups="security"/>
            """, Map.of("forms/ours.form", FORM));
        request = world.request("engineer", "app-logs-read", "PT30M");
    }

    @AfterEach
    void takeBack() {
        published.takeBack();
    }

    private Answer complete(Map<String, Object> form) {
        Map<String, Object> variables = new HashMap<>();
        form.forEach((name, value) -> variables.put(name, Map.of("value", value)));
        String task = world.engine()
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(world.instanceOf(request))
                .singleResult()
                .getId();
        return world.post("security", "/engine-rest/task/" + task + "/submit-form", Map.of("variables", variables));
    }

    private String next() {
        return world.show(request).path("waitsFor").get(0).path("name").asText();
    }

    @Test
    void goesOnByWhatIsFilledInAndPutsTheNoteOnRecord() {
        assertThat(complete(Map.of("agrees", "yes", "register", 5, "told", false, "remark", "", "note", "As agreed"))
                        .status())
                .isEqualTo(204);

        assertThat(next()).isEqualTo("Yes");
        assertThat(world.trail(request)).anyMatch(sentence -> sentence.endsWith("“As agreed”"));
        assertThat(world.engine()
                        .getRuntimeService()
                        .getVariables(world.instanceOf(request))
                        .keySet())
                .contains("agrees")
                .doesNotContain("note");
    }

    @Test
    void takesABoxThatWasNotShownForOneThatIsNotTicked() {
        assertThat(complete(Map.of("agrees", "yes", "register", 5)).status()).isEqualTo(204);

        assertThat(next()).isEqualTo("Yes");
    }

    @ParameterizedTest
    @CsvSource({
        "yes, , false, The field 'register' of this form is to be filled in.",
        ", 5, false, The field 'agrees' of this form is to be filled in.",
        "perhaps, 5, false, 'The field ''agrees'' of this form takes one of no, yes.'",
        "yes, many, false, The field 'register' of this form takes a number.",
        "yes, 5, maybe, The field 'told' of this form takes yes or no."
    })
    void refusesInASentenceWhatTheProcessCouldNotGoOnBy(String agrees, String register, String told, String sentence) {
        Map<String, Object> form = new HashMap<>();
        if (agrees != null) {
            form.put("agrees", agrees);
        }
        if (register != null) {
            form.put("register", register.equals("5") ? 5 : register);
        }
        form.put("told", told.equals("false") ? false : told);

        Answer refused = complete(form);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.get("message")).isEqualTo(sentence);
        assertThat(next()).isEqualTo("Ask");
    }

    @Test
    void refusesATextThatIsLongerThanItCouldBeKept() {
        Answer refused = complete(Map.of("agrees", "yes", "register", 5, "remark", "x".repeat(4_001)));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.get("message")).isEqualTo("The field 'remark' of this form takes at most 4000 characters.");
    }
}
