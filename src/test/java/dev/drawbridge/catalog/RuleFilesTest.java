package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RuleFilesTest {
    private static final RuleFiles OURS = new RuleFiles(Path.of("rules"));

    @TempDir
    Path rules;

    @Test
    void readsTheCatalogThatIsDelivered() {
        assertThat(new Catalog(OURS).all())
                .extracting(Entitlement::id, Entitlement::sensitivity)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("app-logs-read", Sensitivity.LOW),
                        org.assertj.core.groups.Tuple.tuple("orders-read", Sensitivity.MODERATE),
                        org.assertj.core.groups.Tuple.tuple("orders-read-unmasked", Sensitivity.HIGH),
                        org.assertj.core.groups.Tuple.tuple("orders-write", Sensitivity.HIGH),
                        org.assertj.core.groups.Tuple.tuple("orders-admin", Sensitivity.CRITICAL));
    }

    private void catalogWith(String change, String into) throws IOException {
        String text = Files.readString(Path.of("rules", "catalog.yaml"));
        assertThat(text).contains(change);
        Files.writeString(
                rules.resolve("catalog.yaml"), text.replaceFirst(java.util.regex.Pattern.quote(change), into));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("level: READ", "level: PEEK", "'PEEK' is not a AccessLevel; it can be [READ, WRITE, ADMIN]"),
                arguments("environment: production", "place: production", "'environment'"),
                arguments(
                        "environment: production",
                        "environment: production\n    extra: 1",
                        "'extra': this name is not known here"),
                arguments("sensitivity: LOW", "sensitivty: LOW", "'sensitivity': this is missing"),
                arguments("limit: PT8H", "limit: eight hours", "'eight hours' is not a length of time"),
                arguments("limit: PT8H", "limit: PT0S", "needs a limit"),
                arguments("id: orders-read", "id: app-logs-read", "is there twice"),
                arguments("target: {system: orders, role: app_logs_read}", "", "'target': this is missing"),
                arguments("entitlements:", "entitlements: [", "catalog.yaml"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void stopsWithASentenceAtACatalogThatIsWrong(String change, String into, String named) throws IOException {
        catalogWith(change, into);

        assertThatThrownBy(() -> new Catalog(new RuleFiles(rules)))
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/catalog.yaml")
                .hasMessageContaining(named);
    }

    private LevelDefinition.Deputies deputiesOf(String level, String written) throws IOException {
        String text = Files.readString(Path.of("rules", "levels.yaml"));
        String name = "- name: " + level + "\n";
        assertThat(text).contains(name);
        Files.writeString(rules.resolve("levels.yaml"), text.replace(name, name + written));
        return new LevelDefinitions(new RuleFiles(rules))
                .find(level)
                .orElseThrow()
                .deputies();
    }

    @Test
    void letsTheDeputiesOfALevelBeLeftOut() throws IOException {
        assertThat(new LevelDefinitions(OURS).inOrder())
                .extracting(LevelDefinition::deputies)
                .containsOnly(LevelDefinition.Deputies.WHO_MAY_ANSWER);
        assertThat(deputiesOf("security", "    deputies: [security, operators]\n")
                        .groups())
                .contains(Set.of("security", "operators"));
    }

    @Test
    void takesAnEmptyListOfDeputiesForNobodyAndAnUnknownGroupAsItIs() throws IOException {
        assertThat(deputiesOf("security", "    deputies: []\n").groups()).contains(Set.of());
        assertThat(deputiesOf("security", "    deputies: [no-such-group]\n").groups())
                .as("nobody is in it")
                .contains(Set.of("no-such-group"));
    }

    @ParameterizedTest
    @CsvSource({
        "deputies:",
        "deputies: security",
        "deputies: {groups: [security]}",
        "deputies: [[security]]",
        "deputies: [~]"
    })
    void stopsWithASentenceAtDeputiesThatAreNoListOfGroups(String written) {
        assertThatThrownBy(() -> deputiesOf("security", "    " + written + "\n"))
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/levels.yaml")
                .hasMessageContaining("deputies");
    }

    @Test
    void namesTheFolderThatIsMissing() {
        assertThatThrownBy(() -> new RuleFiles(rules.resolve("nowhere")).list(".drl"))
                .hasMessageContaining("nowhere")
                .hasMessageContaining("drawbridge.rules");
    }

    @Test
    void refusesAFileThatIsNoTextOrLargerThanAnybodyWrites() throws IOException {
        Files.write(rules.resolve("catalog.yaml"), new byte[] {(byte) 0xC0, (byte) 0xA2});
        assertThatThrownBy(() -> new RuleFiles(rules).text(Path.of("catalog.yaml")))
                .hasMessage("rules/catalog.yaml: the file is not a text in UTF-8.");

        Files.write(rules.resolve("catalog.yaml"), new byte[1_000_001]);
        assertThatThrownBy(() -> new RuleFiles(rules).text(Path.of("catalog.yaml")))
                .hasMessage("rules/catalog.yaml: the file is larger than 1000000 bytes.");
    }

    @ParameterizedTest
    @CsvSource({
        "2027-01-12T07:00:00Z, true", // 08:00 in Berlin, winter
        "2027-01-12T06:59:59Z, false",
        "2027-01-12T17:00:00Z, false",
        "2027-07-13T06:00:00Z, true", // 08:00 in Berlin, summer
        "2027-07-13T16:00:00Z, false",
        "2027-03-28T10:00:00Z, false", // the Sunday the clock changes
        "2027-01-01T10:00:00Z, false", // a holiday
        "2028-02-29T10:00:00Z, true", // leap day, a Tuesday
        "2026-12-31T23:30:00Z, false"
    })
    void knowsOfficeHoursInTheZoneOfTheCalendar(Instant at, boolean open) {
        assertThat(new BusinessCalendar(OURS).isOfficeTime(at)).isEqualTo(open);
    }
}
