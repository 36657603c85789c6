package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of process owners that two readers would take differently, that wear down, or that nobody would read. */
@Timeout(30)
class HostileRuleFilesTest {
    private static final List<String> FILES =
            List.of("catalog.yaml", "calendar.yaml", "levels.yaml", "on-call.yaml", "parameters.yaml", "tickets.yaml");

    @TempDir
    Path rules;

    @BeforeEach
    void ours() throws IOException {
        for (String file : FILES) {
            Files.copy(Path.of("rules", file), rules.resolve(file));
        }
    }

    private void load() {
        RuleFiles files = new RuleFiles(rules);
        BusinessCalendar calendar = new BusinessCalendar(files);
        OnCall onCall = new OnCall(files, calendar);
        new TicketNumbers(files);
        new AgreeingFiles(files, new Catalog(files), calendar, new LevelDefinitions(files), onCall);
        files.list(".drl");
    }

    private void change(String file, String from, String to) throws IOException {
        String text = Files.readString(rules.resolve(file));
        int at = text.lastIndexOf(from);
        assertThat(at).as(from).isNotNegative();
        Files.writeString(rules.resolve(file), text.substring(0, at) + to + text.substring(at + from.length()));
    }

    @Test
    void takesOurs() {
        assertThatCode(this::load).doesNotThrowAnyException();
    }

    /** File, what stands there, what comes in its place, and what is said of it. */
    static Stream<Arguments> hostile() {
        return Stream.of(
                arguments("catalog.yaml", "masked: false", "masked: 0", "'0' is not true or false."),
                arguments("catalog.yaml", "masked: false", "masked: no", "'no' is not true or false."),
                arguments("catalog.yaml", "masked: false", "masked: Off", "'Off' is not true or false."),
                arguments("catalog.yaml", "masked: false", "masked: \"\"", "'' is not true or false."),
                arguments("catalog.yaml", "sensitivity: LOW", "sensitivity: 0", "'0' is not a Sensitivity"),
                arguments("catalog.yaml", "sensitivity: LOW", "sensitivity: \"3\"", "'3' is not a Sensitivity"),
                arguments("catalog.yaml", "level: ADMIN", "level: 0", "'0' is not a AccessLevel"),
                arguments("catalog.yaml", "level: ADMIN", "level: admin", "'admin' is not a AccessLevel"),
                arguments("catalog.yaml", "level: ADMIN", "level: [ADMIN]", "here belongs one value."),
                arguments("catalog.yaml", "limit: PT4H", "limit: P1Y", "is not a length of time"),
                arguments("catalog.yaml", "limit: PT4H", "limit: P99999999D", "of ten years at most"),
                arguments("catalog.yaml", "limit: PT4H", "limit: PT0.000000001S", "a minute at least"),
                arguments("catalog.yaml", "id: app-logs-read", "id: \"\"", "is not a text on one line"),
                arguments("catalog.yaml", "id: app-logs-read", "id: \"a\\nb\"", "is not a text on one line"),
                arguments("catalog.yaml", "id: app-logs-read", "id: \"a\\u202eb\"", "is not a text on one line"),
                arguments("catalog.yaml", "id: app-logs-read", "id: \"\\u3164\"", "is not a text on one line"),
                arguments("catalog.yaml", "id: app-logs-read", "id: \"\\uD800\"", "is not a text on one line"),
                arguments("catalog.yaml", "id: app-logs-read", "id: \"\\U00110000\"", "this is no YAML"),
                arguments("catalog.yaml", "id: app-logs-read", "id: " + "a".repeat(100_000), "a…' is not a text"),
                arguments("catalog.yaml", "id: app-logs-read", "id: !!binary aGVsbG8=", "'!' says of which type"),
                arguments("catalog.yaml", "id: app-logs-read", "id: !!java.net.URL [x]", "'!' says of which type"),
                arguments("catalog.yaml", "entitlements:", "entitlements: !!set", "'!' says of which type"),
                arguments("catalog.yaml", "[engineers, contractors]", "[&security engineers, *security]", "'&' gives"),
                arguments("catalog.yaml", "[engineers, contractors]", "*security", "'*' refers to another place"),
                arguments("catalog.yaml", "entitlements:", "<<: {a: b}\nentitlements:", "'<<': this name is not known"),
                arguments("catalog.yaml", "entitlements:", "? [a]\n: b\nentitlements:", "a name is a short text"),
                arguments("catalog.yaml", "environments:", "%TAG ! x:\n---\nenvironments:", "begins with '%'"),
                arguments("catalog.yaml", "entitlements:", "a: b\n---\nentitlements:", "second document"),
                arguments("catalog.yaml", "entitlements:", "Entitlements:", "'entitlements': this is missing."),
                arguments("catalog.yaml", "entitlements:", "\tentitlements:", "this is no YAML"),
                arguments("catalog.yaml", "entitlements:", "a: " + "[".repeat(50_000), "nested more than 20 deep"),
                arguments("catalog.yaml", "environments:", "{a: ".repeat(50_000), "nested more than 20 deep"),
                arguments("catalog.yaml", "environments:", "? ".repeat(50_000), "nested more than 20 deep"),
                arguments("catalog.yaml", "owners: [orders-owners]", "owners: [~]", "there is nothing here"),
                arguments("catalog.yaml", "owners: [orders-owners]", "owners: [\"\"]", "is not a text on one line"),
                arguments("catalog.yaml", "owners: [orders-owners]", "owners: orders-owners", "here belongs a list"),
                arguments("catalog.yaml", "masked: false", "# fine\u2028    masked: false", "the character U+2028"),
                arguments("catalog.yaml", "masked: false", "# fine\u0085    masked: false", "the character U+0085"),
                arguments("catalog.yaml", "masked: false", "# fine\r    masked: false", "the character U+000D"),
                arguments("catalog.yaml", "masked: false", "masked: false # \u202e", "the character U+202E"),
                arguments("catalog.yaml", "masked: false", "masked: false # \0", "the character U+0000"),
                arguments("levels.yaml", "quorum: 2", "quorum: 999999999", "a quorum of at least 1 and at most 20"),
                arguments("levels.yaml", "quorum: 2", "quorum: 0", "a quorum of at least 1 and at most 20"),
                arguments("levels.yaml", "quorum: 2", "quorum: -1", "'-1' is not a number"),
                arguments("levels.yaml", "quorum: 2", "quorum: 1.9", "'1.9' is not a number"),
                arguments("levels.yaml", "quorum: 2", "quorum: 010", "'010' is not a number"),
                arguments("levels.yaml", "quorum: 2", "quorum: 0x2", "'0x2' is not a number"),
                arguments("levels.yaml", "quorum: 2", "quorum: 1_0", "'1_0' is not a number"),
                arguments("levels.yaml", "quorum: 2", "quorum: 1:30", "'1:30' is not a number"),
                arguments("levels.yaml", "quorum: 2", "quorum: 1e9", "'1e9' is not a number"),
                arguments("levels.yaml", "quorum: 2", "quorum: " + "9".repeat(200_000), "9…' is not a number"),
                arguments("levels.yaml", "remindEvery: PT1H", "remindEvery: PT0.000000001S", "of a minute at least"),
                arguments("levels.yaml", "deadline: PT10H", "deadline: PT0.1S", "of a minute at least"),
                arguments("levels.yaml", "schedule: orders", "schedule: order", "there is no rota 'order'"),
                arguments("levels.yaml", "schedule: none", "schedule: orders", "only a level of ON_CALL"),
                arguments(
                        "levels.yaml",
                        "of: GROUPS\n    groups: [security]",
                        "of: GROUPS\n    groups: []",
                        "names none"),
                arguments("levels.yaml", "groups: [security]}", "groups: []}", "a tier without groups"),
                arguments("levels.yaml", "quorum: 2", "quorum: 2\n    quorum: 1", "twice in the same place: 'quorum'"),
                arguments("levels.yaml", "quorum: 2", "quorum: 2\n    \"quorum\": 1", "twice in the same place"),
                arguments("calendar.yaml", "2026-12-26", "2026-1-2", "is not a date"),
                arguments("calendar.yaml", "2026-12-26", "+999999999-12-31", "is not a date"),
                arguments("calendar.yaml", "2026-12-26", "20261226", "is not a date"),
                arguments("calendar.yaml", "from: \"2026", "from: \"-1000000000", "is not a time in UTC"),
                arguments("calendar.yaml", "  MONDAY:", "  monday:", "'monday' is not a DayOfWeek"),
                arguments("calendar.yaml", "  MONDAY:", "  0:", "'0' is not a DayOfWeek"),
                arguments("calendar.yaml", "zones: {}", "zones: {\"\\u202e\": UTC}", "a name is a short text"),
                arguments("on-call.yaml", "every: P7D", "every: PT2562047788015215H", "of ten years at most"),
                arguments("on-call.yaml", "start: \"2026", "start: \"+1000000000", "is not a time in UTC"),
                arguments("on-call.yaml", "[owner, owner2]", "[owner, \" \"]", "is not a text on one line"),
                arguments(
                        "tickets.yaml",
                        "{number}\", example: \"1234\"",
                        "{number}+\", example: \"1234\"",
                        "no pattern"));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("hostile")
    void refusesWithFileLineAndOneSentence(String file, String from, String to, String told) throws IOException {
        change(file, from, to);

        assertThatThrownBy(this::load)
                .isInstanceOf(RulesException.class)
                .hasMessageMatching("rules/" + file + ", line [0-9]+: .*")
                .hasMessageContaining(told)
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(800));
    }

    @Test
    void readsAWordAsItStandsWhateverElseYamlCouldTakeItFor() throws IOException {
        change("catalog.yaml", "[engineers, contractors]", "[no, on, 007, 1_0, 22:00, 2026-1-2, 'null', .5]");

        assertThat(new Catalog(new RuleFiles(rules))
                        .find("orders-admin")
                        .orElseThrow()
                        .requesters())
                .containsExactlyInAnyOrder("no", "on", "007", "1_0", "22:00", "2026-1-2", "null", ".5");
    }

    @Test
    void skipsAByteOrderMarkAndTakesTextOverSeveralLinesForOne() throws IOException {
        change("catalog.yaml", "description: Everything", "description: >\n      Everything");
        Files.writeString(rules.resolve("catalog.yaml"), "\uFEFF" + Files.readString(rules.resolve("catalog.yaml")));

        assertThat(new Catalog(new RuleFiles(rules))
                        .find("orders-admin")
                        .orElseThrow()
                        .description())
                .isEqualTo("Everything with the data and its upkeep, emptying whole tables included.");
    }

    @Test
    void takesForDutyOnlyWhoeverIsNamedWhereTheRotaIs() throws IOException {
        change("levels.yaml", "schedule: orders", "schedule: night-shift");

        assertThatThrownBy(this::load).hasMessageContaining("there is no rota 'night-shift' in rules/on-call.yaml.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "freeze.DRL",
                "some/freeze.drl~",
                "some/freeze.drl.bak",
                "level.yaml",
                "levels.yml",
                "Levels.yaml",
                "some/levels.yaml",
                "some/freeze.cases.yml",
                "some/table.CSV",
                "some/table.xlsx",
                "rules.zip"
            })
    void refusesAFileThatNobodyWouldRead(String file) throws IOException {
        Path path = rules.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "rule");

        assertThatThrownBy(this::load)
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/" + file + ": nothing reads this file.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "some/notes.txt", ".gitkeep", ".git/HEAD", "..data/a.drl", "a/.b/c.zip"})
    void letsNotesAndWhatBelongsToOtherToolsBe(String file) throws IOException {
        Path path = rules.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "rule");

        assertThatCode(this::load).doesNotThrowAnyException();
        assertThat(new RuleFiles(rules).list(".drl")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a.drl, nowhere", "a.drl, /dev/zero", "some, .", "some, ..", "levels.md, /dev/tty", "tickets.yaml, gone"
    })
    void refusesLinksToWhatIsNoFile(String link, String to) throws IOException {
        Files.deleteIfExists(rules.resolve(link));
        Files.createSymbolicLink(rules.resolve(link), Path.of(to));

        assertThatThrownBy(this::load).isInstanceOf(RulesException.class).hasMessageStartingWith("rules/" + link);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/stdin", ".", "nowhere", "pipe"})
    void readsNothingThatMayNeverEnd(String to) throws Exception {
        Path outside = Files.createDirectories(rules.resolve(".outside"));
        assertThat(new ProcessBuilder("mkfifo", outside.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.delete(rules.resolve("catalog.yaml"));
        Files.createSymbolicLink(
                rules.resolve("catalog.yaml"), to.equals("pipe") ? outside.resolve("pipe") : Path.of(to));

        assertThatThrownBy(this::load)
                .isInstanceOf(RulesException.class)
                .message()
                .isIn(
                        "rules/catalog.yaml: this is no file that can be read.",
                        "rules/catalog.yaml: this cannot be read, or leads back to where it is.");
    }

    @Test
    void refusesAPipeAmongTheRules() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", rules.resolve("a.drl").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThatThrownBy(this::load).hasMessage("rules/a.drl: this is no file that can be read.");
    }

    @Test
    void refusesAFolderThatHasNoEnd() throws IOException {
        Files.createDirectories(rules.resolve("a/b/c/d/e/f/g/h/i/j/k/l"));
        assertThatThrownBy(this::load).hasMessageContaining("folders are nested more than 10 deep");
    }

    @Test
    void refusesMoreFilesThanAnybodyWrites() throws IOException {
        Path many = Files.createDirectories(rules.resolve("many"));
        for (int number = 0; number <= 5_000; number++) {
            Files.createFile(many.resolve(number + ".md"));
        }

        assertThatThrownBy(this::load).hasMessageContaining("there are more than 5000 files and folders");
    }

    @Test
    void goesOnWithWhatItHasReadWhenAFileChangesMeanwhile() throws IOException {
        RuleFiles files = new RuleFiles(rules);
        String before = files.text(Path.of("catalog.yaml"));
        change("catalog.yaml", "masked: false", "masked: true");

        assertThat(files.text(Path.of("catalog.yaml"))).isEqualTo(before);
        assertThat(new Catalog(files).find("orders-admin").orElseThrow().masked())
                .isFalse();
    }

    @Test
    void readsAsMuchAsAFileMayHoldInTime() throws IOException {
        StringBuilder list = new StringBuilder("names:\n");
        while (list.length() < 990_000) {
            list.append("  - {a: b, c: [d, e]}\n");
        }
        Files.write(rules.resolve("levels.yaml"), list.toString().getBytes(StandardCharsets.UTF_8));

        assertThat(new RuleFiles(rules)
                        .read("levels.yaml", new TypeReference<Map<String, List<Map<String, Object>>>>() {})
                        .get("names"))
                .hasSizeGreaterThan(40_000);
    }
}
