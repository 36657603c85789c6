package dev.drawbridge.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WithinItsWindowTest {
    @ParameterizedTest
    @ValueSource(strings = {"PT15S", "PT1M", "PT10M", "PT1H", "PT8H", "P1D", "P30D"})
    void triesOftenWithinAWindowAndNotWithoutEnd(String text) {
        Duration window = Duration.parse(text);

        List<Duration> pauses = WithinItsWindow.pauses(window);

        assertThat(pauses)
                .hasSizeBetween(10, 320)
                .allSatisfy(pause -> assertThat(pause).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
        assertThat(pauses.get(0)).isLessThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .as("the last try is about when the window ends")
                .isBetween(window, window.plus(window.dividedBy(9)));
    }
}
