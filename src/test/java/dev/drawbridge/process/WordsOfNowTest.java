package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.CannotStart;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.FileSystemUtils;

/**
 * A process that stays while the words beside it change: what it names and the rules no longer have is told, and does not wait
 * for somebody who notices that a control is gone.
 */
@DrawbridgeTest
class WordsOfNowTest {
    private static final Path HOUSE = Path.of("processes");
    private static final String FILE = "access-request.bpmn";
    private static final String CONTROL = "#{verdict == 'ALLOWED' and asked.entitlement(execution) != 'orders-read'}";
    private static final String TASK =
            "<bpmn:userTask id=\"task_inform\" name=\"Inform\" camunda:candidateGroups=\"security\"/>";

    @Autowired
    World world;

    @Autowired
    Publications publications;

    @Autowired
    LiveProcess inForce;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    PlatformTransactionManager transactions;

    @TempDir
    Path folder;

    private String before;

    @BeforeEach
    void publishACompanysFolder() throws IOException {
        world.startAfresh();
        before = live().getDeploymentId();
        FileSystemUtils.copyRecursively(HOUSE, folder);
        Files.writeString(folder.resolve(FILE), companys());
        start();
    }

    @AfterEach
    void takeBack() {
        world.jdbc()
                .sql("delete from open_request where requester = 'somebody'")
                .update();
        while (!live().getDeploymentId().equals(before)) {
            repository().deleteDeployment(live().getDeploymentId(), true);
        }
        world.runScheduled("TargetsSeen.lookAtCatalog");
    }

    private static String companys() throws IOException {
        return Files.readString(HOUSE.resolve(FILE))
                .replace("#{verdict == 'ALLOWED'}", CONTROL)
                .replace("    <bpmn:subProcess ", "    " + TASK + "\n    <bpmn:subProcess ");
    }

    private void start() {
        ProcessDeployment deployment =
                new ProcessDeployment(repository(), publications, inForce, events, transactions, folder);
        deployment.deploy(deployment.folder());
        deployment.requireKnownWords(deployment.folder());
    }

    /** As if the rules had called something so when the folder was published: it has not changed since. */
    private void wasCalled(String before, String now) throws IOException {
        Files.writeString(
                folder.resolve(FILE), Files.readString(folder.resolve(FILE)).replace(now, before));
        world.jdbc()
                .sql("update act_ge_bytearray set bytes_ = :bytes where deployment_id_ = :id and name_ = :name")
                .param("bytes", Files.readAllBytes(folder.resolve(FILE)))
                .param("id", live().getDeploymentId())
                .param("name", FILE)
                .update();
    }

    private int lineOf(String text) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(FILE));
        for (int line = 0; line < lines.size(); line++) {
            if (lines.get(line).contains(text)) {
                return line + 1;
            }
        }
        throw new AssertionError(text);
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

    @Test
    void startsWithAFolderWhoseWordsAreThere() {
        String published = live().getDeploymentId();

        start();

        assertThat(live().getDeploymentId()).isEqualTo(published);
        assertThat(inForce.findings()).isEmpty();
    }

    @Test
    void refusesToStartWithAConditionOnAnEntitlementThatTheCatalogNoLongerHas() throws IOException {
        wasCalled("personnel-read", "orders-read");

        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Not published, line " + lineOf("personnel-read") + " of access-request.bpmn: ")
                .hasMessageContaining("compares asked.entitlement with 'personnel-read', which it never is; it can be ")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void refusesToStartWithATaskForAGroupThatTheCatalogNoLongerDeclares() throws IOException {
        wasCalled("\"data-protection\"", "\"security\"");

        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("line " + lineOf("data-protection") + " (task_inform) of access-request.bpmn: ")
                .hasMessageContaining("there is no group 'data-protection'; rules/catalog.yaml declares ");
    }

    @Test
    void startsAndTellsOfAnEntitlementThatHasLeftTheCatalogAndIsNotOverYet() throws IOException {
        wasCalled("personnel-read", "orders-read");
        world.jdbc()
                .sql("insert into open_request values (gen_random_uuid(), 'somebody', 'personnel-read', now())")
                .update();

        assertThatCode(this::start).doesNotThrowAnyException();

        assertThat(inForce.findings()).singleElement().satisfies(found -> {
            assertThat(found.file()).isEqualTo(FILE);
            assertThat(found.line()).isEqualTo(lineOf("personnel-read"));
            assertThat(found.sentence())
                    .contains("with 'personnel-read', which it never is")
                    .contains("is retired, or has left the catalog and is not over yet");
        });
    }

    @Test
    void startsWithWhatAnEarlierReleaseTookForOtherReasonsThanWordsAndTellsIt() throws IOException {
        wasCalled(
                "camunda:assignee=\"#{accessWindow.requester(execution)}\"/>",
                "camunda:candidateGroups=\"security\"/>");

        assertThatCode(this::start).doesNotThrowAnyException();

        assertThat(inForce.findings()).singleElement().satisfies(found -> {
            assertThat(found.line()).isEqualTo(lineOf("task_inform"));
            assertThat(found.sentence())
                    .contains("(task_inform)")
                    .contains("would not be published like this any more");
        });
    }

    @Test
    void refusesAnUnknownWordThoughSomethingElseWouldNotBePublishedEither() throws IOException {
        wasCalled(
                "camunda:assignee=\"#{accessWindow.requester(execution)}\"/>",
                "camunda:candidateGroups=\"security\"/>");
        wasCalled("personnel-read", "orders-read");

        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("line " + lineOf("personnel-read"));
    }

    @Test
    void startsWithWhatAPersonHasPublishedAndTellsOperatorsWhereItIsWrong() throws IOException {
        assertThat(DeploymentCall.post(
                                world,
                                "process-owner",
                                Map.of("deployment-name", "access-request", "deployment-source", "Camunda Modeler"),
                                Map.of(
                                        FILE,
                                        companys()
                                                .replace("name=\"Request access\"", "name=\"Ours\"")
                                                .getBytes(StandardCharsets.UTF_8)))
                        .status())
                .isEqualTo(200);
        String theirs = live().getDeploymentId();
        String folders = Files.readString(folder.resolve(FILE));
        wasCalled("personnel-read", "orders-read");
        Files.writeString(folder.resolve(FILE), folders);
        int line = lineOf("orders-read'}");

        start();
        world.runScheduled("TargetsSeen.lookAtCatalog");

        assertThat(live().getDeploymentId()).isEqualTo(theirs);
        assertThat(world.get("operator", "/operations").text())
                .contains("access-request.bpmn, line " + line)
                .contains("personnel-read");
        assertThat(world.get("operator", "/api/v1/open-access").text()).contains("personnel-read");
        assertThat(world.get("operator", "/actuator/health").text())
                .contains("line " + line + ": The expression ")
                .contains("personnel-read");
    }
}
