package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Nobody sees what is not theirs, page by page and call by call. */
@DrawbridgeTest
class RecordPageTest {
    private static final List<String> QUESTIONS = List.of(
            "who-has-access-now",
            "who-had-access?entitlement=app-logs-read",
            "what-did-a-person-have?person=engineer",
            "who-approved-for?person=engineer",
            "whom-did-they-approve-for?person=manager",
            "granted-without-a-human",
            "emergencies-and-refusals",
            "access-never-used",
            "approvals-by-deputies",
            "who-changed-the-rules");

    @Autowired
    World world;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
    }

    @ParameterizedTest
    @ValueSource(strings = {"engineer", "contractor", "manager", "owner", "process-owner", "administrator"})
    void isThereForNobodyElse(String who) {
        UUID id = world.request("engineer2", "app-logs-read", "PT30M");

        assertThat(world.get(who, "/record").status()).isEqualTo(403);
        assertThat(world.get(who, "/record?q=checkout").text()).doesNotContain(id.toString());
        for (String question : QUESTIONS) {
            Answer page = world.get(who, "/record/" + question);
            Answer call = world.get(who, "/api/v1/audit-questions/" + question);
            assertThat(page.status()).as("page " + question).isEqualTo(403);
            assertThat(call.status()).as("call " + question).isEqualTo(403);
            assertThat(page.text() + call.text()).doesNotContain(id.toString(), "Emil Engineer had");
        }
        assertThat(world.get(who, "/api/v1/audit-questions").status()).isEqualTo(403);
        assertThat(world.get(who, "/").text()).doesNotContain("href=\"/record\"");
        if (!List.of("manager", "owner").contains(who)) {
            assertThat(world.get(who, "/requests/" + id).status()).isEqualTo(404);
            assertThat(world.get(who, "/requests/" + id + "/events").status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auditor", "operator", "security"})
    void isThereForThoseWhoReadTheRecord(String who) {
        UUID id = world.request("engineer2", "app-logs-read", "PT30M");

        assertThat(world.get(who, "/record").text()).contains(id.toString());
        assertThat(world.get(who, "/").text()).contains("href=\"/record\"");
        for (String question : QUESTIONS) {
            assertThat(world.get(who, "/record/" + question).status())
                    .as(question)
                    .isEqualTo(200);
            Answer call = world.get(who, "/api/v1/audit-questions/" + question);
            assertThat(call.status()).as(call.text()).isEqualTo(200);
            assertThat(call.json().path("items").isArray()).isTrue();
        }
        assertThat(world.get(who, "/api/v1/audit-questions").json()).hasSize(QUESTIONS.size());
    }

    @Test
    void refusesWhatNoQuestionTakes() {
        String questions = "/api/v1/audit-questions/";
        assertThat(world.get("auditor", questions + "who-knows").status()).isEqualTo(404);
        assertThat(world.get("auditor", questions + "who-had-access").get("field"))
                .isEqualTo("entitlement");
        assertThat(world.get("auditor", questions + "who-had-access?entitlement=none")
                        .get("field"))
                .isEqualTo("entitlement");
        assertThat(world.get("auditor", questions + "access-never-used?person=engineer")
                        .get("field"))
                .isEqualTo("person");
        assertThat(world.get("auditor", questions + "access-never-used?colour=red")
                        .get("field"))
                .isEqualTo("colour");
        assertThat(world.get("auditor", questions + "access-never-used?from=x").get("field"))
                .isEqualTo("from");
        assertThat(world.get("auditor", questions + "access-never-used?after=x").get("field"))
                .isEqualTo("after");
    }

    @Test
    void answersPageByPage() {
        for (int number = 0; number < 5; number++) {
            UUID id = world.request("engineer", "app-logs-read", "PT30M");
            world.act("engineer", id, "return", null);
            world.sweep();
            world.clock().advance(java.time.Duration.ofMinutes(number % 2));
        }
        String asked = "/api/v1/audit-questions/what-did-a-person-have?person=engineer&from="
                + world.clock().instant().minusSeconds(600) + "&size=";
        List<String> whole =
                world.get("auditor", asked + 100).json().path("items").findValuesAsText("request");
        List<String> read = new java.util.ArrayList<>();
        String next = "";
        while (next != null) {
            var page = world.get("auditor", asked + 2 + next).json();
            page.path("items").forEach(line -> read.add(line.path("request").asText()));
            next = page.path("next").isNull()
                    ? null
                    : "&after=" + page.path("next").asText();
        }
        assertThat(whole).hasSize(5);
        assertThat(read).isEqualTo(whole);
    }
}
