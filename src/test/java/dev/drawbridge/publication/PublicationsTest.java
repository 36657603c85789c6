package dev.drawbridge.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What was in force when, as those read it who may. */
@DrawbridgeTest
class PublicationsTest {
    private static final String PUBLICATIONS = "/api/v1/publications";

    @Autowired
    World world;

    @Autowired
    PublishFolders folders;

    @Autowired
    PublicationInForce inForce;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    private long now() {
        return inForce.now().orElseThrow().number();
    }

    @Test
    void saysWhatIsInForceSinceWhenAndByWhom() {
        Answer answer = world.get("process-owner", PUBLICATIONS + "/" + now());

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.get("stage")).isEqualTo("LIVE");
        assertThat(answer.get("fingerprint")).hasSize(64);
        assertThat(answer.json().path("agreedBy").isNull()).isTrue();
        assertThat(answer.json().path("files").findValuesAsText("path"))
                .contains("rules/catalog.yaml", "rules/invariants.yaml", "rules/duration/low-longer-than-an-hour.drl")
                .contains("processes/access-request.bpmn", "processes/forms/use-access.html")
                .noneMatch(path -> path.endsWith(".md"));
        assertThat(world.get("auditor", PUBLICATIONS).json().path("items").findValuesAsText("number"))
                .startsWith(String.valueOf(now()));
    }

    @Test
    void givesEachFileBackAsItWasPublishedAndAsTextAlone() throws Exception {
        Answer answer =
                world.get("operator", PUBLICATIONS + "/1/files/rules/sensitivity/high-needs-manager-and-owner.drl");

        assertThat(answer.text())
                .isEqualTo(Files.readString(Path.of("rules/sensitivity/high-needs-manager-and-owner.drl")));
        assertThat(world.get("operator", PUBLICATIONS + "/1/files/processes/forms/use-access.html")
                        .headers()
                        .firstValue("Content-Type"))
                .hasValue("text/plain;charset=UTF-8");
        assertThat(world.get("operator", PUBLICATIONS + "/1/files/rules/none.drl")
                        .get("code"))
                .isEqualTo("no-such-file");
        assertThat(world.get("operator", PUBLICATIONS + "/999999").get("code")).isEqualTo("no-such-publication");
    }

    @Test
    void saysOfTheFirstThatAllOfItIsNew() {
        Answer answer = world.get("auditor", PUBLICATIONS + "/1/diff");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("files").findValuesAsText("change")).containsOnly("ADDED");
        assertThat(answer.json().path("files").get(0).path("diff").asText()).startsWith("@@ -0,0 +1,");
        assertThat(world.get("auditor", PUBLICATIONS + "/1/diff?against=1")
                        .json()
                        .path("files"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"engineer", "manager", "security"})
    void isForProcessOwnersOperatorsAndAuditors(String other) {
        for (String path : List.of("", "/1", "/1/files/rules/catalog.yaml", "/1/diff")) {
            assertThat(world.get(other, PUBLICATIONS + path).get("code"))
                    .as(path)
                    .isEqualTo("not-for-you");
        }
    }

    @Test
    void namesThePublicationWithEachVerdict() {
        assertThat(world.post("engineer", "/api/v1/access-requests/preview", World.ask("app-logs-read", "PT30M"))
                        .json()
                        .path("verdict")
                        .path("publication")
                        .asLong())
                .isEqualTo(now());

        Answer answer = world.post("engineer", "/api/v1/access-requests", World.ask("app-logs-read", "PT30M"));

        assertThat(answer.json().path("verdict").path("publication").asLong()).isEqualTo(now());
        assertThat(world.get("engineer", "/api/v1/access-requests/" + answer.get("id"))
                        .json()
                        .path("verdict")
                        .path("publication")
                        .asLong())
                .isEqualTo(now());
    }

    @Test
    void publishesTheFoldersOnceAndSaysSo() {
        // What other tests have left behind is settled by the first.
        folders.afterSingletonsInstantiated();
        Publication before = inForce.now().orElseThrow();

        folders.afterSingletonsInstantiated();

        assertThat(inForce.now()).contains(before);
        assertThat(world.jdbc()
                        .sql("select sentence from audit_entry where kind = 'published' order by id limit 1")
                        .query(String.class)
                        .single())
                .startsWith("system made publication 1: processes/access-request.bpmn, ")
                .contains(" more (SHA-256 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"publication", "publication_file", "publication_content", "publication_of_folders"})
    void isNeverChanged(String table) {
        assertThatThrownBy(() -> world.jdbc().sql("delete from " + table).update())
                .hasMessageContaining("only ever added");
        assertThatThrownBy(
                        () -> world.jdbc().sql("truncate " + table + " cascade").update())
                .hasMessageContaining("only ever added");
    }
}
