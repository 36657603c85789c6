package dev.drawbridge.publication;

import static dev.drawbridge.testing.DemoRules.read;
import static dev.drawbridge.testing.DemoRules.twoHoursOfLogs;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.Parts;
import dev.drawbridge.testing.World;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.util.ReflectionTestUtils;

/** A change is tried out in the shadow and on some people, and comes into force where a second person agrees to it. */
@DrawbridgeTest
class StagesTest {
    private static final String PUBLICATIONS = "/api/v1/publications";
    private static final String SECOND_OWNER = "manager2";

    @Autowired
    World world;

    @Autowired
    NumberedPublications publications;

    @Autowired
    FollowPublications follower;

    @Autowired
    PublicationInForce inForce;

    @Autowired
    Agreement agreement;

    @Autowired
    PutAgreedInForce agreed;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        world.engine().getIdentityService().createMembership(SECOND_OWNER, "process-owners");
    }

    @AfterEach
    void asItWas() {
        require(false);
        world.engine().getIdentityService().deleteMembership(SECOND_OWNER, "process-owners");
        follower.look();
        // Ends a trial, and what it ran beside.
        stage("process-owner", live(), Map.of("stage", "LIVE"));
        // The last that is on record is in force then, as others count on.
        done(world.send(
                "process-owner",
                PUBLICATIONS,
                new Parts().file("rules/tickets.yaml", read("rules/tickets.yaml") + "\n# once more\n")));
        done(stage("process-owner", 1, Map.of("stage", "LIVE")));
    }

    private void require(boolean another) {
        ReflectionTestUtils.setField(agreement, "required", another);
    }

    private long live() {
        return publications.latest().orElseThrow().number();
    }

    private Answer stage(String who, long number, Map<String, Object> wanted) {
        return world.post(who, PUBLICATIONS + "/" + number + "/stage", wanted);
    }

    private long proposed(Parts parts) {
        Answer answer = world.send("process-owner", PUBLICATIONS, parts.field("stage", "PROPOSED"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.get("stage")).isEqualTo("PROPOSED");
        return answer.json().path("number").asLong();
    }

    private Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        return answer;
    }

    private long publicationOf(UUID request) {
        return world.show(request).path("verdict").path("publication").asLong();
    }

    private JsonNode one(long number) {
        return world.get("auditor", PUBLICATIONS + "/" + number).json();
    }

    private String twoHours(String who) {
        return world.state(world.request(who, "app-logs-read", "PT2H"));
    }

    @Test
    void changesNothingWhileItIsProposed() {
        long before = live();

        long proposed = proposed(twoHoursOfLogs());

        assertThat(live()).isEqualTo(before);
        assertThat(one(proposed).path("stage").asText()).isEqualTo("PROPOSED");
        assertThat(one(before).path("stage").asText()).isEqualTo("LIVE");
        assertThat(twoHours("engineer")).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void putsAProposalInForceAsItWas() {
        long proposed = proposed(twoHoursOfLogs());
        String fingerprint = one(proposed).path("fingerprint").asText();

        Answer live = done(stage("process-owner", proposed, Map.of("stage", "LIVE")));

        assertThat(live.get("stage")).isEqualTo("LIVE");
        assertThat(live.get("fingerprint")).isEqualTo(fingerprint);
        UUID asked = world.request("engineer", "app-logs-read", "PT2H");
        assertThat(world.state(asked)).isEqualTo("ACTIVE");
        assertThat(publicationOf(asked)).isEqualTo(proposed);
    }

    @Test
    void refusesAProposalWhoseBaseIsInForceNoMore() {
        long proposed = proposed(twoHoursOfLogs());
        done(world.send(
                "process-owner",
                PUBLICATIONS,
                new Parts().file("rules/tickets.yaml", read("rules/tickets.yaml") + "\n")));
        long before = live();

        Answer refused = stage("process-owner", proposed, Map.of("stage", "LIVE"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(one(proposed).path("stage").asText()).isEqualTo("WITHDRAWN");
        assertThat(live()).isEqualTo(before);
        assertThat(twoHours("engineer")).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void countsForAGroupAloneAndNamesItsNumber() {
        long before = live();
        long proposed = proposed(twoHoursOfLogs());

        Answer canary =
                done(stage("process-owner", proposed, Map.of("stage", "CANARY", "groups", List.of("contractors"))));

        assertThat(canary.get("stage")).isEqualTo("CANARY");
        assertThat(canary.json().path("groups").toString()).isEqualTo("[\"contractors\"]");
        UUID theirs = world.request("contractor", "app-logs-read", "PT2H");
        UUID others = world.request("engineer", "app-logs-read", "PT2H");
        assertThat(publicationOf(theirs)).isEqualTo(proposed);
        assertThat(publicationOf(others)).isEqualTo(before);
        assertThat(world.state(theirs)).isEqualTo("ACTIVE");
        assertThat(world.state(others)).isEqualTo("PENDING_APPROVAL");
        assertThat(world.jdbc()
                        .sql(
                                "select sentence from audit_entry where kind = 'publication-on-trial' order by id desc limit 1")
                        .query(String.class)
                        .single())
                .contains("publication " + proposed, "contractors");
        assertThat(world.post("contractor", "/api/v1/access-requests/preview", World.ask("orders-read", "PT2H"))
                        .json()
                        .path("verdict")
                        .path("publication")
                        .asLong())
                .isEqualTo(proposed);
    }

    @Test
    void isJudgedAtTheDoorByThePublicationOfWhoAskedWhoeverAnswersLast() {
        long before = live();
        long proposed = proposed(twoHoursOfLogs());
        done(stage("process-owner", proposed, Map.of("stage", "CANARY", "groups", List.of("contractors"))));
        UUID theirs = world.request("contractor", "app-logs-read", "PT3H");
        assertThat(publicationOf(theirs)).isEqualTo(proposed);

        world.decide("manager", theirs, "approve");

        assertThat(world.state(theirs)).isEqualTo("ACTIVE");
        assertThat(world.jdbc()
                        .sql("select publication from judgement where request_id = :id and occasion = 'GRANT'")
                        .param("id", theirs)
                        .query(Long.class)
                        .list())
                .containsExactly(proposed);
        assertThat(live()).isEqualTo(before);
    }

    @Test
    void givesNothingByATrialThatIsOverThoughThisNodeHasNotHeardOfThat() {
        long proposed = proposed(twoHoursOfLogs());
        done(stage("process-owner", proposed, Map.of("stage", "CANARY", "groups", List.of("contractors"))));
        UUID waits = world.request("contractor", "app-logs-read", "PT3H");
        Step trial = publications.steps(proposed).get(1);
        // As another node does it.
        publications.withdraw(trial, "process-owner", "Elsewhere");

        world.decide("manager", waits, "approve");

        assertThat(world.jdbc()
                        .sql("select publication from judgement where request_id = :id and occasion = 'GRANT'")
                        .param("id", waits)
                        .query(Long.class)
                        .list())
                .doesNotContain(proposed)
                .isNotEmpty();
    }

    @Test
    void goesBackForTheOthersWhereWhatIsInForceIsToCountForSomeAlone() {
        done(world.send("process-owner", PUBLICATIONS, twoHoursOfLogs()));
        long changed = live();
        assertThat(twoHours("engineer")).isEqualTo("ACTIVE");

        done(stage("process-owner", changed, Map.of("stage", "CANARY", "groups", List.of("contractors"))));

        assertThat(live()).isEqualTo(changed + 1);
        assertThat(twoHours("engineer2")).isEqualTo("PENDING_APPROVAL");
        assertThat(twoHours("contractor")).isEqualTo("ACTIVE");
    }

    @Test
    void endsATrialWhenSomethingElseComesIntoForce() {
        long proposed = proposed(twoHoursOfLogs());
        done(stage("process-owner", proposed, Map.of("stage", "CANARY", "percent", 100)));
        assertThat(twoHours("engineer")).isEqualTo("ACTIVE");

        done(world.send(
                "process-owner",
                PUBLICATIONS,
                new Parts().file("rules/tickets.yaml", read("rules/tickets.yaml") + "\n")));

        assertThat(one(proposed).path("stage").asText()).isEqualTo("WITHDRAWN");
        assertThat(twoHours("engineer2")).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void putsWhatWasInForceBeforeInForceOnceMoreWhenItsTrialWentWell() {
        done(world.send("process-owner", PUBLICATIONS, twoHoursOfLogs()));
        long changed = live();
        done(stage("process-owner", changed, Map.of("stage", "CANARY", "groups", List.of("contractors"))));
        assertThat(twoHours("engineer")).isEqualTo("PENDING_APPROVAL");

        Answer again = done(stage("process-owner", changed, Map.of("stage", "LIVE")));

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().path("number").asLong()).isEqualTo(live()).isGreaterThan(changed + 1);
        assertThat(one(changed).path("stage").asText()).isEqualTo("PAST");
        assertThat(twoHours("engineer2")).isEqualTo("ACTIVE");
    }

    /** Somebody agreed to it then; by one person's word of now it counts for nobody. */
    @Test
    void takesASecondPersonToBringBackWhatAnotherHadPublishedWhateverWayIsTried() {
        done(world.send(SECOND_OWNER, PUBLICATIONS, twoHoursOfLogs()));
        long theirs = live();
        done(stage("process-owner", 1, Map.of("stage", "LIVE")));
        long before = live();
        require(true);

        done(stage("process-owner", theirs, Map.of("stage", "SHADOW")));
        Answer alone = done(stage("process-owner", theirs, Map.of("stage", "LIVE")));
        Answer forAll = stage("process-owner", theirs, Map.of("stage", "CANARY", "percent", 100));
        Answer agreed = world.post("process-owner", PUBLICATIONS + "/" + theirs + "/agreement", Map.of());

        assertThat(alone.get("stage")).isEqualTo("PROPOSED");
        assertThat(alone.get("author")).isEqualTo("process-owner");
        assertThat(forAll.status()).isEqualTo(409);
        assertThat(agreed.status()).isEqualTo(409);
        assertThat(live()).isEqualTo(before);
        assertThat(twoHours("engineer")).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void boundsWhatIsSaidAboutAStep() {
        long proposed = proposed(twoHoursOfLogs());

        for (Map<String, Object> step : List.<Map<String, Object>>of(
                Map.of("stage", "LIVE", "note", "x".repeat(501)),
                Map.of("stage", "SHADOW", "note", "x".repeat(501)),
                Map.of("stage", "CANARY", "percent", 1, "note", "x".repeat(501)),
                Map.of("stage", "WITHDRAWN", "note", "x".repeat(501)))) {
            assertThat(stage("process-owner", proposed, step).get("code")).isEqualTo("note-too-long");
        }
        assertThat(one(proposed).path("stage").asText()).isEqualTo("PROPOSED");
    }

    @ParameterizedTest
    @CsvSource({
        "rules/catalog.yaml, name: Application logs, name: Logs, not-for-some",
        "processes/access-request.bpmn, name=\"Approve access\", name=\"Approve\", not-for-some",
    })
    void triesOutOnSomePeopleWhatMayDifferAmongThem(String path, String from, String to, String code) {
        Parts parts = twoHoursOfLogs().file(path, read(path).replace(from, to));
        long proposed = proposed(parts);

        Answer refused = stage("process-owner", proposed, Map.of("stage", "CANARY", "percent", 50));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.get("code")).isEqualTo(code);
        assertThat(twoHours("engineer")).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void saysWhatIsWrongWithATrial() {
        long proposed = proposed(twoHoursOfLogs());

        assertThat(stage("process-owner", proposed, Map.of("stage", "CANARY")).get("code"))
                .isEqualTo("no-cohort");
        assertThat(stage("process-owner", proposed, Map.of("stage", "CANARY", "groups", List.of("nobody-at-all")))
                        .get("code"))
                .isEqualTo("unknown-group");
        assertThat(stage("process-owner", proposed, Map.of("stage", "CANARY", "percent", 101))
                        .get("code"))
                .isEqualTo("invalid-percent");
        assertThat(stage("process-owner", proposed, Map.of("stage", "TRIAL")).get("code"))
                .isEqualTo("unknown-stage");
        done(stage("process-owner", proposed, Map.of("stage", "SHADOW")));
        long another = proposed(new Parts().file("rules/calendar.yaml", read("rules/calendar.yaml") + "\n"));
        assertThat(stage("process-owner", another, Map.of("stage", "SHADOW")).get("code"))
                .isEqualTo("trial-runs");
    }

    @Test
    void takesTheSamePeopleAtEachLookAndAboutAsManyAsWereWanted() {
        Cohort tenth = new Cohort(Set.of(), 10);

        long among = IntStream.range(0, 10_000)
                .filter(person -> tenth.has(7, "person" + person, Set.of()))
                .count();

        assertThat(among).isBetween(800L, 1_200L);
        assertThat(new Cohort(Set.of(), 100).has(7, "anybody", Set.of())).isTrue();
        assertThat(Cohort.NOBODY.has(7, "anybody", Set.of("engineers"))).isFalse();
    }

    @Test
    void needsASecondPersonWhereThatIsRequired() {
        require(true);
        long before = live();

        Answer made = done(world.send("process-owner", PUBLICATIONS, twoHoursOfLogs()));
        long proposed = made.json().path("number").asLong();

        assertThat(made.get("stage")).isEqualTo("PROPOSED");
        for (Answer alone : List.of(
                stage("process-owner", proposed, Map.of("stage", "LIVE")),
                stage("process-owner", proposed, Map.of("stage", "CANARY", "percent", 100)),
                world.post("process-owner", PUBLICATIONS + "/" + proposed + "/agreement", Map.of()))) {
            assertThat(alone.status()).isEqualTo(403);
            assertThat(alone.get("code")).isEqualTo("second-person");
        }
        assertThat(live()).isEqualTo(before);
        assertThat(twoHours("engineer")).isEqualTo("PENDING_APPROVAL");

        Answer agreed = done(world.post(
                SECOND_OWNER,
                PUBLICATIONS + "/" + proposed + "/agreement",
                Map.of("decision", "approve", "comment", "Fine")));

        assertThat(agreed.get("stage")).isEqualTo("LIVE");
        assertThat(agreed.get("agreedBy")).isEqualTo(SECOND_OWNER);
        assertThat(live()).isEqualTo(proposed);
        assertThat(twoHours("engineer2")).isEqualTo("ACTIVE");
    }

    private Task task(long publication) {
        return world.engine()
                .getTaskService()
                .createTaskQuery()
                .taskDefinitionKey("task_agreeToPublication")
                .processInstanceBusinessKey(String.valueOf(publication))
                .singleResult();
    }

    private Answer complete(String who, Task task, String decision, String comment) {
        return world.post(
                who,
                "/engine-rest/task/" + task.getId() + "/complete",
                Map.of(
                        "variables",
                        Map.of("decision", Map.of("value", decision), "comment", Map.of("value", comment))));
    }

    @Test
    void asksAnotherOwnerInTasklistAndTakesTheirAnswerThere() {
        require(true);
        long before = live();
        long proposed = proposed(twoHoursOfLogs());
        Task task = task(proposed);

        Answer author = complete("process-owner", task, "approve", "");
        Answer stranger = complete("engineer", task, "approve", "");
        Answer neither = complete(SECOND_OWNER, task, "perhaps", "");

        assertThat(author.status()).isEqualTo(403);
        assertThat(stranger.status()).isIn(403, 404, 500);
        assertThat(neither.status()).isBetween(400, 500);
        agreed.look();
        assertThat(live()).isEqualTo(before);

        assertThat(complete(SECOND_OWNER, task, "approve", "Fine").status()).isEqualTo(204);
        assertThat(live()).isEqualTo(before);
        agreed.look();

        assertThat(live()).isEqualTo(proposed);
        assertThat(one(proposed).path("agreedBy").asText()).isEqualTo(SECOND_OWNER);
        assertThat(twoHours("engineer2")).isEqualTo("ACTIVE");
        assertThat(task(proposed)).isNull();
    }

    @Test
    void takesANoInTasklistWithItsReason() {
        require(true);
        long proposed = proposed(twoHoursOfLogs());
        Task task = task(proposed);

        assertThat(complete(SECOND_OWNER, task, "reject", "").status()).isBetween(400, 500);
        assertThat(complete(SECOND_OWNER, task, "reject", "Too long").status()).isEqualTo(204);

        assertThat(one(proposed).path("stage").asText()).isEqualTo("WITHDRAWN");
        assertThat(world.lastEntry()).contains("withdrew publication " + proposed, "Too long");
    }

    @Test
    void asksNobodyInTasklistOnceItIsSettledElsewhere() {
        require(true);
        long proposed = proposed(twoHoursOfLogs());
        assertThat(task(proposed)).isNotNull();

        done(world.post(SECOND_OWNER, PUBLICATIONS + "/" + proposed + "/agreement", Map.of()));

        assertThat(task(proposed)).isNull();
        require(false);
        long alone = proposed(new Parts().file("rules/tickets.yaml", read("rules/tickets.yaml") + "\n# alone\n"));
        assertThat(task(alone)).as("one is enough").isNull();
    }

    @Test
    void saysWhatAProposalNewlyAllows() {
        long proposed = proposed(twoHoursOfLogs());

        assertThat(world.get("process-owner", PUBLICATIONS + "/" + proposed + "/newly-allowed")
                        .text())
                .contains("app-logs-read", "PT2H");
        assertThat(world.get("auditor", PUBLICATIONS + "/" + proposed + "/newly-allowed")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void comesToNothingWhereTheSecondPersonSaysNo() {
        require(true);
        long proposed = proposed(twoHoursOfLogs());

        done(world.post(
                SECOND_OWNER,
                PUBLICATIONS + "/" + proposed + "/agreement",
                Map.of("decision", "reject", "comment", "Too long")));

        assertThat(one(proposed).path("stage").asText()).isEqualTo("WITHDRAWN");
        assertThat(stage(SECOND_OWNER, proposed, Map.of("stage", "LIVE")).get("code"))
                .isEqualTo("withdrawn");
        assertThat(world.post(SECOND_OWNER, PUBLICATIONS + "/" + proposed + "/agreement", Map.of())
                        .get("code"))
                .isEqualTo("nothing-to-agree-to");
        assertThat(twoHours("engineer")).isEqualTo("PENDING_APPROVAL");
    }

    @Test
    void letsSecurityGoBackAloneAndNeverForward() {
        long before = live();
        done(world.send("process-owner", PUBLICATIONS, twoHoursOfLogs()));
        long changed = live();
        require(true);

        done(stage("security", before, Map.of("stage", "LIVE")));
        assertThat(twoHours("engineer")).isEqualTo("PENDING_APPROVAL");
        long back = live();
        Answer forward = stage("security", changed, Map.of("stage", "LIVE"));

        assertThat(forward.status()).isEqualTo(403);
        assertThat(live()).isEqualTo(back);
        Answer owner = done(stage("process-owner", changed, Map.of("stage", "LIVE")));
        assertThat(owner.get("stage")).isEqualTo("PROPOSED");
        assertThat(live()).isEqualTo(back);
    }

    @ParameterizedTest
    @ValueSource(strings = {"engineer", "manager", "auditor", "operator"})
    void isForProcessOwnersAlone(String other) {
        long proposed = proposed(twoHoursOfLogs());

        for (Answer answer : List.of(
                stage(other, proposed, Map.of("stage", "LIVE")),
                stage(other, proposed, Map.of("stage", "SHADOW")),
                stage(other, proposed, Map.of("stage", "CANARY", "percent", 100)),
                stage(other, proposed, Map.of("stage", "WITHDRAWN")),
                world.post(other, PUBLICATIONS + "/" + proposed + "/agreement", Map.of()))) {
            assertThat(answer.status()).isEqualTo(403);
        }
        assertThat(one(proposed).path("stage").asText()).isEqualTo("PROPOSED");
    }

    @Test
    void goesByWhatTheDatabaseHasWhereThatHasLostTheLast() {
        long before = live();
        Here here = inForce.here();
        Publication lost = new Publication(
                before + 1,
                "lost",
                "process-owner",
                "",
                here.publication().definition(),
                here.publication().at());
        inForce.set(here.live().as(lost));
        assertThat(inForce.latestHere().orElseThrow().number()).isEqualTo(before + 1);

        follower.look();

        assertThat(inForce.latestHere().orElseThrow().number()).isEqualTo(before);
    }
}
