package dev.drawbridge.guardrails;

import static dev.drawbridge.testing.DemoRules.SHORT_LOGS;
import static dev.drawbridge.testing.DemoRules.read;
import static dev.drawbridge.testing.DemoRules.twoHoursOfLogs;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.Parts;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is on trial is looked after: differences are put on record, and what goes wrong goes back. */
@DrawbridgeTest
class TrialRoundsTest {
    private static final String PUBLICATIONS = "/api/v1/publications";

    @Autowired
    World world;

    @Autowired
    ShadowRound shadow;

    @Autowired
    CanaryWatch canary;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    @AfterEach
    void asItWas() {
        long live = world.get("auditor", PUBLICATIONS + "?size=200").json().path("items").findParents("stage").stream()
                .filter(one -> one.path("stage").asText().equals("LIVE"))
                .findFirst()
                .orElseThrow()
                .path("number")
                .asLong();
        stage("process-owner", live, Map.of("stage", "LIVE"));
        done(world.send(
                "process-owner",
                PUBLICATIONS,
                new Parts().file("rules/tickets.yaml", read("rules/tickets.yaml") + "\n# once more\n")));
        done(stage("process-owner", 1, Map.of("stage", "LIVE")));
    }

    private Answer stage(String who, long number, Map<String, Object> wanted) {
        return world.post(who, PUBLICATIONS + "/" + number + "/stage", wanted);
    }

    private long proposed(Parts parts) {
        Answer answer = world.send("process-owner", PUBLICATIONS, parts.field("stage", "PROPOSED"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("number").asLong();
    }

    private Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        return answer;
    }

    private JsonNode one(long number) {
        return world.get("auditor", PUBLICATIONS + "/" + number).json();
    }

    @Test
    void goesBackByItselfWhereTooManyAreRefused() {
        String never = "rules/automatic/never.drl";
        long proposed = proposed(new Parts()
                .file(never, """
                package rules;

                import dev.drawbridge.guardrails.facts.*;
                import dev.drawbridge.catalog.*;
                global dev.drawbridge.guardrails.facts.Guardrail guardrail;

                rule "Short reading of logs is refused"
                when
                    Wanted( sensitivity == Sensitivity.LOW )
                    Asked( longerThan("PT30M") == false )
                then
                    guardrail.deny();
                end
                """)
                .file("rules/automatic/never.cases.yaml", """
                fires:
                  - when: half an hour
                    entitlement: app-logs-read
                    duration: PT30M
                silent:
                  - when: a second more
                    entitlement: app-logs-read
                    duration: PT30M1S
                """)
                .file(SHORT_LOGS + ".cases.yaml", read(SHORT_LOGS + ".cases.yaml")));
        done(stage(
                "process-owner",
                proposed,
                Map.of(
                        "stage",
                        "CANARY",
                        "groups",
                        List.of("contractors"),
                        "backWhen",
                        Map.of("refused", 50, "after", 2))));
        world.request("engineer", "app-logs-read", "PT20M");
        assertThat(world.outcome(world.request("contractor", "app-logs-read", "PT20M")))
                .isEqualTo("DENIED");
        canary.look();
        assertThat(one(proposed).path("stage").asText()).as("one is no rate").isEqualTo("CANARY");
        world.request("contractor", "app-logs-read", "PT20M");

        canary.look();

        assertThat(one(proposed).path("stage").asText()).isEqualTo("WITHDRAWN");
        assertThat(world.lastEntry()).contains("system", "went back by itself", "2 requests 2 were refused");
        assertThat(world.state(world.request("contractor", "app-logs-read", "PT20M")))
                .isEqualTo("ACTIVE");
    }

    @Test
    void putsOnRecordWhatItWouldHaveSaidOtherwiseInTheShadowAndChangesNothing() {
        long proposed = proposed(twoHoursOfLogs());
        done(stage("process-owner", proposed, Map.of("stage", "SHADOW")));
        world.pass(Duration.ofSeconds(1));

        UUID differs = world.request("engineer", "app-logs-read", "PT2H");
        world.request("engineer2", "app-logs-read", "PT30M");
        shadow.look();
        shadow.look();

        assertThat(world.state(differs)).isEqualTo("PENDING_APPROVAL");
        JsonNode items = world.get("process-owner", PUBLICATIONS + "/" + proposed + "/shadow")
                .json()
                .path("items");
        assertThat(items).hasSize(1);
        assertThat(items.get(0).path("request").path("request").asText()).isEqualTo(differs.toString());
        assertThat(items.get(0).path("request").path("to").path("outcome").asText())
                .isEqualTo("ALLOWED");
        assertThat(world.get("engineer", PUBLICATIONS + "/" + proposed + "/shadow")
                        .status())
                .isEqualTo(403);
    }
}
