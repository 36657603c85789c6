package dev.drawbridge.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.platform.CannotStart;
import dev.drawbridge.process.ProcessDeployment;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.Parts;
import dev.drawbridge.testing.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.FileSystemUtils;

/** The server's folders: what of them is published when the server starts again, or while somebody writes them. */
@DrawbridgeTest
class FoldersTest {
    private static final String LEVELS = "rules/levels.yaml";
    private static final String PROCESS = "processes/access-request.bpmn";
    private static Path folders;

    @Autowired
    World world;

    @Autowired
    PublishFolders starting;

    @Autowired
    NumberedPublications publications;

    @Autowired
    PublicationInForce inForce;

    @Autowired
    RulesFolder rules;

    @Autowired
    ProcessDeployment processes;

    @Autowired
    Publish publish;

    @DynamicPropertySource
    static void ofItsOwn(DynamicPropertyRegistry properties) throws IOException {
        folders = Files.createTempDirectory("folders");
        for (String name : new String[] {"rules", "processes"}) {
            FileSystemUtils.copyRecursively(Path.of(name), folders.resolve(name));
        }
        properties.add("drawbridge.rules", () -> folders.resolve("rules").toString());
        properties.add(
                "drawbridge.processes", () -> folders.resolve("processes").toString());
    }

    @BeforeEach
    void asTheyAreDelivered() throws IOException {
        world.startAfresh();
        world.jdbc().sql("delete from node_runs").update();
        for (String file : new String[] {LEVELS, PROCESS}) {
            Files.copy(Path.of(file), folders.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        start();
        publishedWhileItRuns(LEVELS, Files.readString(Path.of(LEVELS)));
        publishedWhileItRuns(PROCESS, Files.readString(Path.of(PROCESS)));
    }

    private void start() {
        starting.afterSingletonsInstantiated();
    }

    private static void write(String file, String before, String now) throws IOException {
        Path path = folders.resolve(file);
        Files.writeString(path, Files.readString(path).replace(before, now));
    }

    private Publication live() {
        Publication live = inForce.latestHere().orElseThrow();
        assertThat(publications.latest()).contains(live);
        return live;
    }

    private String text(String file) {
        return new String(publications.file(live().number(), file).orElseThrow(), StandardCharsets.UTF_8);
    }

    private void publishedWhileItRuns(String file, String content) {
        Answer answer = world.send("process-owner", "/api/v1/publications", new Parts().file(file, content));
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
    }

    private static String levels(String deadline) throws IOException {
        return Files.readString(Path.of(LEVELS)).replace("deadline: PT20H", "deadline: " + deadline);
    }

    @Test
    void leaveInForceWhatWasPublishedMeanwhileWhereTheyHaveNotChanged() throws IOException {
        publishedWhileItRuns(LEVELS, levels("PT30H"));
        Publication before = live();

        start();

        assertThat(live()).isEqualTo(before);
    }

    @Test
    void takeThePlaceOfWhatTheyHaveChangedAloneAndLeaveTheRest() throws IOException {
        publishedWhileItRuns(LEVELS, levels("PT30H"));
        write(PROCESS, "name=\"Use access\"", "name=\"Use it\"");

        start();

        assertThat(live().author()).isEqualTo("system");
        assertThat(text(PROCESS)).contains("Use it");
        assertThat(text(LEVELS)).as("the rules' folder has not changed").contains("PT30H");
        assertThat(world.state(world.request("engineer", "app-logs-read", "PT30M")))
                .isEqualTo("ACTIVE");
    }

    @Test
    void areNotPublishedOnceMoreWhereTheyHoldWhatIsInForce() throws IOException {
        publishedWhileItRuns(LEVELS, levels("PT30H"));
        Publication before = live();
        write(LEVELS, "deadline: PT20H", "deadline: PT30H");

        start();
        start();

        assertThat(live()).isEqualTo(before);
    }

    /** Somebody forgot to bring it up to date. */
    @Test
    void doNotTakeOverWhileOtherNodesRunWhereTheyHoldWhatWasPublishedOnce() throws IOException {
        write(LEVELS, "deadline: PT20H", "deadline: PT31H");
        start();
        Publication newer = live();
        Files.writeString(folders.resolve(LEVELS), levels("PT20H"));
        world.jdbc()
                .sql("insert into node_runs values (:node, 'other:8080', 'publication', '', now())")
                .param("node", UUID.randomUUID())
                .update();

        start();
        assertThat(live()).isEqualTo(newer);

        world.jdbc().sql("delete from node_runs").update();
        start();
        assertThat(live().number()).as("alone, it is what somebody wants").isEqualTo(newer.number() + 1);
        assertThat(text(LEVELS)).contains("PT20H");
    }

    @Test
    void refuseToStartWithWhatCannotBeReadAndLeaveInForceWhatWas() throws IOException {
        Publication before = live();
        write(LEVELS, "quorum: 1", "quorum: one");

        assertThatThrownBy(this::start).isInstanceOf(CannotStart.class).hasMessageContaining(LEVELS + ", line ");

        assertThat(live()).isEqualTo(before);
    }

    /** An earlier release let people deploy without a number. */
    @Test
    void giveANumberToWhatWasDeployedWithoutOne() throws IOException {
        Publication before = live();
        String theirs = text(PROCESS).replace("name=\"Use access\"", "name=\"Theirs\"");
        Answer deployed = world.send(
                "process-owner",
                "/engine-rest/deployment/create",
                new Parts().field("deployment-name", "mine").file("access-request.bpmn", theirs));
        assertThat(deployed.status()).isEqualTo(200);
        long withNumber = live().number();
        forget(withNumber);

        start();

        assertThat(live().number()).isEqualTo(before.number() + 1);
        assertThat(live().author()).isEqualTo("process-owner");
        assertThat(live().note()).isEqualTo("Deployed to the engine by an earlier release.");
        assertThat(text(PROCESS)).isEqualTo(theirs);
        assertThat(text(LEVELS)).isEqualTo(Files.readString(Path.of(LEVELS)));
    }

    /** As if it had never had a number. */
    private void forget(long number) {
        for (String table : new String[] {"publication_step", "publication_file", "publication"}) {
            world.jdbc().sql("alter table " + table + " disable trigger user").update();
            world.jdbc()
                    .sql("delete from " + table + " where number = :number")
                    .param("number", number)
                    .update();
            world.jdbc().sql("alter table " + table + " enable trigger user").update();
        }
        ReflectionTestUtils.setField(inForce, "latest", new AtomicReference<Here>());
    }

    @Test
    void arePublishedWheneverSomethingIsSavedWhileSomebodyWritesThem() throws IOException {
        WatchFolders watch = new WatchFolders(rules, processes, publications, publish, new Agreement("none"));
        publishedWhileItRuns("rules/tickets.yaml", Files.readString(Path.of("rules/tickets.yaml")) + "\n");
        Publication before = live();
        watch.look();
        watch.look();
        assertThat(live()).as("nothing was saved").isEqualTo(before);

        write(LEVELS, "deadline: PT20H", "deadline: PT32H");
        watch.look();
        watch.look();
        assertThat(live().number()).isEqualTo(before.number() + 1);
        assertThat(text(LEVELS)).contains("PT32H");

        write(LEVELS, "quorum: 1", "quorum: one");
        watch.look();
        watch.look();
        assertThat(live().number()).as("half written").isEqualTo(before.number() + 1);
    }
}
