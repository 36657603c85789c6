package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WallClockTest {
    private static final Instant NOW = Instant.parse("2026-11-25T09:27:31Z");

    private static WallClock in(String zone) {
        return new WallClock(ZoneId.of(zone), NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Europe/Berlin       | 2026-11-25T09:27:31Z | Wed 25 Nov, 10:27 CET",
                "Europe/Berlin       | 2026-07-01T22:30:00Z | Thu 2 Jul, 00:30 CEST",
                "America/New_York    | 2026-11-25T09:27:31Z | Wed 25 Nov, 04:27 EST",
                "America/New_York    | 2026-11-25T20:05:00Z | Wed 25 Nov, 15:05 EST",
                "Asia/Kolkata        | 2026-11-25T19:00:00Z | Thu 26 Nov, 00:30 IST",
                "Asia/Calcutta       | 2026-11-25T19:00:00Z | Thu 26 Nov, 00:30 IST",
                "Pacific/Chatham     | 2026-11-25T09:27:31Z | Wed 25 Nov, 23:12 CHADT",
                "UTC                 | 2026-11-25T09:27:31Z | Wed 25 Nov, 09:27 UTC",
            })
    void tellsAMomentBy24HoursWithTheZoneItIsToldIn(String zone, Instant moment, String told) {
        assertThat(in(zone).moment(moment)).isEqualTo(told);
    }

    @Test
    void namesTheYearWhereItIsAnotherThanTheReaders() {
        Instant newYear = Instant.parse("2027-01-01T04:59:00Z");

        assertThat(in("America/New_York").moment(newYear)).isEqualTo("Thu 31 Dec, 23:59 EST");
        assertThat(in("Europe/Berlin").moment(newYear)).isEqualTo("Fri 1 Jan 2027, 05:59 CET");
        assertThat(in("Europe/Berlin").moment(Instant.parse("2025-03-04T08:00:00Z")))
                .isEqualTo("Tue 4 Mar 2025, 09:00 CET");
    }

    @Test
    void leavesOutTheDayOfTodayInTables() {
        assertThat(in("Europe/Berlin").brief(Instant.parse("2026-11-25T22:59:00Z")))
                .isEqualTo("23:59 CET");
        assertThat(in("Europe/Berlin").brief(Instant.parse("2026-11-25T23:00:00Z")))
                .isEqualTo("Thu 26 Nov, 00:00 CET");
        assertThat(in("America/New_York").brief(Instant.parse("2026-11-25T23:00:00Z")))
                .isEqualTo("18:00 EST");
        assertThat(in("America/New_York").thisMoment()).isEqualTo("04:27:31 EST");
    }

    @Test
    void tellsTheTwoHoursApartThatTheClockShowsTwice() {
        assertThat(in("Europe/Berlin").moment(Instant.parse("2026-10-25T00:30:00Z")))
                .isEqualTo("Sun 25 Oct, 02:30 CEST");
        assertThat(in("Europe/Berlin").moment(Instant.parse("2026-10-25T01:30:00Z")))
                .isEqualTo("Sun 25 Oct, 02:30 CET");
    }

    @Test
    void neverWordsTwoMomentsAlikeInAnyZone() {
        for (String id : ZoneId.getAvailableZoneIds()) {
            WallClock clock = in(id);
            Instant from = Instant.parse("2015-01-01T00:00:00Z");
            for (ZoneOffsetTransition change = clock.zone().getRules().nextTransition(from);
                    change != null && change.getInstant().isBefore(Instant.parse("2040-01-01T00:00:00Z"));
                    change = clock.zone().getRules().nextTransition(change.getInstant())) {
                if (change.isOverlap()) {
                    Instant first = change.getInstant().minusSeconds(60);
                    Instant again = first.minus(change.getDuration());
                    assertThat(clock.moment(first)).as(id).isNotEqualTo(clock.moment(again));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,    2026-11-26T09:00, 2026-11-26T08:00:00Z",
        "Asia/Kolkata,     2026-11-26T09:00, 2026-11-26T03:30:00Z",
        "America/New_York, 2026-11-26T09:00, 2026-11-26T14:00:00Z",
        "Europe/Berlin,    2026-10-25T02:30, 2026-10-25T00:30:00Z", // shown twice: the first time
        "Europe/Berlin,    2027-03-28T02:30, 2027-03-28T01:00:00Z", // jumped over: when the clock jumps
    })
    void understandsWhatIsTypedInTheReadersZone(String zone, LocalDateTime typed, Instant meant) {
        assertThat(in(zone).typed(typed)).isEqualTo(meant);
    }

    @Test
    void tellsAKeptSentenceOnTheReadersClockAndLeavesWhatPeopleWrote() {
        Instant ours = Instant.parse("2026-11-26T08:00:00Z");
        String kept = "from " + ours + ": “2026-11-25T08:00:00Z or " + ours + "”";

        assertThat(in("Asia/Kolkata").told(kept, List.of(ours)))
                .isEqualTo("from Thu 26 Nov, 13:30 IST: “2026-11-25T08:00:00Z or " + ours + "”");
        assertThat(in("Asia/Kolkata").told(kept, List.of())).isEqualTo(kept);
        assertThat(WallClock.momentsIn("until " + Instant.MAX + " or " + ours)).containsExactly(ours);
    }

    @Test
    void saysALengthInWords() {
        assertThat(WallClock.spoken(Duration.ofMinutes(90))).isEqualTo("1 hour 30 minutes");
        assertThat(WallClock.spoken(Duration.parse("P1DT1S"))).isEqualTo("1 day 1 second");
    }

    @Test
    void takesZonesThatAreKnownAndNothingElse() {
        assertThat(Zones.named("Asia/Kolkata")).contains(ZoneId.of("Asia/Kolkata"));
        assertThat(Zones.named("Asia/Calcutta")).contains(ZoneId.of("Asia/Kolkata"));
        for (String odd : new String[] {
            "",
            "Mars/Olympus",
            "asia/kolkata",
            "+05:30",
            "Z",
            "GMT+5",
            "Europe/Berlin ",
            "../Berlin",
            "Europe/Berlin\0",
            "%"
        }) {
            assertThat(Zones.named(odd)).as(odd).isEmpty();
        }
        assertThat(Zones.meantBy(" america/new york ")).contains(ZoneId.of("America/New_York"));
        assertThat(Zones.meantBy("Atlantis")).isEmpty();
        assertThat(Zones.offered())
                .contains("America/New York", "Europe/Berlin")
                .doesNotContain("Etc/GMT+5", "Asia/Calcutta");
    }
}
