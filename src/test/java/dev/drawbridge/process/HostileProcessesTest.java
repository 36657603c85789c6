package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.platform.EmbeddedPostgresServer;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Files of many kinds that would run something, against each fence alone and against the running product. */
@DrawbridgeTest
class HostileProcessesTest {
    private static final Path CORPUS = Path.of("src/test/resources/hostile/processes");

    @Autowired
    World world;

    @Autowired
    ListableBeanFactory beans;

    @Autowired
    EmbeddedPostgresServer postgres;

    static List<Path> corpus() {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.sorted().toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @BeforeEach
    void hush() {
        Canary.hush();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void refusesItByTheInspectionAloneWithTheLine(Path file) {
        ProcessInspection inspection = new ProcessInspection(new ProcessVocabulary(beans));

        assertThatThrownBy(() -> {
                    ProcessReader.Read read = ProcessReader.read("try.bpmn", new ByteArrayInputStream(content(file)));
                    inspection.inspect("try.bpmn", read, Map.of("try.bpmn", new byte[0]));
                })
                .isInstanceOf(Refusal.class)
                .hasMessageMatching("Not published(, line [0-9]+( \\(.+\\))? of try\\.bpmn)?: .+\\.");

        assertThat(Canary.hasSung()).isFalse();
    }

    @Test
    void runsNothingOfItInTheEngineAloneThoughNothingInspectsIt() {
        List<String> sung = new ArrayList<>();
        try (SmallEngine engine = SmallEngine.withoutCode(postgres)) {
            for (Path file : corpus()) {
                engine.walk("try.bpmn", content(file));
                if (Canary.hasSung()) {
                    sung.add(file.getFileName().toString());
                    Canary.hush();
                }
            }
        }
        assertThat(sung).isEmpty();
    }

    @Test
    void wouldRunMostOfItInAnEngineAsItComes() {
        int sung = 0;
        try (SmallEngine engine = SmallEngine.asItComes(postgres)) {
            for (Path file : corpus()) {
                engine.walk("try.bpmn", content(file));
                if (Canary.hasSung()) {
                    sung++;
                    Canary.hush();
                }
            }
        }
        assertThat(sung).as("files whose canary sings where nothing stops it").isGreaterThan(60);
    }

    @Test
    void runsNothingOfWhatFuzzingPutsIntoTheHousesProcess() {
        try (SmallEngine engine = SmallEngine.withoutCode(postgres)) {
            for (long seed = 0; seed < 60; seed++) {
                byte[] mutated = new MutatedProcess(new Random(seed)).text().getBytes(StandardCharsets.UTF_8);
                engine.walk("try.bpmn", mutated);
                assertThat(Canary.hasSung()).as("seed " + seed).isFalse();
            }
        }
    }

    @Test
    void refusesAllOfItAtTheEnginesDoorsWithASentenceAndLeavesWhatWasLive() {
        long deployments =
                world.engine().getRepositoryService().createDeploymentQuery().count();
        String live = live();
        for (Path file : corpus()) {
            Answer answer = publish("process-owner", Map.of("try.bpmn", content(file)));

            assertThat(answer.status()).as(file.toString()).isEqualTo(400);
            assertThat(message(answer))
                    .as(file.toString())
                    .startsWith("Not published")
                    .doesNotContain("Exception");
        }
        assertThat(Canary.hasSung()).isFalse();
        assertThat(live()).isEqualTo(live);
        assertThat(world.engine().getRepositoryService().createDeploymentQuery().count())
                .isEqualTo(deployments);
        assertThat(world.lastEntry()).startsWith("process-owner: Refused (process-owner): Not published");
    }

    @Test
    void refusesWhatIsNestedTooDeepOrTooMuchToRead() {
        String open = "<subProcess id='s%d'>";
        StringBuilder deep = new StringBuilder();
        StringBuilder ends = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            deep.append(open.formatted(i));
            ends.append("</subProcess>");
        }
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 6_000; i++) {
            many.append("<task id='s").append(i).append("'/>");
        }
        assertThat(refusal(Map.of("try.bpmn", process(deep.toString() + ends))))
                .isEqualTo("Not published, line 2 of try.bpmn: elements are nested more than 50 deep.");
        assertThat(refusal(Map.of("try.bpmn", process(many.toString()))))
                .isEqualTo("Not published, line 2 of try.bpmn: the file has more than 2500 elements.");
        assertThat(refusal(Map.of("try.bpmn", process("<task id='t'/><!--" + " ".repeat(1_100_000) + "-->"))))
                .isEqualTo("Not published: try.bpmn is larger than 1 MB.");
        Map<String, byte[]> large = new LinkedHashMap<>();
        for (int i = 0; i < 6; i++) {
            large.put("f" + i + ".html", new byte[1_000_000]);
        }
        assertThat(refusal(large)).isEqualTo("Not published: the files are larger than 5 MB together.");
        Map<String, byte[]> several = new LinkedHashMap<>();
        for (int i = 0; i < 101; i++) {
            several.put("f" + i + ".html", new byte[1]);
        }
        assertThat(refusal(several)).isEqualTo("Not published: 101 files are more than the 100 that go together.");
        assertThat(refusal(Map.of("a.html", new byte[1], "A.html", new byte[1])))
                .contains("but for capitals");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../try.bpmn",
                "forms/../../x.html",
                "/etc/x.html",
                "a\\\\b.html",
                "a'b.html",
                "a;b.html",
                "a\u0007b.html",
                "a\u202eb.html",
                "a//b.html",
                ".hidden.html",
                "x.bpmn.class",
                "x.BPMN",
                "<script>.html"
            })
    void refusesANameThatIsMoreThanAName(String name) {
        assertThat(refusal(Map.of(name, process("<task id='t'/>")))).startsWith("Not published: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1]", "{\"id\": 1}", "deep"})
    void refusesAFormThatIsNone(String form) {
        String content = form.equals("deep") ? "[".repeat(200_000) : form;

        assertThat(refusal(Map.of("x.form", content.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("Not published: x.form is no form as Camunda Modeler writes it.");
    }

    @Test
    void publishesNoPagesOfAPersonThatWouldRunInTheBrowsersOfApprovers() throws IOException {
        byte[] own = Files.readAllBytes(Path.of("processes/forms/approve-access.html"));
        byte[] changed = new String(own, StandardCharsets.UTF_8)
                .replace("<script cam-script", "<script>answer = 'approve'</script><script cam-script")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(refusal(Map.of("forms/approve-access.html", changed)))
                .contains("none of the forms that are installed here");
        assertThat(publish("process-owner", Map.of("try.bpmn", process("<task id='t'/>"), "a.html", own))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-13-01",
                "2026-02-30",
                "2026-01-01T99:00:00Z",
                "PTTTT",
                "P9999999999999Y",
                "PT99999999999999S"
            })
    void refusesATimeThatCannotBeMeant(String time) {
        String kind = time.startsWith("P") ? "timeDuration" : "timeDate";

        assertThat(refusal(Map.of(
                        "try.bpmn",
                        process("<intermediateCatchEvent id='t'><timerEventDefinition id='x'><" + kind + " id='y'>"
                                + time + "</" + kind + "></timerEventDefinition></intermediateCatchEvent>"))))
                .contains("Not published");
    }

    @Test
    void refusesAnExpressionWithoutEndInsteadOfLosingItsStackOverIt() {
        String call = "#{accessWindow.requester(a" + ",a".repeat(200_000) + ")}";

        assertThat(refusal(Map.of("try.bpmn", process("<userTask id='t' camunda:assignee='" + call + "'/>"))))
                .contains("is more than processes may use");
    }

    @Test
    void letsNoJobGoBeforeThoseThatEndAccess() {
        assertThat(refusal(Map.of(
                        "try.bpmn", process("<task id='t' camunda:asyncBefore='true' camunda:jobPriority='101'/>"))))
                .contains("'101' is no priority");
    }

    @Test
    void publishesNothingForATenantOrUnderANameThatCannotBeStored() {
        for (String name : List.of("x".repeat(300), "a\u202eb")) {
            assertThatThrownBy(() -> world.engine()
                            .getRepositoryService()
                            .createDeployment()
                            .name(name)
                            .addString("try.bpmn", new String(process("<task id='t'/>"), StandardCharsets.UTF_8))
                            .deploy())
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("the name of a publication");
        }
        assertThatThrownBy(() -> world.engine()
                        .getRepositoryService()
                        .createDeployment()
                        .tenantId("t")
                        .addString("try.bpmn", new String(process("<task id='t'/>"), StandardCharsets.UTF_8))
                        .deploy())
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no tenants");
    }

    @Test
    void refusesANameThatIsTooLong() {
        assertThatThrownBy(() -> world.engine()
                        .getRepositoryService()
                        .createDeployment()
                        .addString("x".repeat(300) + ".html", "x")
                        .deploy())
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("more than 200 characters");
    }

    @Test
    void putsOnRecordWhichFilesWereRefusedHoweverLongTheirNamesAre() {
        world.startAfresh();
        Map<String, byte[]> files = new TreeMap<>();
        for (int file = 0; file < 12; file++) {
            files.put("a".repeat(110) + file + ".bpmn", process("<scriptTask id='t'/>"));
        }
        refusal(files);
        assertThat(world.lastEntry()).containsPattern("SHA-256 [0-9a-f]{64}\\)$");
    }

    @Test
    void putsOnRecordWhoPublishedWhatAndWhatWasRefused() {
        world.startAfresh();
        assertThat(refusal(Map.of("try.bpmn", process("<scriptTask id='t'/>"))))
                .isEqualTo("Not published, line 2 (t) of try.bpmn: <scriptTask> is not part of what processes may"
                        + " use; it may run code.");
        assertThat(world.lastEntry())
                .startsWith("process-owner: Refused (process-owner): Not published, line 2 (t) of try.bpmn: ")
                .containsPattern("\\(Files: try\\.bpmn; SHA-256 [0-9a-f]{64}\\)$");

        assertThat(publish("process-owner", Map.of("try.bpmn", process("<task id='t'/>")))
                        .status())
                .isEqualTo(200);
        assertThat(world.lastEntry())
                .matches("process-owner: .+ \\(process-owner\\) published try\\.bpmn \\(SHA-256 [0-9a-f]{64}\\)\\.");
    }

    @Test
    void putsOnRecordWhatTheFolderHeldAtTheStart() {
        assertThat(world.jdbc()
                        .sql("select sentence from audit_entry where kind = 'processes-published' and actor = 'system'")
                        .query(String.class)
                        .list())
                .as("beside what other tests published in nobody's name")
                .anyMatch(sentence -> sentence.matches(
                        "system published access-request\\.bpmn, .*forms/approve-access\\.html.* \\(SHA-256 .+\\)\\."));
    }

    @Test
    void leavesNoEntryForAStartThatChangesNothing() {
        Integer before = entries();

        ProcessDeployment folder = beans.getBean(ProcessDeployment.class);
        folder.deploy(folder.folder());

        assertThat(entries()).isEqualTo(before);
    }

    private Integer entries() {
        return world.jdbc()
                .sql("select count(*) from audit_entry where kind = 'processes-published'")
                .query(Integer.class)
                .single();
    }

    @Test
    void readsWhatAnEarlierReleasePublishedThoughItsInspectionLetMorePass() {
        String id = world.engine()
                .getRepositoryService()
                .createDeployment()
                .addInputStream("earlier.bpmn", new ByteArrayInputStream(process("<task id='t'/>")))
                .deploy()
                .getId();
        world.jdbc()
                .sql("update act_ge_bytearray set bytes_ = :bytes where deployment_id_ = :id")
                .param("bytes", process("<task id='t' camunda:initiator='x'/>"))
                .param("id", id)
                .update();
        var configuration = (org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl)
                world.engine().getProcessEngineConfiguration();
        configuration.getDeploymentCache().discardProcessDefinitionCache();

        assertThat(world.engine()
                        .getRuntimeService()
                        .startProcessInstanceByKey("tried")
                        .isEnded())
                .isTrue();
    }

    @Test
    void letsNobodyDeleteWhatWasPublished() {
        world.startAfresh();
        String id = world.engine()
                .getRepositoryService()
                .createDeploymentQuery()
                .list()
                .get(0)
                .getId();

        assertThat(world.call("process-owner", "DELETE", "/engine-rest/deployment/" + id + "?cascade=true", null)
                        .status())
                .isEqualTo(403);
        assertThat(world.lastEntry()).contains("What was published stays on record");
    }

    private String live() {
        return world.engine()
                .getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey(ProcessNames.ACCESS_REQUEST)
                .latestVersion()
                .singleResult()
                .getId();
    }

    private static byte[] process(String inside) {
        return ("<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'"
                        + " xmlns:camunda='http://camunda.org/schema/1.0/bpmn' targetNamespace='try'>\n"
                        + "<process id='tried' isExecutable='true' camunda:historyTimeToLive='P1D'><startEvent id='s'/>"
                        + "<sequenceFlow id='f' sourceRef='s' targetRef='t'/>" + inside + "</process></definitions>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private String refusal(Map<String, byte[]> files) {
        Answer answer = publish("process-owner", files);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        return message(answer);
    }

    private static String message(Answer answer) {
        try {
            return new ObjectMapper().readTree(answer.text()).path("message").asText();
        } catch (IOException notJson) {
            throw new AssertionError(answer.text(), notJson);
        }
    }

    private Answer publish(String who, Map<String, byte[]> files) {
        return DeploymentCall.post(world, who, Map.of(), files);
    }
}
