package dev.drawbridge.catalog;

import java.time.DateTimeException;
import java.time.LocalTime;

/**
 * A span of the day by the clock on the wall, such as {@code 22:00-06:00}, over midnight where it ends before it begins.
 *
 * @param from the first second of it, since midnight
 * @param to the first second that is no longer of it
 */
public record TimesOfDay(int from, int to) {
    /** Refuses what is no such span, and one that is empty or the whole day, by a {@link DateTimeException}. */
    public static TimesOfDay parse(String text) {
        String[] times = text.split("-", -1);
        if (times.length != 2) {
            throw new DateTimeException("no span");
        }
        TimesOfDay span = new TimesOfDay(
                TimeOfDay.parse(times[0]).second(), TimeOfDay.parse(times[1]).second());
        if (span.from() % TimeOfDay.DAY == span.to() % TimeOfDay.DAY) {
            throw new DateTimeException("nothing, or the whole day");
        }
        return span;
    }

    /** Whether the clock shows one of these times. */
    public boolean hold(LocalTime time) {
        int second = time.toSecondOfDay();
        return from < to ? second >= from && second < to : second >= from || second < to;
    }
}
