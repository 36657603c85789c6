package dev.drawbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The record is found by who, what, when and why, by those who may read it. */
@DrawbridgeTest
class RecordSearchTest {
    static final String ENTRIES = "/api/v1/audit-entries";

    @Autowired
    World world;

    private Instant begun;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        begun = world.clock().instant();
    }

    private JsonNode search(String filters) {
        Answer answer = world.get("auditor", ENTRIES + "?size=200&from=" + begun + filters);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private List<String> requests(String filters) {
        return search(filters).path("items").findValuesAsText("request").stream()
                .distinct()
                .toList();
    }

    private List<String> sentences(String filters) {
        return search(filters).path("items").findValuesAsText("sentence");
    }

    @ParameterizedTest
    @ValueSource(strings = {"engineer", "manager", "owner", "contractor", "process-owner", "administrator"})
    void isReadByNobodyElse(String who) {
        Answer answer = world.get(who, ENTRIES);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.detail()).contains("Only auditors, operators and security");
        assertThat(answer.text()).doesNotContain("items");
        assertThat(world.get(who, ENTRIES + "?about=" + who).status()).isEqualTo(403);
        assertThat(world.get(who, ENTRIES + "?entitlement=nothing").status())
                .as("whoever may not look learns nothing of what there is")
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auditor", "operator", "security"})
    void isReadByThoseWhoMay(String who) {
        UUID id = world.request("engineer", "app-logs-read", "PT30M");

        JsonNode page = world.get(who, ENTRIES).json();

        assertThat(page.path("items").get(0).path("request").asText()).isEqualTo(id.toString());
        assertThat(world.get(null, ENTRIES).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "actor, nobody-there",
        "about, nobody-there",
        "requester, nobody-there",
        "approver, nobody-there",
        "request, 11111111-1111-1111-1111-111111111111",
        "request, x",
        "kind, access-givn",
        "entitlement, orders-raed",
        "personalData, yes",
        "from, yesterday",
        "to, 2026-13-01T00:00:00Z",
        "heldFrom, 24.11.2026",
        "heldTo, noon",
        "q, …",
        "resource, ordres",
        "sensitivity, high",
        "outcome, DONE",
        "rule, automatic/none",
        "publication, -1",
        "publication, 999999",
        "ticket, NONE-1",
        "after, x",
        "size, 0",
        "size, 201"
    })
    void refusesWhatThereIsNotByItsName(String field, String value) {
        Answer answer =
                world.get("auditor", ENTRIES + "?" + field + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.get("field")).isEqualTo(field);
        assertThat(answer.detail()).isNotBlank();
    }

    @Test
    void refusesAFilterThatThereIsNotAndATimeThatEndsBeforeItBegins() {
        assertThat(world.get("auditor", ENTRIES + "?entitlment=orders-read").get("field"))
                .isEqualTo("entitlment");
        assertThat(world.get("auditor", ENTRIES + "?actor=engineer&actor=manager")
                        .status())
                .isEqualTo(400);
        assertThat(world.get("auditor", ENTRIES + "?from=2026-11-24T09:00:00Z&to=2026-11-23T09:00:00Z")
                        .get("field"))
                .isEqualTo("to");
    }

    @Test
    void findsByEachOfItsFilters() {
        UUID logs = world.request("engineer", World.ask("app-logs-read", "PT30M", "ticket", "OPS-777001"));
        world.clock().advance(Duration.ofMinutes(1));
        UUID write = world.request("engineer2", "orders-write", "PT30M");
        world.decide("manager", write, "approve");
        world.decide("owner", write, "reject");
        world.clock().advance(Duration.ofMinutes(1));
        UUID denied = world.request("contractor", "orders-admin", "PT30M");
        String all = "";

        assertThat(requests(all)).contains(logs.toString(), write.toString(), denied.toString());
        for (String ofLogs : List.of(
                "&requester=engineer",
                "&entitlement=app-logs-read",
                "&sensitivity=LOW",
                "&ticket=OPS-777001",
                "&rule=automatic/low-up-to-an-hour",
                "&q=OPS-777001",
                "&q=777",
                "&request=" + logs,
                "&actor=engineer",
                "&kind=access-granted",
                "&personalData=false",
                "&about=engineer&entitlement=app-logs-read",
                "&heldFrom=" + begun)) {
            assertThat(requests(ofLogs)).as(ofLogs).containsExactly(logs.toString());
        }
        for (String ofWrite : List.of(
                "&approver=owner",
                "&approver=manager&outcome=REJECTED",
                "&outcome=REJECTED",
                "&actor=owner",
                "&kind=approved",
                "&sensitivity=HIGH",
                "&about=engineer2",
                "&actor=manager&kind=approved")) {
            assertThat(requests(ofWrite)).as(ofWrite).containsExactly(write.toString());
        }
        assertThat(requests("&outcome=DENIED")).containsExactly(denied.toString());
        assertThat(requests("&sensitivity=CRITICAL&requester=contractor")).containsExactly(denied.toString());
        assertThat(requests("&actor=system&kind=approved")).isEmpty();
        assertThat(requests("&q=checkout+slow")).hasSize(3);
        assertThat(requests("&resource=orders&personalData=true"))
                .containsExactlyInAnyOrder(write.toString(), denied.toString());
        assertThat(requests("&publication="
                        + world.show(logs).at("/verdict/publication").asText()))
                .hasSize(3);
        assertThat(search("&to=" + begun.plusSeconds(30)).path("items").findValuesAsText("request"))
                .containsOnly(logs.toString());
        assertThat(search("&requester=engineer").path("items").findValuesAsText("kind"))
                .startsWith("access-granted")
                .endsWith("request-submitted");
    }

    @Test
    void findsWhomAnEntryNamesBesideWhoDidIt() {
        world.post(
                "manager",
                "/api/v1/deputies",
                Map.of(
                        "deputy",
                        "manager2",
                        "from",
                        begun.plusSeconds(60).toString(),
                        "until",
                        begun.plusSeconds(86_400).toString()));
        UUID write = world.request("engineer", "orders-write", "PT30M");
        world.act("manager", write, "hand-over", Map.of("to", "manager2"));

        assertThat(search("&about=manager2").path("items").findValuesAsText("kind"))
                .containsExactly("handed-over", "deputy-appointed");
        assertThat(search("&about=manager2&entitlement=orders-write")
                        .path("items")
                        .findValuesAsText("kind"))
                .containsExactly("handed-over");
    }

    @Test
    void findsAccessByWhenItWasHeld() {
        UUID first = world.request("engineer", "app-logs-read", "PT10M");
        world.clock().advance(Duration.ofMinutes(20));
        world.sweep();
        UUID second = world.request("engineer", "app-logs-read", "PT30M");
        world.clock().advance(Duration.ofMinutes(5));

        assertThat(requests("&heldFrom=" + begun + "&heldTo=" + begun.plusSeconds(60)))
                .containsExactly(first.toString());
        assertThat(requests("&heldFrom=" + begun.plusSeconds(1_210) + "&heldTo=" + begun.plusSeconds(1_300)))
                .contains(second.toString());
        assertThat(requests("&heldFrom=" + begun.plusSeconds(1_300))).containsExactly(second.toString());
        assertThat(requests("&heldTo=" + begun.plusSeconds(1_300) + "&requester=engineer"))
                .containsExactlyInAnyOrder(first.toString(), second.toString());
        assertThat(requests("&heldTo=" + begun.minusSeconds(60))).isEmpty();
        assertThat(world.outcome(first)).isEqualTo("EXPIRED");
        assertThat(requests("&outcome=EXPIRED")).containsExactly(first.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&requester=contractor", "&kind=verdict-given", "&q=contractors", "&about=contractor"})
    void pagesNeitherSkipNorRepeatWhileMoreIsWritten(String filter) {
        for (int number = 0; number < 5; number++) {
            world.request("contractor", "orders-admin", "PT30M");
            world.clock().advance(Duration.ofSeconds(number % 2));
        }
        List<String> whole = search(filter).path("items").findValuesAsText("id");
        List<String> read = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = world.get("auditor", ENTRIES + "?size=3&from=" + begun + filter + next)
                    .json();
            page.path("items").forEach(item -> read.add(item.path("id").asText()));
            world.request("contractor", "orders-admin", "PT30M");
            next = page.path("next").isNull()
                    ? null
                    : "&after=" + page.path("next").asText();
        } while (next != null);
        assertThat(read).isEqualTo(whole);
    }

    @Test
    void tellsTimesOnTheReadersClockAndKeepsWhatAProgramWants() {
        world.request("engineer", "app-logs-read", "PT30M");

        JsonNode given = search("&kind=access-granted").path("items").get(0);

        assertThat(given.path("sentence").asText())
                .containsPattern("until Tue " + day(given) + ", 1[0-2]:30 (CES?T|UTC)\\.$");
        assertThat(given.at("/details/principal").asText()).startsWith("drawbridge_");
        assertThat(given.path("actor").asText()).isEqualTo("system");
    }

    private static String day(JsonNode item) {
        return java.time.format.DateTimeFormatter.ofPattern("d MMM", java.util.Locale.ENGLISH)
                .withZone(java.time.ZoneId.of("Europe/Berlin"))
                .format(Instant.parse(item.path("at").asText()));
    }

    @Test
    void takesWhatIsTypedForWordsAndNeverForAQuery() {
        world.request("engineer", "app-logs-read", "PT30M");

        assertThat(sentences("&q=" + URLEncoder.encode("checkout' | 'x & !(slow:*)", StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(sentences("&q=" + URLEncoder.encode("is slow", StandardCharsets.UTF_8)))
                .hasSize(1);
    }
}
