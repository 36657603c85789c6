package dev.drawbridge.model;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** Time as {@code rules/calendar.yaml} counts it in the years of the tests: Monday to Friday, eight to six, in Berlin. */
final class OfficeTime {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private OfficeTime() {}

    /** The first moment at which this much office time has gone by. */
    static Instant after(Instant from, Duration time) {
        Duration left = time;
        for (LocalDate day = from.atZone(BERLIN).toLocalDate(); ; day = day.plusDays(1)) {
            Instant opens = later(opens(day), from);
            Duration open = isWorkingDay(day) ? between(opens, closes(day)) : Duration.ZERO;
            if (!open.isZero() && left.compareTo(open) <= 0) {
                return opens.plus(left);
            }
            left = left.minus(open);
        }
    }

    /** How much office time lies between two moments. */
    static Duration gone(Instant from, Instant to) {
        Duration gone = Duration.ZERO;
        for (LocalDate day = from.atZone(BERLIN).toLocalDate(); !opens(day).isAfter(to); day = day.plusDays(1)) {
            if (isWorkingDay(day)) {
                Instant until = closes(day).isBefore(to) ? closes(day) : to;
                gone = gone.plus(between(later(opens(day), from), until));
            }
        }
        return gone;
    }

    private static boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }

    private static Instant opens(LocalDate day) {
        return day.atTime(LocalTime.of(8, 0)).atZone(BERLIN).toInstant();
    }

    private static Instant closes(LocalDate day) {
        return day.atTime(LocalTime.of(18, 0)).atZone(BERLIN).toInstant();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Duration between(Instant from, Instant to) {
        return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
    }
}
