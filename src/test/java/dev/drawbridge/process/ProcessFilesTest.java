package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Processes are source code: they read as a picture, and they are linted. */
class ProcessFilesTest {
    private static final Path PROCESSES = Path.of("processes");

    static List<Path> processes() {
        try (Stream<Path> house = Files.walk(PROCESSES);
                Stream<Path> company = Files.walk(Path.of("src/test/resources/company/processes"))) {
            return Stream.concat(house, company)
                    .filter(file -> file.toString().endsWith(".bpmn"))
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @ParameterizedTest
    @MethodSource("processes")
    void hasACompleteDiagram(Path file) {
        BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
        List<BaseElement> shapes = model.getModelElementsByType(BpmnShape.class).stream()
                .map(BpmnShape::getBpmnElement)
                .toList();
        List<BaseElement> edges = model.getModelElementsByType(BpmnEdge.class).stream()
                .map(BpmnEdge::getBpmnElement)
                .toList();
        assertThat(shapes).containsAll(model.getModelElementsByType(FlowNode.class));
        assertThat(edges).containsAll(model.getModelElementsByType(SequenceFlow.class));
    }

    @ParameterizedTest
    @MethodSource("processes")
    void hasIdsThatSayWhatTheyAre(Path file) {
        BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
        assertThat(model.getModelElementsByType(FlowElement.class))
                .extracting(FlowElement::getId)
                .allMatch(
                        id -> id.matches(
                                "(startEvent|endEvent|boundaryEvent|catchEvent|task|gateway|subProcess|flow)_[a-z][A-Za-z0-9]+"));
    }

    @ParameterizedTest
    @MethodSource("processes")
    void asksAtEveryGatewayThatDecidesAndFallsBackToTheSafeAnswer(Path file) {
        BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
        for (ExclusiveGateway gateway : model.getModelElementsByType(ExclusiveGateway.class)) {
            if (gateway.getOutgoing().size() > 1) {
                assertThat(gateway.getName()).as(gateway.getId()).endsWith("?");
                assertThat(gateway.getDefault()).as(gateway.getId()).isNotNull();
                assertThat(gateway.getOutgoing()).allMatch(flow -> flow.getName() != null);
            }
        }
    }

    @Test
    void beginsWithTheGuardrailsAndHasAnEndForEachOutcome() {
        BpmnModelInstance model =
                Bpmn.readModelFromFile(PROCESSES.resolve("access-request.bpmn").toFile());
        StartEvent start = model.getModelElementById("startEvent_accessRequested");
        assertThat(start.getSucceedingNodes().list())
                .extracting(FlowNode::getId)
                .containsExactly("task_checkGuardrails");
        assertThat(model.getModelElementsByType(EndEvent.class))
                .extracting(EndEvent::getId)
                .contains(
                        "endEvent_denied",
                        "endEvent_rejected",
                        "endEvent_timedOut",
                        "endEvent_withdrawn",
                        "endEvent_expired",
                        "endEvent_returned",
                        "endEvent_revoked",
                        "endEvent_failed");
    }

    @ParameterizedTest
    @MethodSource("processes")
    void passesBpmnlint(Path file) throws Exception {
        Optional<String> bpmnlint = onThePath("bpmnlint");
        if (bpmnlint.isEmpty()) {
            System.out.println("SKIPPED: bpmnlint is not on the PATH (npm install --global bpmnlint"
                    + " bpmnlint-plugin-camunda-compat), so the processes are not linted.");
            assertThat(System.getenv("CI")).as("In CI the processes are linted").isNotEqualTo("true");
        }
        assumeThat(bpmnlint).isPresent();
        ProcessBuilder command = new ProcessBuilder(bpmnlint.get(), file.toString()).redirectErrorStream(true);
        // Its plugins are installed beside it, and not in this folder.
        command.environment()
                .put(
                        "NODE_PATH",
                        Path.of(bpmnlint.get())
                                .toRealPath()
                                .getParent()
                                .getParent()
                                .getParent()
                                .toString());
        Process lint = command.start();
        String report = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(lint.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(lint.exitValue()).as(report).isZero();
    }

    private static Optional<String> onThePath(String program) {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
