package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ticket numbers as trackers write them, and as process owners say they are written. */
class TicketNumbersTest {
    private static final TicketNumbers OURS = new TicketNumbers(new RuleFiles(Path.of("rules")));

    @TempDir
    Path rules;

    private TicketNumbers tickets(String lines) throws IOException {
        Files.writeString(rules.resolve("tickets.yaml"), "tickets:\n" + lines);
        return new TicketNumbers(new RuleFiles(rules));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPS-1234",
                "ops-1",
                "AB_C2-9",
                "CHG0040410",
                "chg0040410",
                "INC0012345",
                "RITM0010001",
                "#123",
                "4711",
                "org/repo#123",
                "my-org/my.repo_2#7",
                "AB#12345"
            })
    void takesTheNumbersOfTheCommonTrackers(String ticket) {
        assertThat(OURS.fit(ticket)).isTrue();
        assertThat(new TicketNumbers(new RuleFiles(rules)).fit(ticket))
                .as("and where the file is left out")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "see mail",
                "OPS-",
                "-1",
                "CHG004041",
                "CHG00404101",
                "XY#1",
                "repo#1",
                "a/b/c#1",
                "OPS-１",
                "#"
            })
    void refusesWhatIsNone(String ticket) {
        assertThat(OURS.fit(ticket)).isFalse();
    }

    @Test
    void takesThePatternsOfTheFileAndNamesTheirExamples() throws IOException {
        TicketNumbers own = tickets("  - {like: \"TASK/{3 digits}\", example: TASK/001}\n");

        assertThat(own.fit("task/999")).isTrue();
        assertThat(own.fit("OPS-1")).isFalse();
        assertThat(own.examples()).isEqualTo("TASK/001");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "like: \"(a+)+$\", example: aaa | is no pattern",
                "like: \"[0-9]*\", example: 1 | is no pattern",
                "like: \"{letters}-{number}\", example: A-1 | is no pattern",
                "like: \"{21 digits}\", example: \"123456789012345678901\" | is no pattern",
                "like: \"{0 digits}\", example: x | is no pattern",
                "like: \"{number\", example: \"1\" | is no pattern",
                "like: \"number}\", example: \"1\" | is no pattern",
                "like: \"OPS {number}\", example: OPS 1 | is no pattern",
                "like: \"\", example: \"1\" | is not a text",
                "like: \"{project}-{number}\", example: CHG0040410 | the example 'CHG0040410' does not look like",
                "like: \"{number}\" | 'example': this is missing",
                "like: \"{number}\", example: | there is nothing here"
            })
    void refusesABadPatternWithFileAndLine(String ticket, String sentence) {
        assertThatThrownBy(() -> tickets("  - {like: \"{number}\", example: \"1\"}\n  - {" + ticket + "}\n"))
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/tickets.yaml, line 3: ")
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"  []\n", "\n"})
    void refusesAFileWithoutPatterns(String lines) {
        assertThatThrownBy(() -> tickets(lines)).hasMessageStartingWith("rules/tickets.yaml, line ");
    }

    @Test
    void takesTextThatWouldKeepARegularExpressionBusyForEver() throws IOException {
        TicketNumbers many = tickets("  - {like: \"" + "{name}".repeat(9) + "#\", example: abcdefghij#}\n");

        assertThat(many.fit("-".repeat(250))).isFalse();
        assertThat(many.fit("-".repeat(249) + "#")).isTrue();
        assertThat(many.fit("-".repeat(100_000))).isFalse();
    }

    @Provide
    Arbitrary<List<String>> parts() {
        return Arbitraries.of("{number}", "{2 digits}", "{project}", "{name}", "A", "-", "7", "#")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("Aab17-_#.").ofMaxLength(8);
    }

    /** As a regular expression would, where the text is too short to keep it busy. */
    @Property
    void fitsWhatARegularExpressionFits(@ForAll("parts") List<String> parts, @ForAll("texts") String text) {
        String expression = String.join("", parts)
                .replace("{number}", "[0-9]{1,12}")
                .replace("{2 digits}", "[0-9]{2}")
                .replace("{project}", "[A-Za-z][A-Za-z0-9_]{0,19}")
                .replace("{name}", "[A-Za-z0-9_.-]{1,100}");

        assertThat(TicketPattern.parse(String.join("", parts)).orElseThrow().fits(text))
                .isEqualTo(Pattern.compile(expression, Pattern.CASE_INSENSITIVE)
                        .matcher(text)
                        .matches());
    }
}
