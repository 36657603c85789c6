package dev.drawbridge.publication;

import static dev.drawbridge.testing.DemoRules.LONG_LOGS;
import static dev.drawbridge.testing.DemoRules.SHORT_LOGS;
import static dev.drawbridge.testing.DemoRules.read;
import static dev.drawbridge.testing.DemoRules.twoHoursOfLogs;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.Parts;
import dev.drawbridge.testing.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Rules and processes change while the product runs: at once, as one whole, and only where nothing is wrong with them. */
@DrawbridgeTest
class PublishingTest {
    private static final String PUBLICATIONS = "/api/v1/publications";
    private static final String CHECK = PUBLICATIONS + "/check";
    private static final String CATALOG = "rules/catalog.yaml";

    @Autowired
    World world;

    @Autowired
    PublicationInForce inForce;

    @Autowired
    NumberedPublications publications;

    @Autowired
    FollowPublications follower;

    @Autowired
    PublicationHealth health;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    @AfterEach
    void asItWas() {
        follower.look();
        Answer back = world.post("process-owner", PUBLICATIONS + "/1/stage", Map.of("stage", "LIVE"));
        assertThat(back.status()).as(back.text()).isBetween(200, 201);
    }

    private long now() {
        return inForce.latestHere().orElseThrow().number();
    }

    private List<String> query(String sql) {
        return world.jdbc().sql(sql).query(String.class).list();
    }

    private Answer publish(Parts parts) {
        Answer answer = world.send("process-owner", PUBLICATIONS, parts);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private Answer refused(Parts parts, int status, String code) {
        long before = now();
        int grants = world.grants();

        Answer answer = world.send("process-owner", PUBLICATIONS, parts);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.get("code")).isEqualTo(code);
        assertThat(now()).as("what was in force stays").isEqualTo(before);
        assertThat(publications.latest().orElseThrow().number()).isEqualTo(before);
        assertThat(world.grants()).isEqualTo(grants);
        return answer;
    }

    @Test
    void changesALimitAtOnceAndNamesTheNewNumberWithEachVerdictFromThenOn() {
        UUID before = world.request("engineer", "app-logs-read", "PT2H");
        assertThat(world.state(before)).isEqualTo("PENDING_APPROVAL");

        Answer made = publish(twoHoursOfLogs().field("note", "Incidents take longer"));

        assertThat(made.get("stage")).isEqualTo("LIVE");
        assertThat(made.get("author")).isEqualTo("process-owner");
        assertThat(made.headers().firstValue("Location")).hasValue(PUBLICATIONS + "/" + made.get("number"));
        UUID after = world.request("engineer2", "app-logs-read", "PT2H");
        assertThat(world.state(after)).isEqualTo("ACTIVE");
        assertThat(verdict(after).path("publication").asText()).isEqualTo(made.get("number"));
        assertThat(verdict(before).path("publication").asText()).isNotEqualTo(made.get("number"));
        assertThat(world.state(before)).as("what was judged stays judged").isEqualTo("PENDING_APPROVAL");
        assertThat(query("select sentence from audit_entry where kind = 'published' order by id desc limit 1"))
                .singleElement()
                .asString()
                .contains("made publication " + made.get("number"), LONG_LOGS + ".drl", "Incidents take longer");
    }

    private JsonNode verdict(UUID id) {
        return world.show(id).path("verdict");
    }

    @Test
    void showsWhatTheCatalogSaysNow() {
        publish(new Parts().file(CATALOG, read(CATALOG).replace("name: Application logs", "name: Logs of today")));

        assertThat(world.get("engineer", "/api/v1/catalog").json().findValuesAsText("name"))
                .contains("Logs of today");
    }

    @Test
    void refusesARuleThatCannotBeReadWithItsFileAndLineAndPutsTheAttemptOnRecord() {
        Answer refused = refused(
                new Parts().file(LONG_LOGS + ".drl", read(LONG_LOGS + ".drl").replace("Wanted(", "Wnated(")),
                422,
                "invalid-publication");

        JsonNode problem = refused.json().path("problems").get(0);
        assertThat(problem.path("file").asText()).isEqualTo(LONG_LOGS + ".drl");
        assertThat(problem.path("line").asInt()).isEqualTo(9);
        assertThat(problem.path("sentence").asText()).contains("Wnated");
        assertThat(refused.detail()).startsWith("Nothing was published: " + LONG_LOGS + ".drl, line 9: ");
        assertThat(world.lastEntry()).contains("Nothing was published: " + LONG_LOGS + ".drl, line 9");
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        Answer refused = refused(
                new Parts()
                        .file(LONG_LOGS + ".drl", "rule")
                        .file(SHORT_LOGS + ".drl", "rule")
                        .file("rules/levels.yaml", read("rules/levels.yaml").replace("orders-owners", "ownres")),
                422,
                "invalid-publication");

        assertThat(refused.json().path("problems").findValuesAsText("file"))
                .contains(LONG_LOGS + ".drl", SHORT_LOGS + ".drl");
    }

    @Test
    void refusesAGuardrailThatDoesOtherThanItsCasesSay() {
        Answer refused = refused(
                new Parts().file(LONG_LOGS + ".drl", read(LONG_LOGS + ".drl").replace("PT1H", "PT2H")),
                422,
                "invalid-publication");

        assertThat(refused.json().path("problems").get(0).path("file").asText()).isEqualTo(LONG_LOGS + ".cases.yaml");
        assertThat(refused.detail()).contains("the guardrail should fire, and does not: an hour and a second");
    }

    @Test
    void refusesRulesAfterWhichAProcessNamesWhatIsThereNoMore() {
        publish(new Parts().file("processes/access-request.bpmn", asking("app-logs-read")));

        Answer refused = refused(
                new Parts().file(CATALOG, read(CATALOG).replace("app-logs-read", "logs-of-applications")),
                422,
                "invalid-publication");

        assertThat(refused.text()).contains("processes/access-request.bpmn");
    }

    /** The process, in which something is done differently for an entitlement. */
    private static String asking(String entitlement) {
        return read("processes/access-request.bpmn")
                .replace(
                        "#{verdict == 'ALLOWED'}",
                        "#{verdict == 'ALLOWED' and asked.entitlement(execution) != '" + entitlement + "'}");
    }

    @Test
    void refusesWhatMustNeverHappenWithTheLineOfTheInvariant() {
        Answer refused = refused(
                new Parts()
                        .field("remove", "rules/contractors/never-critical.drl")
                        .field("remove", "rules/contractors/never-critical.cases.yaml"),
                422,
                "invalid-publication");

        JsonNode problem = refused.json().path("problems").get(0);
        assertThat(problem.path("file").asText()).isEqualTo("rules/invariants.yaml");
        assertThat(problem.path("line").asInt()).isPositive();
        assertThat(problem.path("sentence").asText()).contains("does not hold", "contractors");
    }

    @Test
    void refusesTheSecondOfTwoWhoBuildOnTheSame() {
        String base = String.valueOf(now());
        publish(twoHoursOfLogs().field("base", base));

        Answer refused = refused(
                new Parts()
                        .file(CATALOG, read(CATALOG).replace("Application logs", "Logs"))
                        .field("base", base),
                409,
                "stale-base");

        assertThat(refused.detail()).contains("Publication " + now() + " of process-owner is in force by now");
    }

    @Test
    void publishesNothingTwice() {
        publish(twoHoursOfLogs());
        long number = now();

        Answer same = world.send("process-owner", PUBLICATIONS, twoHoursOfLogs());

        assertThat(same.status()).isEqualTo(200);
        assertThat(same.json().path("number").asLong()).isEqualTo(number);
        assertThat(now()).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    rules/../../etc/passwd         | 400 | unreadable-publication
                    /rules/levels.yaml             | 400 | unreadable-publication
                    rules/.hidden.yaml             | 400 | unreadable-publication
                    rules\\levels.yaml              | 400 | unreadable-publication
                    rules                          | 400 | unreadable-publication
                    elsewhere/levels.yaml          | 400 | unreadable-publication
                    rules/freeze.DRL               | 422 | invalid-publication
                    rules/level.yaml               | 422 | invalid-publication
                    rules/Catalog.yaml             | 422 | invalid-publication
                    processes/access-request.xml   | 422 | invalid-publication
                    processes/run.sh               | 422 | invalid-publication
                    """)
    void takesFilesThatSomethingReadsAndNoOthers(String path, int status, String code) {
        Answer refused = refused(new Parts().file(path, "a: b"), status, code);

        assertThat(refused.detail()).contains(path.replaceFirst(".*elsewhere", "elsewhere"));
    }

    @Test
    void leavesOutNotes() {
        Answer made = publish(twoHoursOfLogs().file("rules/README.md", "Read me"));

        assertThat(world.get("auditor", PUBLICATIONS + "/" + made.get("number")).text())
                .doesNotContain("README");
    }

    @Test
    void boundsWhatIsSent() {
        refused(new Parts().file(CATALOG, "x".repeat(1_000_001)), 400, "unreadable-publication");
        refused(
                new Parts()
                        .file("rules/a/a.drl", "x".repeat(900_000))
                        .file("rules/a/b.drl", "x".repeat(900_000))
                        .file("rules/a/c.drl", "x".repeat(900_000)),
                422,
                "invalid-publication");
        Parts many = new Parts();
        for (int file = 0; file < 600; file++) {
            many.file("rules/many/rule-" + file + ".drl", "rule");
        }
        assertThat(refused(many, 422, "invalid-publication").detail()).contains("more than 500 files");
        Parts twice = new Parts().file("rules/levels.yaml", "a").file("rules/LEVELS.yaml", "a");
        assertThat(refused(twice, 400, "unreadable-publication").detail()).contains("there twice");
        assertThat(world.lastEntry()).startsWith("process-owner: ").contains("there twice");
        refused(new Parts().file(CATALOG, "a").field("base", "the last"), 400, "unreadable-publication");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules/catalog.yaml",
                "rules/levels.yaml",
                "processes/access-request.bpmn",
                "processes/forms/use-access.html"
            })
    void cannotBeLeftWithoutWhatItNeeds(String removed) {
        Answer refused = refused(new Parts().field("remove", removed), 422, "invalid-publication");

        assertThat(refused.json().path("problems")).isNotEmpty();
    }

    @Test
    void takesNothingAwayThatIsNotThere() {
        Answer refused = refused(
                new Parts().file(CATALOG, read(CATALOG) + "\n").field("remove", "rules/oncall.yaml"),
                422,
                "no-such-file");

        assertThat(refused.detail()).contains("There is no file 'rules/oncall.yaml'");
    }

    @Test
    void takesAGuardrailAway() {
        publish(new Parts()
                .field("remove", "rules/tickets/production-changes-need-a-ticket.drl")
                .field("remove", "rules/tickets/production-changes-need-a-ticket.cases.yaml"));

        assertThat(world.post(
                                "engineer",
                                "/api/v1/access-requests/preview",
                                Map.of(
                                        "entitlement",
                                        "orders-write",
                                        "duration",
                                        "PT1H",
                                        "justification",
                                        "No ticket at all"))
                        .text())
                .doesNotContain("tickets/production-changes-need-a-ticket");
    }

    @Test
    void checksAsItWouldPublishAndPutsNothingOnRecord() {
        long before = now();
        List<String> entries = query("select count(*) from audit_entry");
        List<String> deployments = query("select count(*) from act_re_deployment");

        Answer fine = world.send(
                "process-owner", CHECK, twoHoursOfLogs().file("processes/access-request.bpmn", asking("orders-write")));
        Answer wrong = world.send("process-owner", CHECK, new Parts().file(LONG_LOGS + ".drl", "rule"));

        assertThat(fine.status()).as(fine.text()).isEqualTo(200);
        assertThat(fine.json().path("base").asLong()).isEqualTo(before);
        assertThat(fine.json().path("problems")).isEmpty();
        assertThat(fine.json().path("files").findValuesAsText("path"))
                .contains(LONG_LOGS + ".drl", "processes/access-request.bpmn");
        assertThat(fine.json().path("newlyAllowed").toString())
                .contains("Newly allowed: app-logs-read", "PT2H", "all of them");
        assertThat(fine.text()).contains("-    Asked( longerThan(\\\"PT1H\\\") )");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().path("problems").get(0).path("file").asText()).isEqualTo(LONG_LOGS + ".drl");
        assertThat(now()).isEqualTo(before);
        assertThat(query("select count(*) from audit_entry")).isEqualTo(entries);
        assertThat(query("select count(*) from act_re_deployment")).isEqualTo(deployments);
        assertThat(world.state(world.request("engineer", "app-logs-read", "PT30M")))
                .isEqualTo("ACTIVE");
    }

    @Test
    void goesBackToAnyEarlierOneUnderANumberOfItsOwn() {
        long before = now();
        long changed = publish(twoHoursOfLogs()).json().path("number").asLong();

        Answer back = world.post("process-owner", PUBLICATIONS + "/" + before + "/stage", Map.of("stage", "LIVE"));

        assertThat(back.status()).as(back.text()).isEqualTo(201);
        assertThat(back.json().path("number").asLong()).isEqualTo(changed + 1);
        assertThat(back.get("note")).isEqualTo("Back to " + before + ".");
        assertThat(world.get("auditor", PUBLICATIONS + "/" + (changed + 1) + "/diff?against=" + before)
                        .json()
                        .path("files"))
                .isEmpty();
        assertThat(world.state(world.request("engineer", "app-logs-read", "PT2H")))
                .isEqualTo("PENDING_APPROVAL");
        assertThat(world.post("process-owner", PUBLICATIONS + "/999/stage", Map.of("stage", "LIVE"))
                        .get("code"))
                .isEqualTo("no-such-publication");
        assertThat(world.post("process-owner", PUBLICATIONS + "/1/stage", Map.of("stage", "GONE"))
                        .get("code"))
                .isEqualTo("unknown-stage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"engineer", "manager", "security", "auditor", "operator"})
    void isForProcessOwnersAlone(String other) {
        long before = now();

        for (Answer answer : List.of(
                world.send(other, PUBLICATIONS, twoHoursOfLogs()),
                world.send(other, CHECK, twoHoursOfLogs()),
                world.post(other, PUBLICATIONS + "/1/stage", Map.of("stage", "LIVE")))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.get("code")).isEqualTo("not-for-you");
        }
        assertThat(now()).isEqualTo(before);
    }

    @Test
    void publishesProcessesWithTheRulesInOne() {
        Answer made = publish(twoHoursOfLogs()
                .file(
                        "processes/access-request.bpmn",
                        read("processes/access-request.bpmn").replace("name=\"Use access\"", "name=\"Use it\"")));

        UUID id = world.request("engineer", "app-logs-read", "PT2H");
        assertThat(verdict(id).path("publication").asText()).isEqualTo(made.get("number"));
        assertThat(world.engine()
                        .getTaskService()
                        .createTaskQuery()
                        .processInstanceId(world.instanceOf(id))
                        .singleResult()
                        .getProcessDefinitionId())
                .isEqualTo(publications.latest().orElseThrow().definition());
    }

    @Test
    void refusesAProcessThatCouldRunCodeWithItsLine() {
        Answer refused = refused(
                new Parts()
                        .file(
                                "processes/access-request.bpmn",
                                read("processes/access-request.bpmn")
                                        .replace("${grantAccess}", "${runtimeService.deleteDeployment('x')}")
                                        .replace("#{grantAccess}", "${runtimeService.deleteDeployment('x')}")),
                422,
                "invalid-publication");

        JsonNode problem = refused.json().path("problems").get(0);
        assertThat(problem.path("file").asText()).isEqualTo("processes/access-request.bpmn");
        assertThat(problem.path("line").asInt()).isPositive();
    }

    @Test
    void takesNoOtherHtmlThanTheInstallations() {
        refused(
                new Parts()
                        .file(
                                "processes/forms/use-access.html",
                                read("processes/forms/use-access.html") + "<script>alert(1)</script>"),
                422,
                "invalid-publication");
    }

    @Test
    void isNothingOfItWhereTheDatabaseFailsHalfway() {
        List<String> deployments = query("select count(*) from act_re_deployment");
        world.jdbc()
                .sql("alter table publication_file add constraint fails check (path <> 'rules/tickets.yaml') not valid")
                .update();
        try {
            Answer failed = world.send(
                    "process-owner",
                    PUBLICATIONS,
                    twoHoursOfLogs()
                            .file("processes/access-request.bpmn", asking("orders-write"))
                            .file("rules/tickets.yaml", read("rules/tickets.yaml") + "\n"));

            assertThat(failed.status()).isEqualTo(500);
        } finally {
            world.jdbc()
                    .sql("alter table publication_file drop constraint fails")
                    .update();
        }

        assertThat(publications.latest().orElseThrow().number()).isEqualTo(now());
        assertThat(query("select count(*) from act_re_deployment")).isEqualTo(deployments);
        assertThat(world.state(world.request("engineer", "app-logs-read", "PT2H")))
                .isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void numbersWhatCamundaModelerDeploysAndKeepsTheRest() {
        long before = now();
        String changed = read("processes/access-request.bpmn").replace("name=\"Use access\"", "name=\"Use it\"");

        Answer deployed = world.send(
                "process-owner",
                "/engine-rest/deployment/create",
                new Parts().field("deployment-name", "mine").file("renamed.bpmn20.xml", changed));

        assertThat(deployed.status()).as(deployed.text()).isEqualTo(200);
        assertThat(now()).isEqualTo(before + 1);
        Publication made = publications.latest().orElseThrow();
        assertThat(made.author()).isEqualTo("process-owner");
        Map<String, String> then = publications.contents(before);
        Map<String, String> contents = new TreeMap<>(publications.contents(made.number()));
        assertThat(contents.keySet()).isEqualTo(then.keySet());
        assertThat(publications.file(made.number(), "processes/access-request.bpmn"))
                .hasValue(changed.getBytes(StandardCharsets.UTF_8));
        UUID id = world.request("engineer", "app-logs-read", "PT30M");
        assertThat(verdict(id).path("publication").asLong()).isEqualTo(made.number());
    }

    /** As another node puts it on record: this one has not looked yet. */
    private Publication publishedElsewhere(Map<String, String> files) {
        Publication before = publications.latest().orElseThrow();
        TreeMap<String, byte[]> all =
                new TreeMap<>(publications.files(before.number()).byPath());
        files.forEach((path, content) -> all.put(path, content.getBytes(StandardCharsets.UTF_8)));
        return publications.add(new PublishedFiles(all), "another", "", before.definition());
    }

    @Test
    void followsWhatAnotherNodePublished() {
        Publication made = publishedElsewhere(
                Map.of(CATALOG, read(CATALOG).replace("name: Application logs", "name: Logs of elsewhere")));
        assertThat(now()).isLessThan(made.number());

        follower.look();

        assertThat(now()).isEqualTo(made.number());
        assertThat(world.get("engineer", "/api/v1/catalog").json().findValuesAsText("name"))
                .contains("Logs of elsewhere");
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
    }

    @Test
    void goesOnWithTheOneBeforeWhereTheNextCannotBeReadAndSaysSo() {
        long before = now();
        Publication unreadable = publishedElsewhere(Map.of("rules/calendar.yaml", "of another release"));

        follower.look();
        follower.look();

        assertThat(now()).isEqualTo(before);
        assertThat(health.health().getStatus().getCode()).isEqualTo("DOWN");
        assertThat(health.health().getDetails())
                .containsEntry("inForce", before)
                .containsEntry("cannotRead", unreadable.number());
        UUID asked = world.request("engineer", "app-logs-read", "PT30M");
        assertThat(verdict(asked).path("publication").asLong()).isEqualTo(before);
        assertThat(world.state(asked))
                .as("given by a node that can read what is in force")
                .isEqualTo("PROVISIONING");
        assertThat(world.loginExists(asked)).isFalse();

        Publication readable = publishedElsewhere(Map.of("rules/calendar.yaml", read("rules/calendar.yaml")));
        follower.look();
        assertThat(now()).isEqualTo(readable.number());
        world.pass(Duration.ofMinutes(2));
        assertThat(world.state(asked)).isEqualTo("ACTIVE");
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
    }

    /** Each set of files says in two of them which it is: in a rule's sentence, and in the deadline of a level. */
    @Test
    void judgesNothingByAMixtureWhateverIsPublishedMeanwhile() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<List<JsonNode>>> asked = new ArrayList<>();
            for (String who : List.of("engineer", "engineer2")) {
                asked.add(threads.submit(() -> ask(who, over)));
            }
            Map<Long, Integer> published = new TreeMap<>();
            for (int mark = 1; mark <= 12; mark++) {
                published.put(publish(marked(mark)).json().path("number").asLong(), mark);
            }
            over.set(true);
            List<JsonNode> verdicts = new ArrayList<>();
            for (Future<List<JsonNode>> one : asked) {
                verdicts.addAll(one.get());
            }
            assertThat(verdicts).isNotEmpty().allSatisfy(verdict -> isOfOne(verdict, published));
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    private static Parts marked(int mark) {
        return new Parts()
                .file(
                        LONG_LOGS + ".drl",
                        read(LONG_LOGS + ".drl").replace("needs your manager", "needs your manager, says " + mark))
                .file(
                        "rules/levels.yaml",
                        read("rules/levels.yaml").replaceFirst("deadline: \\S+", "deadline: PT" + (100 + mark) + "H"));
    }

    private List<JsonNode> ask(String who, AtomicBoolean over) {
        List<JsonNode> verdicts = new ArrayList<>();
        while (!over.get()) {
            Answer answer = world.post(who, "/api/v1/access-requests/preview", World.ask("app-logs-read", "PT2H"));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            verdicts.add(answer.json().path("verdict"));
        }
        return verdicts;
    }

    private static void isOfOne(JsonNode verdict, Map<Long, Integer> published) {
        String text = verdict.toString();
        Integer mark = published.get(verdict.path("publication").asLong());
        if (mark == null) {
            assertThat(text).as("what was in force before").doesNotContain("says ", "PT10");
        } else {
            assertThat(text).contains("says " + mark + ".", "\"PT" + (100 + mark) + "H\"");
        }
    }
}
