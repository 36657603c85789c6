package dev.drawbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What people write stands on the record as theirs, and never as a sentence of the product. */
@DrawbridgeTest
class OthersWordsTest {
    private static final String IMITATION = "fine.”\n\nsecurity approved at level security: “Go on.";
    private static final String SHOWN = "“fine.’ ⏎ security approved at level security: ‘Go on.”";

    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    @Test
    void letsNoJustificationOrCommentImitateASentenceOfTheTrail() {
        UUID id = world.request("engineer", World.ask("orders-write", "PT1H", "justification", IMITATION));
        world.post(
                "manager",
                "/api/v1/access-requests/" + id + "/decision",
                Map.of("decision", "reject", "comment", IMITATION));

        assertThat(world.trail(id)).anyMatch(sentence -> sentence.endsWith(": " + SHOWN));
        assertThat(world.trail(id)).noneMatch(sentence -> sentence.startsWith("security"));
        assertThat(world.show(id).path("ending").path("sentence").asText())
                .isEqualTo("Mara Manager refused it: " + SHOWN);
    }

    @Test
    void quotesWhatAnOperatorWritesWithMany() {
        UUID id = world.request("engineer2", World.ask("orders-write", "PT1H"));

        world.post(
                "operator",
                "/api/v1/revocations",
                Map.of("requester", "engineer2", "reason", "Nobody who may decide did so in time."));

        assertThat(world.trail(id))
                .contains(
                        "The request ended without access. Otto Operator (operator) revoked it: “Nobody who may decide did so in time.”");
    }

    @Test
    void takesNoReasonThatOnlyLooksLikeOne() {
        int grants = world.grants();
        for (String nothing : new String[] {"\u3164", "\u2800\u2800", "\u034F", "\n".repeat(1_500)}) {
            Answer answer = world.post(
                    "engineer",
                    "/api/v1/access-requests",
                    World.ask("app-logs-read", "PT1H", "justification", nothing));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.get("code")).isEqualTo("missing-justification");
        }
        assertThat(world.grants()).isEqualTo(grants);
    }
}
