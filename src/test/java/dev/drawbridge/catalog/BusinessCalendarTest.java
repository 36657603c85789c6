package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Office time: eight to six in Berlin, Monday to Friday, but for holidays. */
class BusinessCalendarTest {
    private static final BusinessCalendar CALENDAR = new BusinessCalendar(new RuleFiles(Path.of("rules")));
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest(name = "{0} and {1} is {2}: {3}")
    @CsvSource({
        "2035-06-05T10:00:00Z, PT4H, 2035-06-05T14:00:00Z, within a day",
        "2035-06-05T10:00:00Z, PT6H, 2035-06-05T16:00:00Z, to the minute the office closes",
        "2035-06-05T10:00:00Z, PT7H, 2035-06-06T07:00:00Z, over night",
        "2035-06-05T20:00:00Z, PT1H, 2035-06-06T07:00:00Z, from the evening on",
        "2035-06-08T15:00:00Z, PT2H, 2035-06-11T07:00:00Z, over a weekend",
        "2035-06-09T12:00:00Z, PT10H, 2035-06-11T16:00:00Z, from a Saturday on",
        "2026-12-24T12:00:00Z, PT10H, 2026-12-28T12:00:00Z, over Christmas and a weekend",
        "2027-03-26T10:00:00Z, PT1H, 2027-03-30T07:00:00Z, over Easter with its change to summer time",
        "2027-03-25T16:00:00Z, PT2H, 2027-03-30T07:00:00Z, in the winter's zone before and the summer's after",
        "2027-10-29T15:00:00Z, PT2H, 2027-11-01T08:00:00Z, over the change to winter time",
        "2028-02-28T16:00:00Z, PT12H, 2028-03-01T08:00:00Z, over a leap day"
    })
    void countsOfficeTimeAlone(Instant from, Duration time, Instant until, String why) {
        assertThat(CALENDAR.after(from, time, BERLIN)).isEqualTo(until);
    }

    @Property
    void neverGoesBackAndNeverEndsOutsideTheOffice(
            @ForAll @LongRange(min = 2_000_000_000L, max = 2_100_000_000L) long second,
            @ForAll @IntRange(min = 1, max = 6_000) int minutes) {
        Instant from = Instant.ofEpochSecond(second);
        Duration time = Duration.ofMinutes(minutes);

        Instant until = CALENDAR.after(from, time, BERLIN);

        assertThat(Duration.between(from, until)).isGreaterThanOrEqualTo(time);
        assertThat(CALENDAR.isOfficeTime(until.minusSeconds(1))).isTrue();
    }

    @Property
    void takesTheSameTimeInOnePieceOrInTwo(
            @ForAll @LongRange(min = 2_000_000_000L, max = 2_100_000_000L) long second,
            @ForAll @IntRange(min = 1, max = 2_000) int first,
            @ForAll @IntRange(min = 1, max = 2_000) int then) {
        Instant from = Instant.ofEpochSecond(second);
        Instant inTwo = CALENDAR.after(
                CALENDAR.after(from, Duration.ofMinutes(first), BERLIN), Duration.ofMinutes(then), BERLIN);

        assertThat(CALENDAR.after(from, Duration.ofMinutes(first + then), BERLIN))
                .isEqualTo(inTwo);
    }

    @ParameterizedTest
    @CsvSource({"America/New_York, 2035-06-05T12:00:00Z", "Asia/Tokyo, 2035-06-05T23:00:00Z"})
    void keepsTheHoursOfAnotherZone(ZoneId zone, Instant opens) {
        // Eleven in the evening, Berlin time, on Monday; the next office to open there is on Tuesday at eight.
        Instant from = zone.getId().startsWith("Asia")
                ? Instant.parse("2035-06-05T10:00:00Z")
                : Instant.parse("2035-06-05T02:00:00Z");
        assertThat(CALENDAR.after(from, Duration.ofHours(1), zone)).isEqualTo(opens.plus(Duration.ofHours(1)));
        assertThat(CALENDAR.zoneOf(List.of("managers"))).isEqualTo(BERLIN);
    }

    @Test
    void keepsSomebodyOfTwoGroupsInTheZoneOfTheOneThatComesFirstInTheFile(@TempDir Path rules) throws IOException {
        Files.writeString(
                rules.resolve("calendar.yaml"),
                Files.readString(Path.of("rules", "calendar.yaml"))
                        .replace("zones: {}", "zones: {security: America/New_York, owners: Asia/Tokyo}"));
        BusinessCalendar calendar = new BusinessCalendar(new RuleFiles(rules));

        assertThat(calendar.zoneOfMember(List.of("owners", "security"))).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(calendar.zoneOfMember(List.of("owners", "others"))).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(calendar.zoneOfMember(List.of("others"))).isEqualTo(BERLIN);
        assertThat(calendar.zoneOf(List.of("owners", "security")))
                .as("a level keeps the hours of its first group")
                .isEqualTo(ZoneId.of("Asia/Tokyo"));
    }
}
