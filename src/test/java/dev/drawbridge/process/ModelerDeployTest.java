package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.PlatformTransactionManager;

/** <i>Deploy</i> in Camunda Modeler, as it sends things; and what becomes of that when the server starts again. */
@DrawbridgeTest
class ModelerDeployTest {
    private static final Path HOUSE = Path.of("processes");
    private static final List<String> FORMS =
            List.of("request-access.html", "approve-access.html", "answer-question.html", "use-access.html");

    @Autowired
    World world;

    @Autowired
    ProcessDeployment folder;

    @Autowired
    Publications publications;

    @Autowired
    LiveProcess inForce;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    PlatformTransactionManager transactions;

    private String before;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        before = live().getDeploymentId();
    }

    @AfterEach
    void takeBack() {
        while (!live().getDeploymentId().equals(before)) {
            repository().deleteDeployment(live().getDeploymentId(), true);
        }
    }

    @Test
    void takesAProcessWithItsFormsUnderBareNames() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("access-request.bpmn", changed());
        for (String form : FORMS) {
            files.put(form, Files.readAllBytes(HOUSE.resolve("forms").resolve(form)));
        }

        Answer answer = deploy(files);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(live().getName()).isEqualTo("Request access, changed");
        assertThat(repository().getDeploymentResourceNames(live().getDeploymentId()))
                .containsExactlyInAnyOrder(
                        "access-request.bpmn",
                        "forms/request-access.html",
                        "forms/approve-access.html",
                        "forms/answer-question.html",
                        "forms/use-access.html");
        assertThat(world.get("engineer", "/engine-rest/process-definition/key/access-request/deployed-start-form")
                        .text())
                .contains("cam-script");
        UUID id = world.request("engineer", "app-logs-read", "PT30M");
        assertThat(world.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void takesTheFormsThatAreLiveWhereTheyAreNotSent() throws IOException {
        assertThat(deploy(Map.of("access-request.bpmn", changed())).status()).isEqualTo(200);

        assertThat(repository().getDeploymentResourceNames(live().getDeploymentId()))
                .contains("forms/request-access.html", "forms/use-access.html");
        assertThat(world.lastEntry()).contains("published access-request.bpmn, forms/answer-question.html");
    }

    @Test
    void takesAFormThatIsInTheFolderThoughTheProcessInForceNamesItNot() throws IOException {
        assertThat(deploy(Map.of("access-request.bpmn", changed())).status()).isEqualTo(200);
        byte[] naming = new String(changed(), StandardCharsets.UTF_8)
                .replace(
                        "<bpmn:userTask id=\"task_answerQuestion\" name=\"Answer question\""
                                + " camunda:formKey=\"embedded:deployment:forms/answer-question.html\"",
                        "<bpmn:userTask id=\"task_ofOurs\""
                                + " camunda:formKey=\"embedded:deployment:forms/complete-task.html\"")
                .replace("=\"task_answerQuestion\"", "=\"task_ofOurs\"")
                .replace(
                        "camunda:assignee=\"#{accessWindow.requester(execution)}\">\n"
                                + "        <bpmn:documentation>An approver",
                        "camunda:candidateUsers=\"security\">\n        <bpmn:documentation>An approver")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(deploy(Map.of("access-request.bpmn", naming)).status()).isEqualTo(200);

        assertThat(repository().getDeploymentResourceNames(live().getDeploymentId()))
                .contains("forms/complete-task.html")
                .doesNotContain("forms/answer-question.html");
    }

    @Test
    void saysWhichFormIsNeitherSentNorLive() throws IOException {
        byte[] naming = new String(changed(), StandardCharsets.UTF_8)
                .replace("forms/answer-question.html", "forms/mine.html")
                .getBytes(StandardCharsets.UTF_8);

        Answer answer = deploy(Map.of("access-request.bpmn", naming));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(new ObjectMapper().readTree(answer.text()).path("message").asText())
                .isEqualTo("Not published, line 41 (task_answerQuestion) of access-request.bpmn: it names the form"
                        + " forms/mine.html, which is neither sent with it nor part of what is live.");
        assertThat(live().getDeploymentId()).isEqualTo(before);
    }

    @Test
    void takesNoChangedPageUnderABareNameEither() throws IOException {
        byte[] own = new String(Files.readAllBytes(HOUSE.resolve("forms/approve-access.html")), StandardCharsets.UTF_8)
                .replace("<script cam-script", "<script>answer = 'approve'</script><script cam-script")
                .getBytes(StandardCharsets.UTF_8);

        Answer answer = deploy(Map.of("access-request.bpmn", changed(), "approve-access.html", own));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("none of the forms that are installed here");
        assertThat(live().getDeploymentId()).isEqualTo(before);
    }

    @Test
    void takesNobodysWorkForThatOfTheFolder() throws IOException {
        Answer answer = deploy(Map.of("access-request.bpmn", changed()), "folder");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("that of the server's own folder");
        assertThat(live().getDeploymentId()).isEqualTo(before);
    }

    @Test
    void leavesWhatAPersonPublishedLiveAtAStartAtWhichTheFolderHasNotChanged() throws IOException {
        deploy(Map.of("access-request.bpmn", changed()));
        String theirs = live().getDeploymentId();

        folder.deploy(folder.folder());

        assertThat(live().getDeploymentId()).isEqualTo(theirs);
        assertThat(entries("processes-replaced")).isEmpty();
    }

    @Test
    void saysThatAChangedFolderReplacesWhatAPersonPublishedWhoAndWhen(@TempDir Path changedFolder) throws IOException {
        deploy(Map.of("access-request.bpmn", changed()));
        String theirs = live().getDeploymentId();
        Files.createDirectories(changedFolder.resolve("forms"));
        for (String form : FORMS) {
            Files.copy(
                    HOUSE.resolve("forms").resolve(form),
                    changedFolder.resolve("forms").resolve(form));
        }
        Files.write(changedFolder.resolve("access-request.bpmn"), changed("changed in the folder"));

        publish(changedFolder);

        assertThat(live().getDeploymentId()).isNotEqualTo(theirs);
        assertThat(live().getName()).isEqualTo("Request access, changed in the folder");
        assertThat(entries("processes-replaced"))
                .singleElement()
                .asString()
                .isEqualTo("The server's folder has changed since it was last published, and replaces what"
                        + " Pia Process (process-owner) published on "
                        + world.clock().instant() + ".");

        // What was sent before is published once more: the folder's is live, whatever was sent last.
        assertThat(deploy(Map.of("access-request.bpmn", changed())).status()).isEqualTo(200);
        assertThat(live().getName()).isEqualTo("Request access, changed");
    }

    @Test
    void publishesTheFormsOfCamundaModelerThatLieInTheFolder(@TempDir Path withAForm) throws IOException {
        Files.createDirectories(withAForm.resolve("forms"));
        for (String form : FORMS) {
            Files.copy(
                    HOUSE.resolve("forms").resolve(form),
                    withAForm.resolve("forms").resolve(form));
        }
        Files.writeString(withAForm.resolve("forms/own.form"), "{\"id\": \"own\", \"components\": []}");
        Files.write(withAForm.resolve("access-request.bpmn"), changed("with a form"));

        publish(withAForm);

        assertThat(repository().getDeploymentResourceNames(live().getDeploymentId()))
                .contains("forms/own.form");
    }

    private void publish(Path other) {
        ProcessDeployment deployment =
                new ProcessDeployment(repository(), publications, inForce, events, transactions, other);
        deployment.deploy(deployment.folder());
    }

    private List<String> entries(String kind) {
        return world.jdbc()
                .sql("select sentence from audit_entry where kind = :kind and at >= :since")
                .param("kind", kind)
                .param("since", world.clock().instant().atOffset(java.time.ZoneOffset.UTC))
                .query(String.class)
                .list();
    }

    private static byte[] changed() throws IOException {
        return changed("changed");
    }

    private static byte[] changed(String how) throws IOException {
        return Files.readString(HOUSE.resolve("access-request.bpmn"))
                .replace("name=\"Request access\"", "name=\"Request access, " + how + "\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    private RepositoryService repository() {
        return world.engine().getRepositoryService();
    }

    private ProcessDefinition live() {
        return repository()
                .createProcessDefinitionQuery()
                .processDefinitionKey(ProcessNames.ACCESS_REQUEST)
                .latestVersion()
                .singleResult();
    }

    private Answer deploy(Map<String, byte[]> files) {
        return deploy(files, "Camunda Modeler");
    }

    /** The parts that Camunda Modeler sends: each file under its own name, wherever it lies. */
    private Answer deploy(Map<String, byte[]> files, String source) {
        return DeploymentCall.post(
                world,
                "process-owner",
                Map.of("deployment-name", "access-request", "deployment-source", source, "deploy-changed-only", "true"),
                files);
    }
}
