package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rotas hand over when the clock on the wall says so. */
class OnCallTest {
    @TempDir
    Path rules;

    private OnCall rota(String rota) throws IOException {
        Files.copy(
                Path.of("rules", "calendar.yaml"),
                rules.resolve("calendar.yaml"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(rules.resolve("on-call.yaml"), "rotas:\n  - {" + rota + "}\n");
        RuleFiles files = new RuleFiles(rules);
        return new OnCall(files, new BusinessCalendar(files));
    }

    @ParameterizedTest(name = "{0} has {1}")
    @CsvSource({
        "2026-10-19T05:59:59Z, none", // before it starts
        "2026-10-19T06:00:00Z, ann", // Monday at eight, summer time
        "2026-10-26T06:59:59Z, ann",
        "2026-10-26T07:00:00Z, bob", // Monday at eight, winter time: seven days and an hour
        "2026-11-02T06:59:59Z, bob",
        "2026-11-02T07:00:00Z, ann",
        "2027-03-29T05:59:59Z, ann", // the clocks have changed again
        "2027-03-29T06:00:00Z, bob"
    })
    void handsOverAtTheSameTimeOfDayAllTheYear(Instant moment, String person) throws IOException {
        OnCall weeks = rota("name: r, start: \"2026-10-19T06:00:00Z\", every: P1W, people: [ann, bob]");

        assertThat(weeks.at("r", moment).orElse("none")).isEqualTo(person);
    }

    @ParameterizedTest(name = "{0} has {1}")
    @CsvSource({
        "2026-10-24T18:00:00Z, night", // eight in the evening
        "2026-10-25T06:59:59Z, night", // thirteen hours later
        "2026-10-25T07:00:00Z, day",
        "2027-03-28T06:00:00Z, day" // after a night of eleven hours
    })
    void givesTheNightShiftAnHourMoreOrLess(Instant moment, String person) throws IOException {
        OnCall shifts = rota("name: r, start: \"2026-10-19T06:00:00Z\", every: PT12H, people: [day, night]");

        assertThat(shifts.at("r", moment)).contains(person);
    }

    @Test
    void keepsTheClockOfItsOwnZone() throws IOException {
        OnCall rota = rota("name: r, start: \"2026-10-26T13:00:00Z\", every: P7D, people: [ann, bob],"
                + " zone: America/New_York");

        assertThat(rota.at("r", Instant.parse("2026-11-02T13:59:59Z")))
                .as("nine o'clock there, where the clocks change a week later")
                .contains("ann");
        assertThat(rota.at("r", Instant.parse("2026-11-02T14:00:00Z"))).contains("bob");
    }

    @Test
    void neverGivesATurnBackWhereTheClockShowsATimeTwice() throws IOException {
        OnCall hours =
                rota("name: r, start: \"2026-10-24T22:30:00Z\", every: PT1H, people: [a, b, c, d, e, f, g, h, i, j]");
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        StringBuilder turns = new StringBuilder();
        for (int minute = 0; minute < 300; minute += 10) {
            turns.append(hours.at("r", Instant.parse("2026-10-24T22:30:00Z").plusSeconds(60L * minute))
                    .orElseThrow());
        }

        assertThat(turns.toString()).matches("a{6}b{6}c{12}d{6}");
        assertThat(LocalDateTime.parse("2026-10-25T02:30").atZone(berlin).getOffset())
                .isEqualTo(ZoneOffset.ofHours(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: r, start: \"2026-10-19T06:00:00Z\", every: 7, people: [a] | '7' is not a length of time",
                "name: r, start: \"2026-10-19T06:00:00Z\", every: P1M, people: [a] | 'P1M' is not a length of time",
                "name: r, start: \"2026-10-19T06:00:00Z\", every: PT0S, people: [a] | turns of an hour at least",
                "name: r, start: \"2026-10-19T06:00:00Z\", every: P-7D, people: [a] | turns of an hour at least",
                "name: r, start: \"2026-10-19T06:00:00Z\", every: P7D, people: [] | needs people",
                "name: r, start: \"2026-10-19T06:00:00Z\", every: P7D, people: [~] | there is nothing here",
                "name: r, start: 2026-10-19, every: P7D, people: [a] | is not a time in UTC",
                "name: r, start: \"2026-10-19T06:00:00Z\", every: P7D, people: [a], zone: CET | is not a time zone",
                "name: r, start: \"2026-10-19T06:00:00Z\", every: P7D, people: [a], zone: | there is nothing here"
            })
    void refusesARotaThatNobodyCouldMeanWithFileAndLine(String rota, String sentence) {
        assertThatThrownBy(() -> rota(rota))
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/on-call.yaml, line 2: ")
                .hasMessageContaining(sentence);
    }

    @Test
    void refusesASecondRotaOfTheSameName() {
        String one = "name: r, start: \"2026-10-19T06:00:00Z\", every: P7D, people: [a]";
        assertThatThrownBy(() -> rota(one + "}\n  - {" + one))
                .hasMessage("rules/on-call.yaml, line 3: at 'rotas' [1]: 'r' is there twice.");
    }
}
