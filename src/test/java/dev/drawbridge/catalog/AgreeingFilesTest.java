package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** A slip of the pen in one file that the others do not know of is refused, where it stands. */
class AgreeingFilesTest {
    private static final Path COMPANY = Path.of("src", "test", "resources", "company", "rules");

    @TempDir
    Path rules;

    @BeforeEach
    void aCompany() throws IOException {
        FileSystemUtils.copyRecursively(COMPANY, rules);
    }

    private static void load(Path folder) {
        RuleFiles files = new RuleFiles(folder);
        BusinessCalendar calendar = new BusinessCalendar(files);
        new AgreeingFiles(
                files, new Catalog(files), calendar, new LevelDefinitions(files), new OnCall(files, calendar));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules", "src/test/resources/company/rules"})
    void takesFilesThatAgree(String folder) {
        assertThatCode(() -> load(Path.of(folder))).doesNotThrowAnyException();
    }

    static Stream<Arguments> slips() {
        return Stream.of(
                arguments(
                        "catalog.yaml",
                        "environment: staging",
                        "environment: stagin",
                        "no environment 'stagin'",
                        "production, staging"),
                arguments(
                        "catalog.yaml",
                        "requesters: [developers, people-ops]",
                        "requesters: [developer]",
                        "no group 'developer'",
                        "interns"),
                arguments(
                        "catalog.yaml",
                        "owners: [people-ops]",
                        "owners: [people-opps]",
                        "no group 'people-opps'",
                        "dba"),
                arguments(
                        "catalog.yaml",
                        "{on-call: {schedule: billing}}",
                        "{oncall: {schedule: billing}}",
                        "no level 'oncall'",
                        "levels.yaml"),
                arguments(
                        "catalog.yaml",
                        "{on-call: {schedule: billing}}",
                        "{on-call: {schedule: bilin}}",
                        "no rota 'bilin'",
                        "on-call.yaml"),
                arguments(
                        "catalog.yaml",
                        "{on-call: {schedule: billing}}",
                        "{owners: {schedule: billing}}",
                        "only a level of ON_CALL",
                        "'none'"),
                arguments(
                        "catalog.yaml",
                        "{on-call: {schedule: billing}}",
                        "{owners: {quorum: 0}}",
                        "a quorum is at least 1",
                        "20"),
                arguments(
                        "levels.yaml",
                        "groups: [team-leads]",
                        "groups: [teamleads]",
                        "no group 'teamleads'",
                        "team-leads"),
                arguments(
                        "levels.yaml",
                        "{after: PT4H, groups: [team-leads]}",
                        "{after: PT4H, groups: [leads]}",
                        "no group 'leads'",
                        "team-leads"),
                arguments(
                        "levels.yaml",
                        "schedule: databases",
                        "schedule: database",
                        "no rota 'database'",
                        "on-call.yaml"),
                arguments("levels.yaml", "schedule: none", "schedule: databases", "only a level of ON_CALL", "'none'"),
                arguments(
                        "levels.yaml",
                        "    quorum: 1",
                        "    quorum: 1\n    deputies: [chief]",
                        "no group 'chief'",
                        "dba"),
                arguments("calendar.yaml", "zones: {}", "zones: {dbas: Europe/Berlin}", "no group 'dbas'", "dba"),
                arguments(
                        "calendar.yaml",
                        "systems: [billing-prod]",
                        "systems: [billing]",
                        "no target 'billing'",
                        "billing-prod"),
                arguments(
                        "calendar.yaml",
                        "environments: [production]",
                        "environments: [prodution]",
                        "no environment 'prodution'",
                        "production"),
                arguments(
                        "calendar.yaml",
                        "environments: [production]",
                        "environments: []",
                        "an empty list is for nothing",
                        "leave it out"));
    }

    @ParameterizedTest
    @MethodSource("slips")
    void refusesAWordThatNoOtherFileKnows(String file, String from, String to, String told, String instead)
            throws IOException {
        String text = Files.readString(rules.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(
                rules.resolve(file),
                text.substring(0, text.indexOf(from)) + to + text.substring(text.indexOf(from) + from.length()));

        assertThatThrownBy(() -> load(rules))
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/" + file + ", line ")
                .hasMessageContaining(told)
                .hasMessageContaining(instead);
    }
}
