package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An expression reads what is there on every way that leads to it, and nothing else. */
class WaysTest {
    private static final String FORM = """
        {"id": "mine", "components": [
          {"type": "select", "key": "choice", "validate": {"required": true}, "values": [{"value": "yes"}, {"value": "no"}]},
          {"type": "checkbox", "key": "told"},
          {"type": "textfield", "key": "remark"}]}
        """;
    private static final String GUARDRAILS =
            "<serviceTask id='g' camunda:delegateExpression='#{checkGuardrails}'/>" + flow("s", "g");
    private static final String ENDS = "<endEvent id='e'/><endEvent id='d'/>";
    private static final String ASKS = " camunda:formKey='camunda-forms:deployment:mine.form'";

    private final ProcessInspection inspection = new ProcessInspection(new ProcessVocabulary(SmallEngine.beans()));

    private static String flow(String from, String to) {
        return "<sequenceFlow id='" + from + "_" + to + "' sourceRef='" + from + "' targetRef='" + to + "'/>";
    }

    /** A gateway of this name, which decides by a condition. */
    private static String decides(String gateway, String condition) {
        return "<exclusiveGateway id='" + gateway + "' default='" + gateway + "_d'/>" + flow(gateway, "d")
                + "<sequenceFlow id='" + gateway + "_if' sourceRef='" + gateway + "' targetRef='e'><conditionExpression"
                + " id='if_" + gateway + "' xsi:type='tFormalExpression'>" + condition
                + "</conditionExpression></sequenceFlow>";
    }

    private List<String> wrong(String inside) {
        String process = """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="try">
              <process id="try" isExecutable="true" camunda:historyTimeToLive="P1D">
                <startEvent id="s"/>
                %s
              </process>
            </definitions>
            """.formatted(inside);
        return inspection
                .problems(
                        "try.bpmn",
                        ProcessReader.read(
                                "try.bpmn", new ByteArrayInputStream(process.getBytes(StandardCharsets.UTF_8))),
                        Map.of("mine.form", FORM.getBytes(StandardCharsets.UTF_8)))
                .stream()
                .map(problem -> problem.id() + ": " + problem.why())
                .toList();
    }

    @Test
    void takesTheVerdictRightBehindTheGuardrails() {
        assertThat(wrong(GUARDRAILS + flow("g", "w") + decides("w", "#{verdict == 'ALLOWED'}") + ENDS))
                .isEmpty();
        assertThat(wrong(GUARDRAILS + "<task id='t'/>" + flow("g", "t") + flow("t", "w")
                        + decides("w", "#{verdict == 'ALLOWED'}") + ENDS))
                .isEmpty();
    }

    @Test
    void refusesTheVerdictWhereSomebodyIsWaitedForInBetween() {
        for (String between : List.of(
                "<userTask id='t'/>",
                "<receiveTask id='t' messageRef='m'/>",
                "<task id='t' camunda:asyncBefore='true'/>",
                "<task id='t' camunda:asyncAfter='true'/>",
                "<intermediateCatchEvent id='t'><timerEventDefinition id='c'><timeDuration"
                        + " xsi:type='tFormalExpression'>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>")) {
            assertThat(wrong(GUARDRAILS
                            + between
                            + flow("g", "t")
                            + flow("t", "w")
                            + decides("w", "#{verdict == 'ALLOWED'}")
                            + ENDS))
                    .as(between)
                    .filteredOn(why -> why.startsWith("if_w"))
                    .singleElement()
                    .asString()
                    .contains("reads 'verdict', which is there right behind #{checkGuardrails} alone; ask"
                            + " asked.verdict(execution)");
        }
    }

    @Test
    void refusesWhatIsSetOnOneOfTwoWaysAlone() {
        String process = GUARDRAILS + flow("g", "w") + "<exclusiveGateway id='w' default='w_x'/>" + flow("w", "x")
                + "<sequenceFlow id='w_t' sourceRef='w' targetRef='t'><conditionExpression"
                + " xsi:type='tFormalExpression'>#{verdict == 'ALLOWED'}</conditionExpression></sequenceFlow>"
                + "<userTask id='t'" + ASKS + "/>" + flow("t", "x") + ENDS;

        assertThat(wrong(process + decides("x", "#{choice == 'yes'}")))
                .singleElement()
                .asString()
                .startsWith("if_x: ")
                .contains("reads 'choice', which is not set on every way that leads there");
        assertThat(wrong(process.replace(
                                        flow("w", "x"),
                                        flow("w", "u") + "<userTask id='u'" + ASKS + "/>" + flow("u", "x"))
                                .replace("default='w_x'", "default='w_u'")
                        + decides("x", "#{choice == 'yes'}")))
                .isEmpty();
    }

    @Test
    void refusesWhatAWayRoundTheTaskLeavesOut() {
        String process = GUARDRAILS + flow("g", "t") + "<userTask id='t'" + ASKS + "/>" + flow("t", "x")
                + decides("x", "#{told}") + ENDS;
        String late = "<boundaryEvent id='b' attachedToRef='t'><timerEventDefinition id='c'><timeDuration"
                + " xsi:type='tFormalExpression'>PT1H</timeDuration></timerEventDefinition></boundaryEvent>";

        assertThat(wrong(process)).isEmpty();
        assertThat(wrong(process + late + flow("b", "x")))
                .singleElement()
                .asString()
                .contains("reads 'told'");
        assertThat(wrong(process + late + flow("b", "e"))).isEmpty();
    }

    @Test
    void refusesAFieldThatMayBeLeftEmptyAndSaysWhichLineItIs() {
        assertThat(wrong(GUARDRAILS + flow("g", "t") + "<userTask id='t'" + ASKS + "/>" + flow("t", "x")
                        + decides("x", "#{remark == 'none'}") + ENDS))
                .singleElement()
                .asString()
                .contains(
                        "reads 'remark', which may be left empty: line 4 of mine.form does not ask for it in any case");
    }

    @Test
    void knowsWhatWasSetOnAllBranchesThatAreWaitedFor() {
        String fork = GUARDRAILS + flow("g", "f") + "<parallelGateway id='f'/>" + flow("f", "t") + flow("f", "u")
                + "<userTask id='t'" + ASKS + "/><userTask id='u'/>" + flow("t", "j") + flow("u", "j")
                + "<%s id='j'/>" + flow("j", "x") + decides("x", "#{choice == 'yes'}") + ENDS;

        assertThat(wrong(fork.formatted("parallelGateway"))).isEmpty();
        assertThat(wrong(fork.formatted("exclusiveGateway"))).hasSize(1);
    }

    @Test
    void goesIntoSubprocessesAndThroughThem() {
        String process = GUARDRAILS + flow("g", "p") + "<subProcess id='p'>%s<startEvent id='q'/>" + flow("q", "t")
                + "<userTask id='t'" + ASKS + "/>" + flow("t", "r") + "<endEvent id='r'/></subProcess>" + flow("p", "x")
                + decides("x", "#{choice == 'yes'}") + ENDS;
        String each = "<multiInstanceLoopCharacteristics>%s</multiInstanceLoopCharacteristics>";
        String times = "<loopCardinality xsi:type='tFormalExpression'>2</loopCardinality>";
        String until = "<completionCondition xsi:type='tFormalExpression'>#{choice == 'no'}</completionCondition>";

        assertThat(wrong(process.formatted(""))).isEmpty();
        assertThat(wrong(process.formatted(each.formatted(times + until)))).isEmpty();
        assertThat(wrong(process.formatted(each.formatted(""))))
                .as("there may be nothing to run through")
                .anyMatch(why -> why.startsWith("if_x"));
    }

    @Test
    void takesALoopBackToWhatWasAskedBefore() {
        assertThat(wrong(GUARDRAILS + flow("g", "t") + "<userTask id='t'" + ASKS + "/>" + flow("t", "x")
                        + "<exclusiveGateway id='x' default='x_e'/>" + flow("x", "e")
                        + "<sequenceFlow id='back' sourceRef='x' targetRef='t'><conditionExpression"
                        + " xsi:type='tFormalExpression'>#{choice == 'no'}</conditionExpression></sequenceFlow>"
                        + "<endEvent id='e'/>"))
                .isEmpty();
    }

    @Test
    void refusesTheReasonOfAnEndBeforeThereIsOne() {
        assertThat(wrong(GUARDRAILS + flow("g", "r")
                        + "<serviceTask id='r' camunda:delegateExpression='#{revokeAccess}'/>" + flow("r", "x")
                        + decides("x", "#{endReason == 'REVOKED'}") + ENDS))
                .isEmpty();
        assertThat(wrong(GUARDRAILS + flow("g", "x") + decides("x", "#{endReason == 'REVOKED'}")
                        + "<serviceTask id='r' camunda:delegateExpression='#{revokeAccess}'/>" + ENDS))
                .singleElement()
                .asString()
                .contains("reads 'endReason', which is there right behind #{revokeAccess} alone");
    }

    @Test
    void isNotHeldUpByWaysThatLeadNowhereOrInCircles() {
        StringBuilder many = new StringBuilder(GUARDRAILS).append(flow("g", "t0"));
        for (int number = 800; number >= 0; number--) {
            many.append("<task id='t").append(number).append("'/>");
            many.append(flow("t" + number, "t" + (number + 1) % 800));
        }
        assertThat(wrong(many + flow("x", "nobody") + decides("x", "#{verdict == 'DENIED'}") + ENDS))
                .noneMatch(why -> why.startsWith("if_x"));
    }
}
