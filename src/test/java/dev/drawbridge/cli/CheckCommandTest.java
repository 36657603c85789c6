package dev.drawbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Rules of one's own are tried before a server sees them. */
class CheckCommandTest {
    private static final Path COMPANY = Path.of("src", "test", "resources", "company");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void copyTheCompanysRules() throws IOException {
        FileSystemUtils.copyRecursively(COMPANY.resolve("rules"), folder.resolve("rules"));
    }

    private int check(String... arguments) {
        return new CheckCommand(new PrintStream(written, true, StandardCharsets.UTF_8)).run(List.of(arguments));
    }

    private String said() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private void change(String file, String what, String with) throws IOException {
        Path path = folder.resolve("rules").resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(what);
        Files.writeString(path, text.replaceFirst(java.util.regex.Pattern.quote(what), with));
    }

    @Test
    void isContentWithRulesThatDoWhatTheirCasesSay() {
        assertThat(check(folder.toString())).isZero();
        assertThat(check(folder.resolve("rules").toString())).isZero();
        assertThat(said()).containsPattern("\\d+ guardrails do what their \\d+ cases say\\.");
    }

    @Test
    void isContentWithTheRulesThatAreDelivered() {
        assertThat(check()).isZero();
    }

    @Test
    void tellsACaseThatIsWrongWithItsLine() throws IOException {
        change(
                "weekend/changes-need-the-on-call.cases.yaml",
                "fires:",
                "fires:\n  - {when: never, entitlement: nothing}");

        assertThat(check(folder.toString())).isEqualTo(1);
        assertThat(said())
                .contains(
                        "rules/weekend/changes-need-the-on-call.cases.yaml, line 2: ",
                        "there is no entitlement 'nothing' in rules/catalog.yaml.");
    }

    @Test
    void tellsAGuardrailThatDoesOtherThanItsCasesSayAndOneThatHasNone() throws IOException {
        Files.move(
                folder.resolve("rules/weekend/changes-need-the-on-call.cases.yaml"),
                folder.resolve("rules/weekend/changes-nobody-makes.cases.yaml"));

        assertThat(check(folder.toString())).isEqualTo(1);
        assertThat(said())
                .contains(
                        "rules/weekend/changes-need-the-on-call.drl: its cases are missing; they belong into"
                                + " rules/weekend/changes-need-the-on-call.cases.yaml.",
                        "rules/weekend/changes-nobody-makes.cases.yaml: there is no guardrail"
                                + " rules/weekend/changes-nobody-makes.drl.",
                        "2 problems.");
    }

    @Test
    void tellsMoreThanTheFirstMistake() throws IOException {
        Files.writeString(folder.resolve("rules/levels.yaml"), "levels: 1");
        Files.writeString(folder.resolve("rules/tickets.yaml"), "numbers: 1");

        assertThat(check(folder.toString())).isEqualTo(1);
        assertThat(said()).contains("rules/levels.yaml", "rules/tickets.yaml", "2 problems.");
    }

    @Test
    void provesWhatMustNeverHappenAndTellsWhatDoes() throws IOException {
        Files.writeString(folder.resolve("rules/invariants.yaml"), """
                invariants:
                  - name: An intern never changes production
                    when: {group: interns, level: [WRITE, ADMIN], environment: production}
                    never: given
                """);

        assertThat(check(folder.toString())).isZero();
        assertThat(said())
                .containsPattern(
                        "'An intern never changes production' holds: checked [\\d,]+ combinations, all of them\\.");

        change("interns/never-write.drl", "level != AccessLevel.READ", "level == AccessLevel.ADMIN");

        assertThat(check(folder.toString())).isEqualTo(1);
        assertThat(said())
                .contains(
                        "rules/invariants.yaml, line 2: at 'invariants' [0]: 'An intern never changes production' does not"
                                + " hold. billing-write for PT30M, with the ticket ")
                .contains(" by 'somebody' of interns, ")
                .contains("is given once 1 of lead and 1 of owners have agreed");
    }

    @Test
    void tellsGuardrailsThatNeverCount() throws IOException {
        Files.writeString(
                folder.resolve("rules/limits/never.drl"),
                "rule \"Never\" when Wanted( level == AccessLevel.ADMIN, environment == \"staging\" ) then guardrail.deny();"
                        + " end");
        Files.writeString(folder.resolve("rules/limits/never.cases.yaml"), """
                fires:
                  - {when: what is not there, entitlement: billing-admin, environment: staging}
                silent:
                  - {when: what is, entitlement: billing-admin}
                """);

        assertThat(check(folder.toString())).isZero();
        assertThat(said()).contains("rules/limits/never.drl: this guardrail can never fire");
    }

    @Test
    void tellsWhatIsNewlyAllowedAgainstAnotherFolder() throws IOException {
        assertThat(check(folder.toString(), "--against", COMPANY.toString())).isZero();
        assertThat(said()).contains("Nothing new is allowed: checked ");

        change("catalog.yaml", "requesters: [developers, people-ops]", "requesters: [developers, people-ops, interns]");

        assertThat(check("--against", COMPANY.toString(), folder.toString())).isZero();
        assertThat(said())
                .contains(
                        "Newly allowed: personnel-read could not be asked for, and is given once 1 of lead and 1 of owners have"
                                + " agreed. For example personnel-read for PT30M, by 'somebody' of interns, ")
                .contains("Nothing else is newly allowed: checked ");

        assertThat(check(
                        folder.toString(),
                        "--against",
                        folder.resolve("nowhere").toString()))
                .isEqualTo(2);
        assertThat(check(folder.toString(), "--against")).isEqualTo(2);
    }

    @Test
    void tellsProgramsInJson() throws IOException {
        Files.writeString(folder.resolve("rules/levels.yaml"), "levels: 1");

        assertThat(check("--json", folder.toString())).isEqualTo(1);

        JsonNode said = new ObjectMapper().readTree(said());
        assertThat(said.at("/problems/0/file").asText()).isEqualTo("rules/levels.yaml");
        assertThat(said.at("/problems/0/line").asInt()).isEqualTo(1);
        assertThat(said.at("/problems/0/sentence").asText()).isNotBlank();
        assertThat(said.path("cases").isInt()).isTrue();
    }

    @Test
    void annotatesAPullRequest() throws IOException {
        Files.writeString(folder.resolve("rules/levels.yaml"), "levels: 1");

        assertThat(check(folder.toString(), "--github")).isEqualTo(1);

        assertThat(said()).startsWith("::error file=rules/levels.yaml,line=1::").hasLineCount(1);
    }

    @Test
    void saysWhereItExpectsRulesWhereThereAreNone() {
        assertThat(check(folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(said()).contains("name a folder that has rules/catalog.yaml.");
        assertThat(check("one", "two")).isEqualTo(2);
        assertThat(check("--yaml")).isEqualTo(2);
    }
}
