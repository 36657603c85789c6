package dev.drawbridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepetitionTest {
    private final Moved clock = new Moved();
    private final Repetition repetition = new Repetition(clock);

    private static final class Moved extends Clock {
        private Instant now = Instant.parse("2035-06-05T10:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private boolean first(String whose, Object what) {
        return repetition.isFirst(
                new Repetition.Kind(whose, 3, what),
                new Entry(whose, "attempt-refused", null, "Refused: " + what, Map.of()),
                "");
    }

    @Test
    void countsWhatIsRepeatedUntilItHasStopped() {
        assertThat(first("contractor", "a")).isTrue();
        assertThat(first("contractor", "a")).isFalse();
        assertThat(first("contractor", "b")).isTrue();
        clock.now = clock.now.plus(Duration.ofMinutes(9));
        assertThat(first("contractor", "a")).isFalse();
        assertThat(repetition.over(false)).isEmpty();
        clock.now = clock.now.plus(Duration.ofMinutes(10));
        assertThat(repetition.over(false)).singleElement().satisfies(repeated -> {
            assertThat(repeated.times()).isEqualTo(2);
            assertThat(repeated.first().sentence()).isEqualTo("Refused: a");
        });
        assertThat(first("contractor", "a")).as("a new series").isTrue();
    }

    @Test
    void putsTheNumberOnRecordEachHourOfASeriesThatGoesOn() {
        int numbers = 0;
        for (int minute = 0; minute < 180; minute++) {
            first("contractor", "a");
            clock.now = clock.now.plus(Duration.ofMinutes(1));
            numbers += repetition.over(false).size();
        }
        assertThat(numbers).isEqualTo(3);
    }

    @Test
    void tellsOnlySoManyAttemptsOfOnePersonApart() {
        int entries = 0;
        for (int attempt = 0; attempt < 1_000; attempt++) {
            entries += first("contractor", "made up " + attempt) ? 1 : 0;
        }
        assertThat(entries).isEqualTo(4);
        assertThat(first("engineer", "a")).as("somebody else's is told apart").isTrue();
        assertThat(repetition.over(true))
                .singleElement()
                .satisfies(repeated -> assertThat(repeated.times()).isEqualTo(996));
    }

    @Test
    void callsNothingARepetitionThatWasSomethingElse() {
        for (String noise : List.of("a", "b", "c", "d")) {
            first("contractor", noise);
        }
        first("contractor", "the grave one");
        assertThat(repetition.over(true)).singleElement().satisfies(repeated -> {
            assertThat(repeated.first().sentence()).isEqualTo("Refused: d");
            assertThat(repeated.entry().sentence())
                    .startsWith("Once more until ")
                    .contains("not the same each time; the last was “Refused: the grave one”");
            assertThat(repeated.entry().details().get("others")).isEqualTo(List.of("Refused: the grave one"));
        });
    }

    @Test
    void remembersABoundedNumberWhoeverTries() {
        int entries = 0;
        for (int attempt = 0; attempt < 20_000; attempt++) {
            entries += first("person " + attempt, "a") ? 1 : 0;
        }
        assertThat(entries).isEqualTo(5_001);
    }
}
