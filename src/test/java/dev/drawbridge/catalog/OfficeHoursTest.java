package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Office hours of every shape: meant as people mean them, or refused where they stand. */
class OfficeHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @TempDir
    Path rules;

    private BusinessCalendar calendar(String hours, String rest) throws IOException {
        Files.writeString(
                rules.resolve("calendar.yaml"), "zone: Europe/Berlin\nzones: {}\nofficeHours:\n" + hours + "\n" + rest);
        return new BusinessCalendar(new RuleFiles(rules));
    }

    private BusinessCalendar calendar(String hours) throws IOException {
        return calendar(hours, "holidays: [2035-06-06]\nchangeFreezes: []");
    }

    private static boolean open(BusinessCalendar calendar, String local) {
        return calendar.isOfficeTime(LocalDateTime.parse(local).atZone(BERLIN).toInstant());
    }

    @Test
    void keepsHoursOverMidnightUntilTheMorningAfter() throws IOException {
        BusinessCalendar nights = calendar("  MONDAY: {from: \"22:00\", to: \"06:00\"}");

        assertThat(open(nights, "2035-06-11T21:59:59")).isFalse();
        assertThat(open(nights, "2035-06-11T22:00:00")).isTrue();
        assertThat(open(nights, "2035-06-12T05:59:59")).isTrue();
        assertThat(open(nights, "2035-06-12T06:00:00")).isFalse();
        assertThat(open(nights, "2035-06-11T05:00:00"))
                .as("that is Sunday's night")
                .isFalse();
        assertThat(nights.after(Instant.parse("2035-06-11T21:00:00Z"), Duration.ofHours(8), BERLIN))
                .as("seven hours of that night, and one of the next Monday's")
                .isEqualTo(Instant.parse("2035-06-18T21:00:00Z"));
        assertThat(nights.between(Instant.parse("2035-06-12T00:00:00Z"), Instant.parse("2035-06-12T23:00:00Z"), BERLIN))
                .isEqualTo(Duration.ofHours(4));
    }

    @Test
    void closesOnAHolidayFromMidnightToMidnightAndNeverBeginsANightOnIt() throws IOException {
        BusinessCalendar nights =
                calendar("  TUESDAY: {from: \"22:00\", to: \"06:00\"}\n  WEDNESDAY: {from: \"22:00\", to: \"06:00\"}");

        assertThat(open(nights, "2035-06-05T23:59:59")).isTrue();
        assertThat(open(nights, "2035-06-06T00:00:00")).isFalse();
        assertThat(open(nights, "2035-06-06T23:00:00")).isFalse();
        assertThat(open(nights, "2035-06-07T05:00:00")).isFalse();
        assertThat(open(nights, "2035-06-14T05:00:00")).as("a week later").isTrue();
    }

    @Test
    void takesTwentyFourForTheEndOfTheDayAndAListForADayWithABreak() throws IOException {
        BusinessCalendar calendar = calendar("  MONDAY: {from: \"00:00\", to: \"24:00\"}\n"
                + "  TUESDAY: [{from: \"13:00\", to: \"17:00\"}, {from: \"8:00\", to: \"12:00\"}]");

        assertThat(open(calendar, "2035-06-11T00:00:00")).isTrue();
        assertThat(open(calendar, "2035-06-11T23:59:59")).isTrue();
        assertThat(open(calendar, "2035-06-12T00:00:00")).isFalse();
        assertThat(open(calendar, "2035-06-12T08:00:00")).isTrue();
        assertThat(open(calendar, "2035-06-12T12:30:00")).isFalse();
        assertThat(open(calendar, "2035-06-12T16:59:59")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MONDAY: {from: \"08:00\", to: \"08:00\"} | begin and end at the same time",
                "MONDAY: {from: \"00:00\", to: \"00:00\"} | 00:00 to 24:00",
                "MONDAY: {from: \"24:00\", to: \"06:00\"} | begin at 24:00",
                "MONDAY: {from: \"08:00\", to: \"24:30\"} | '24:30' is not a time of day",
                "MONDAY: {from: \"08:00\", to: \"6pm\"} | '6pm' is not a time of day, such as 08:00",
                "MONDAY: {from: \"08:00\", to: \"18:00Z\"} | is not a time of day",
                "MONDAY: {from: \"08:00\", to: \"18:00:00.5\"} | is not a time of day",
                "MONDAY: {from: 8, to: 18} | '8' is not a time of day",
                "MONDAY: {from: [8, 0], to: \"18:00\"} | is not a time of day",
                "MONDAY: {from: \"08:00\"} | 'to': this is missing",
                "MONDAY: {from: \"08:00\", to: } | 'to': there is nothing here",
                "MONDAY: | 'MONDAY': there is nothing here",
                "MONDAY: [] | less than an hour of office time",
                "MONDAY: {from: \"08:00\", to: \"08:30\"} | less than an hour of office time",
                "MONDAY: [{from: \"08:00\", to: \"12:00\"}, {from: \"11:00\", to: \"17:00\"}] | before the ones before",
                "MONDAY: [{from: \"08:00\", to: \"12:00\"}, ] ] | calendar.yaml",
                "MON: {from: \"08:00\", to: \"18:00\"} | MON",
                "\"MONDAY-FRIDAY\": {from: \"08:00\", to: \"18:00\"} | MONDAY-FRIDAY",
                "MONDAY: \"08:00-18:00\" | MONDAY"
            })
    void refusesHoursThatNobodyCouldMeanWithFileAndLine(String hours, String sentence) {
        assertThatThrownBy(() -> calendar("  " + hours))
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/calendar.yaml, line ")
                .hasMessageContaining(sentence);
    }

    @Test
    void pointsAtTheLineOfTheDayThatIsWrong() {
        assertThatThrownBy(() -> calendar("  MONDAY: {from: \"08:00\", to: \"18:00\"}\n  TUESDAY:\n"
                        + "    from: \"09:00\"\n    to: \"09:00\"\n  FRIDAY: {from: \"08:00\", to: \"18:00\"}"))
                .hasMessageStartingWith("rules/calendar.yaml, line 5: at 'officeHours' 'TUESDAY': ");
    }

    @ParameterizedTest
    @CsvSource({"MONDAY, TUESDAY", "SUNDAY, MONDAY"})
    void refusesANightThatRunsIntoTheNextDaysHours(String night, String day) {
        assertThatThrownBy(() -> calendar("  " + night + ": {from: \"22:00\", to: \"09:00\"}\n  " + day
                        + ": {from: \"08:00\", to: \"18:00\"}"))
                .hasMessageStartingWith("rules/calendar.yaml, line ")
                .hasMessageContaining("'" + day + "'")
                .hasMessageContaining("before the ones before them have ended");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "holidays: [20351225] | '20351225' is not a date, such as 2027-01-31",
                "holidays: [2035-02-30] | '2035-02-30' is not a date",
                "holidays: [2035-12-25T00:00:00Z] | is not a date",
                "holidays: [~] | there is nothing here",
                "holidays: | there is nothing here",
                "holidays: [2035-12-25]~changeFreezes: [{from: 2035-12-25, to: 2035-12-27, reason: x}] | is not a time in UTC",
                "holidays: []~changeFreezes: [{from: \"2035-12-25T00:00:00Z\", to: \"2035-12-24T00:00:00Z\", reason: x}] | ends before it begins",
                "holidays: []~changeFreezes: [{from: \"2035-12-25T00:00:00Z\", to: \"2035-12-25T00:00:00Z\", reason: x}] | ends before it begins",
                "holidays: []~holidays: [2035-12-25] | twice in the same place: 'holidays'",
                "holidays: []~changeFreezes: []~---~holidays: [] | second document"
            })
    void refusesDaysAndFreezesThatNobodyCouldMeanWithFileAndLine(String rest, String sentence) {
        assertThatThrownBy(() -> calendar(
                        "  MONDAY: {from: \"08:00\", to: \"18:00\"}",
                        rest.replace('~', '\n').replace("[\n]", "[~]")))
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/calendar.yaml, line ")
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource({"+01:00", "EST", "Etc/GMT+5", "GMT", "Europe/Berln", "Berlin", "5"})
    void refusesAZoneThatDoesNotKeepACitysTime(String zone) {
        assertThatThrownBy(() -> {
                    Files.writeString(
                            rules.resolve("calendar.yaml"),
                            Files.readString(Path.of("rules", "calendar.yaml"))
                                    .replace("zone: Europe/Berlin", "zone: " + zone));
                    new BusinessCalendar(new RuleFiles(rules));
                })
                .hasMessageContaining("line ")
                .hasMessageContaining("'" + zone + "' is not a time zone, such as Europe/Berlin");
    }

    record Week(OfficeHours office, ZoneId zone, Instant from) {}

    /** Any week, about a change of clocks or another day, in zones whose clocks change in ways of their own. */
    @Provide
    Arbitrary<Week> weeks() {
        Arbitrary<List<Integer>> edges = Arbitraries.integers()
                .between(0, 7 * 1440)
                .set()
                .ofMinSize(2)
                .ofMaxSize(12)
                .map(ArrayList::new);
        Arbitrary<ZoneId> zones = Arbitraries.of(
                        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Asia/Kolkata")
                .map(ZoneId::of);
        Arbitrary<LocalDate> days = Arbitraries.of(
                LocalDate.of(2035, 3, 11),
                LocalDate.of(2035, 3, 25),
                LocalDate.of(2035, 4, 1),
                LocalDate.of(2035, 10, 7),
                LocalDate.of(2035, 10, 28),
                LocalDate.of(2035, 11, 4),
                LocalDate.of(2035, 6, 6));
        return Combinators.combine(
                        edges,
                        zones,
                        days,
                        Arbitraries.integers().between(-1440, 1440),
                        Arbitraries.integers().between(-2, 3).set().ofMaxSize(2))
                .as((cuts, zone, day, minute, closed) -> new Week(
                        office(cuts, closed.stream().map(day::plusDays).toList()),
                        zone,
                        day.atStartOfDay(zone).plusMinutes(minute).toInstant()));
    }

    /** Spans between each two of these minutes of a week, cut where they would last beyond the next day. */
    private static OfficeHours office(List<Integer> cuts, List<LocalDate> holidays) {
        List<Integer> sorted = cuts.stream().sorted().toList();
        Map<DayOfWeek, List<OfficeHours.Span>> week = new java.util.EnumMap<>(DayOfWeek.class);
        for (int cut = 0; cut + 1 < sorted.size(); cut += 2) {
            int day = sorted.get(cut) / 1440;
            if (day < 7) {
                int from = sorted.get(cut) - day * 1440;
                int to = Math.min(sorted.get(cut + 1) - day * 1440, from + 1440);
                week.computeIfAbsent(DayOfWeek.of(day + 1), one -> new ArrayList<>())
                        .add(new OfficeHours.Span(from * 60, to * 60));
            }
        }
        return new OfficeHours(week, Set.copyOf(holidays));
    }

    /**
     * Somebody who looks at the wall's clock each minute, and never believes it when it has been put back. Whether the office
     * is open in the minute that begins.
     */
    private static List<Boolean> watched(Week week, int minutes) {
        List<Boolean> open = new ArrayList<>();
        LocalDateTime latest = LocalDateTime.MIN;
        for (int minute = -1440; minute < minutes; minute++) {
            LocalDateTime shown = LocalDateTime.ofInstant(week.from().plus(minute, ChronoUnit.MINUTES), week.zone());
            latest = shown.isAfter(latest) ? shown : latest;
            if (minute >= 0) {
                open.add(isOpenAt(week.office(), latest));
            }
        }
        return open;
    }

    private static boolean isOpenAt(OfficeHours office, LocalDateTime local) {
        LocalDate today = local.toLocalDate();
        int second = local.toLocalTime().toSecondOfDay();
        return !office.holidays().contains(today)
                && (office.week().getOrDefault(today.getDayOfWeek(), List.of()).stream()
                                .anyMatch(span -> span.from() <= second && second < span.to())
                        || !office.holidays().contains(today.minusDays(1))
                                && office.week().getOrDefault(today.minusDays(1).getDayOfWeek(), List.of()).stream()
                                        .anyMatch(span -> second + TimeOfDay.DAY < span.to()));
    }

    @Property(tries = 400)
    void agreesWithSomebodyWhoWatchesTheClockMinuteByMinute(
            @ForAll("weeks") Week week,
            @ForAll @IntRange(max = 4320) int length,
            @ForAll @IntRange(min = 1, max = 900) int time) {
        List<Boolean> open = watched(week, length + 1);
        int sum = 0;
        Instant reached = null;
        for (int minute = 0; minute <= length; minute++) {
            Instant at = week.from().plus(minute, ChronoUnit.MINUTES);
            assertThat(week.office().isOpen(at, week.zone())).as("at %s", at).isEqualTo(open.get(minute));
            if (minute < length && open.get(minute) && ++sum == time) {
                reached = at.plus(1, ChronoUnit.MINUTES);
            }
        }

        Instant to = week.from().plus(length, ChronoUnit.MINUTES);
        assertThat(week.office().between(week.from(), to, week.zone())).isEqualTo(Duration.ofMinutes(sum));
        var after = week.office().after(week.from(), Duration.ofMinutes(time), week.zone(), LocalDate.of(2036, 6, 1));
        if (reached == null) {
            assertThat(after.filter(moment -> !moment.isAfter(to))).isEmpty();
        } else {
            assertThat(after).contains(reached);
        }
    }
}
