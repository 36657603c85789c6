package dev.drawbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The record leaves the house as files that other programs read. */
@DrawbridgeTest
class RecordExportTest {
    private static final String EXPORT = RecordSearchTest.ENTRIES + "/export";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Autowired
    World world;

    private Instant begun;

    @BeforeEach
    void startAfresh() {
        world.startAfresh();
        begun = world.clock().instant();
    }

    private Answer export(String format, String filters) {
        return world.get("auditor", EXPORT + "?format=" + format + "&from=" + begun + filters);
    }

    private static List<JsonNode> lines(Answer answer) {
        List<JsonNode> lines = new ArrayList<>();
        answer.text().lines().forEach(line -> {
            try {
                lines.add(JSON.readTree(line));
            } catch (Exception broken) {
                throw new AssertionError(line, broken);
            }
        });
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndjson", "csv", "ocsf"})
    void isForThoseAloneWhoReadTheRecord(String format) {
        for (String who : List.of("engineer", "manager", "owner", "process-owner", "administrator")) {
            Answer answer = world.get(who, EXPORT + "?format=" + format);
            assertThat(answer.status()).as(who).isEqualTo(403);
            assertThat(answer.text()).doesNotContain("sentence\"", "actor");
        }
        assertThat(world.get("operator", EXPORT + "?q=nothing-like-this&format=" + format)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"format, xml", "kind, nothing", "entitlement, none", "nonsense, 1"})
    void refusesWhatThereIsNotBeforeAnythingIsSaid(String field, String value) {
        Answer answer = world.get("auditor", EXPORT + "?" + field + "=" + value);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.get("field")).isEqualTo(field);
    }

    @Test
    void writesEachEntryAsALineOfJson() {
        UUID id = world.request("engineer", "app-logs-read", "PT30M");

        Answer answer = export("ndjson", "&requester=engineer");
        List<JsonNode> lines = lines(answer);

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/x-ndjson");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("audit-entries.ndjson");
        assertThat(lines)
                .extracting(line -> line.path("kind").asText())
                .contains("access-granted", "request-submitted");
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("request").asText()).isEqualTo(id.toString());
            assertThat(line.path("at").asText()).endsWith("Z");
            assertThat(line.path("details").isObject()).isTrue();
        });
        assertThat(lines.get(0).path("sentence").asText())
                .as("as it is kept, in UTC, for whoever reads it")
                .matches("Access was given as drawbridge_\\w+ until \\S+Z\\.");
    }

    @Test
    void exportsMoreThanIsReadAtATimeOnceEach() {
        world.jdbc().sql("""
                        insert into audit_entry (at, actor, kind, sentence)
                        select :at::timestamptz + n / 7 * interval '1 second', 'system', 'sign-in-slowed', 'Many ' || n
                        from generate_series(1, 2500) n
                        """).param("at", begun.toString()).update();

        List<JsonNode> lines = lines(export("ndjson", "&kind=sign-in-slowed"));

        assertThat(lines).hasSize(2_500);
        assertThat(lines).extracting(line -> line.path("id").asLong()).doesNotHaveDuplicates();
    }

    @Test
    void defusesWhatWouldBeAFormula() {
        assertThat(CsvFormat.cell("=HYPERLINK(\"http://evil\")")).isEqualTo("\"'=HYPERLINK(\"\"http://evil\"\")\"");
        for (String formula :
                List.of("+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1", "\uff0b1", "\u00a0=1", "\n1")) {
            assertThat(CsvFormat.cell(formula)).as(formula).startsWith("\"'");
        }
        assertThat(CsvFormat.cell("Erin asked")).isEqualTo("\"Erin asked\"");

        world.request(
                "engineer",
                World.ask("app-logs-read", "PT30M", "justification", "=cmd|' /C calc'!A0, for the checkout"));
        String csv = export("csv", "&requester=engineer").text();

        assertThat(csv).startsWith("id,at,actor,kind,request,sentence,details\r\n\"");
        assertThat(csv.split("\r\n")).hasSizeGreaterThan(3).noneMatch(line -> line.startsWith("="));
        assertThat(csv).doesNotContain(",\"=", ",=");
    }

    @Test
    void tellsWhatIsGivenAndTakenAsPrivilegesOfAUser() {
        UUID id = world.request("engineer", "app-logs-read", "PT30M");
        world.act("engineer", id, "return", null);
        world.sweep();

        List<JsonNode> events = lines(export("ocsf", "&request=" + id));

        assertThat(events).allSatisfy(event -> {
            assertThat(event.path("class_uid").asInt()).isEqualTo(3007);
            assertThat(event.path("category_uid").asInt()).isEqualTo(3);
            assertThat(event.path("type_uid").asInt())
                    .isEqualTo(300_700 + event.path("activity_id").asInt());
            assertThat(event.at("/metadata/version").asText()).isEqualTo("1.9.0");
            assertThat(event.at("/metadata/correlation_uid").asText()).isEqualTo(id.toString());
            assertThat(event.at("/user/uid").asText()).isEqualTo("engineer");
            assertThat(event.path("time").asLong()).isGreaterThanOrEqualTo(begun.toEpochMilli());
        });
        assertThat(events)
                .extracting(event -> event.path("activity_id").asInt())
                .contains(14, 15);
        JsonNode given = events.stream()
                .filter(event -> event.path("activity_id").asInt() == 14)
                .findFirst()
                .orElseThrow();
        assertThat(given.path("privileges").get(0).asText()).isEqualTo("app-logs-read");
        assertThat(given.at("/actor/user/uid").asText()).isEqualTo("system");
        assertThat(given.at("/unmapped/kind").asText()).isEqualTo("access-granted");
    }

    @Test
    void isCutShortForTheReaderWhereItBreaksOff() {
        world.jdbc().sql("""
                        insert into audit_entry (at, actor, kind, sentence)
                        select timestamptz '1980-01-01Z' + n * interval '1 second', 'system', 'sign-in-slowed', 'To break off ' || n
                        from generate_series(1, 1100) n
                        """).update();
        // A moment that no program counts in milliseconds.
        world.jdbc()
                .sql("insert into audit_entry (at, actor, kind, sentence)"
                        + " values ('-infinity', 'system', 'sign-in-slowed', 'To break off')")
                .update();
        try {
            assertThatThrownBy(() -> world.get("auditor", EXPORT + "?format=ocsf&kind=sign-in-slowed&q=break+off"))
                    .as("what came first was sent, and nobody takes it for the whole")
                    .hasRootCauseInstanceOf(java.io.IOException.class);
        } finally {
            world.superuser(
                    "drawbridge",
                    "set session_replication_role = replica; delete from audit_entry where sentence like 'To break off%'");
        }
    }
}
