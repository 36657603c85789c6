package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.guardrails.ReplayReport.Changed;
import dev.drawbridge.guardrails.ReplayReport.Counted;
import dev.drawbridge.guardrails.ReplayReport.FromTo;
import dev.drawbridge.guardrails.ReplayReport.Outcome;
import dev.drawbridge.publication.PublicationInForce;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.FileSystemUtils;

/** What other rules would have said to what was judged lately. */
@DrawbridgeTest
class ReplayTest {
    private static final Duration TODAY = Duration.ofHours(1);

    @Autowired
    World world;

    @Autowired
    Replay replay;

    @Autowired
    PublicationInForce inForce;

    @TempDir
    Path rules;

    @BeforeEach
    void startAfresh() throws IOException {
        world.startAfresh();
        FileSystemUtils.copyRecursively(Path.of("rules"), rules);
    }

    private void rule(String name, String condition, String effect) throws IOException {
        Files.writeString(
                rules.resolve("candidate.drl"),
                "rule \"" + name + "\"\nwhen\n    " + condition + "\nthen\n    guardrail." + effect + ";\nend\n");
    }

    private void replace(String file, String what, String by) throws IOException {
        Path path = rules.resolve(file);
        String before = Files.readString(path);
        assertThat(before).contains(what);
        Files.writeString(path, before.replace(what, by));
    }

    private ReplayReport today() {
        return replay.of(RuleSet.of(new RuleFiles(rules))).overTheLast(TODAY);
    }

    @Test
    void changesNothingByTheRulesThatJudged() {
        world.request("engineer", "app-logs-read", "PT30M");
        world.request("engineer2", "orders-write", "PT30M");
        world.request("contractor", "orders-admin", "PT1H");

        ReplayReport report = today();

        assertThat(report.judgements())
                .as("one is judged again when it is given")
                .isEqualTo(4);
        assertThat(report.certain().judgements()).isEqualTo(4);
        assertThat(report.certain().changed()).isZero();
        assertThat(report.uncertain().judgements()).isZero();
        assertThat(report.unreadable()).isZero();
        assertThat(report.complete()).isTrue();
    }

    @Test
    void namesEachRequestWhoseVerdictChangesAndCountsItOnce() throws IOException {
        UUID logs = world.request("engineer", "app-logs-read", "PT30M");
        UUID others = world.request("engineer2", "app-logs-read", "PT30M");
        world.request("engineer", "orders-write", "PT30M");
        rule("Nobody reads logs any more", "Wanted( id == \"app-logs-read\" )", "deny()");

        ReplayReport.Part certain = today().certain();

        assertThat(certain.changed()).isEqualTo(2);
        assertThat(certain.changes()).containsExactly(new FromTo(Outcome.ALLOWED, Outcome.DENIED, 2));
        assertThat(certain.byRule()).containsExactly(new Counted("candidate", 2));
        assertThat(certain.byEntitlement()).containsExactly(new Counted("app-logs-read", 2));
        assertThat(certain.byGroup()).contains(new Counted("engineers", 2));
        assertThat(certain.byPerson()).containsExactly(new Counted("engineer", 1), new Counted("engineer2", 1));
        assertThat(certain.requests()).extracting(Changed::request).containsExactlyInAnyOrder(logs, others);
        assertThat(certain.requests()).extracting(Changed::occasion).containsOnly(Occasion.SUBMISSION);
    }

    @Test
    void namesWhatWouldOnlyHaveBeenRefusedWhenItWasToBeGiven() throws IOException {
        UUID id = world.request("engineer", "orders-write", "PT30M");
        world.decide("manager", id, "approve");
        world.clock().advance(Duration.ofMinutes(30));
        world.decide("owner", id, "approve");
        rule("Not after a quarter past twelve", "Moment( between(\"12:15-13:00\") )", "deny()");

        ReplayReport.Part certain = today().certain();

        assertThat(certain.requests()).singleElement().satisfies(changed -> {
            assertThat(changed.request()).isEqualTo(id);
            assertThat(changed.occasion()).isEqualTo(Occasion.GRANT);
            assertThat(changed.to().outcome()).isEqualTo(Outcome.DENIED);
        });
    }

    @Test
    void tellsOtherPeopleAnotherLimitAndAnotherObligationApart() throws IOException {
        world.request("engineer", "orders-write", "PT30M");
        replace(
                "sensitivity/high-needs-manager-and-owner.drl",
                "guardrail.requireApproval(\"owner\");",
                "guardrail.limit(\"PT3H\");");

        assertThat(today().certain().requests()).singleElement().satisfies(changed -> {
            assertThat(changed.from().levels()).containsExactly("manager", "owner");
            assertThat(changed.to().levels()).containsExactly("manager");
            assertThat(changed.rules()).containsExactly("sensitivity/high-needs-manager-and-owner");
        });
    }

    @Test
    void goesByWhatTheCandidatesOtherFilesSay() throws IOException {
        UUID id = world.request("engineer", "orders-read", "PT30M");
        replace("calendar.yaml", "  TUESDAY: {from: \"08:00\", to: \"18:00\"}\n", "");
        assertThat(today().certain().requests()).singleElement().satisfies(changed -> {
            assertThat(changed.request()).isEqualTo(id);
            assertThat(changed.to().outcome()).isEqualTo(Outcome.NEEDS_APPROVAL);
        });
        replace("catalog.yaml", "  - id: orders-read\n", "  - id: orders-read-anew\n");

        assertThat(today().certain().changes()).containsExactly(new FromTo(Outcome.ALLOWED, Outcome.NOT_OFFERED, 1));
    }

    @Test
    void tellsApartWhatHangsOnWhatHadBeenGivenOrWasHeld() throws IOException {
        world.request("engineer", "app-logs-read", "PT30M");
        world.request("engineer", "orders-read", "PT30M");
        rule("One thing at a time", "Holdings( count >= 1 )", "deny()");

        ReplayReport report = today();

        assertThat(report.certain().changed()).isZero();
        assertThat(report.uncertain().byEntitlement()).containsExactly(new Counted("orders-read", 1));
    }

    @Test
    void tellsApartWhatHangsOnWhatNobodyLookedAtThen() throws IOException {
        world.request("engineer", "app-logs-read", "PT30M");
        rule("Somebody leads them", "Requester( withManager )", "deny()");

        ReplayReport report = today();

        assertThat(report.certain().judgements()).isZero();
        assertThat(report.uncertain().judgements()).isEqualTo(2);
    }

    @Test
    void looksAtNothingOlder() {
        world.request("engineer", "app-logs-read", "PT30M");
        world.clock().advance(Duration.ofHours(2));

        assertThat(today().judgements()).isZero();
    }

    private Answer post(String who, long number, Object body) {
        return world.post(who, "/api/v1/publications/" + number + "/replay", body);
    }

    private long now() {
        return inForce.now().orElseThrow().number();
    }

    @Test
    void isAskedForByProcessOwners() {
        world.request("engineer", "app-logs-read", "PT30M");

        Answer answer = post("process-owner", now(), Map.of("days", 1));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("judgements").asInt()).isPositive();
        assertThat(answer.json().path("certain").path("changed").asInt()).isZero();
        assertThat(answer.json().path("since").asText())
                .isEqualTo(world.clock().instant().minus(Duration.ofDays(1)).toString());
        for (String other : List.of("engineer", "manager", "auditor", "operator")) {
            assertThat(post(other, now(), Map.of("days", 1)).get("code"))
                    .as(other)
                    .isEqualTo("not-for-you");
        }
        assertThat(world.lastEntry()).contains("tried on past requests by process owners");
        assertThat(post("process-owner", 999_999, Map.of("days", 1)).get("code"))
                .isEqualTo("no-such-publication");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"days\": 0}", "{\"days\": 367}", "{\"days\": -1}"})
    void refusesWhatIsNoNumberOfDays(String body) {
        Answer answer = post("process-owner", now(), body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.get("code")).isEqualTo("invalid-days");
        assertThat(answer.get("field")).isEqualTo("days");
    }
}
