package dev.drawbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesOfDayTest {
    @ParameterizedTest
    @CsvSource({
        "22:00-06:00, 21:59:59, false",
        "22:00-06:00, 22:00, true",
        "22:00-06:00, 00:00, true",
        "22:00-06:00, 05:59:59, true",
        "22:00-06:00, 06:00, false",
        "08:00-18:00, 07:59:59, false",
        "08:00-18:00, 08:00, true",
        "08:00-18:00, 17:59:59, true",
        "08:00-18:00, 18:00, false",
        "12:00-24:00, 23:59:59, true",
        "12:00-24:00, 00:00, false",
        "24:00-06:00, 00:00, true",
        "24:00-06:00, 23:59, false"
    })
    void holdsTheFirstOfItsTimesAndNotItsLast(String span, LocalTime time, boolean within) {
        assertThat(TimesOfDay.parse(span).hold(time)).isEqualTo(within);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "22:00",
                "22:00-",
                "22:00-22:00",
                "00:00-24:00",
                "8-18",
                "22:00-06:00-08:00",
                "25:00-06:00"
            })
    void refusesWhatIsNoSpan(String text) {
        assertThatThrownBy(() -> TimesOfDay.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
