package dev.drawbridge.catalog;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When the office is open, by the clock on the wall of a zone. A span that has passed midnight belongs to the day on which it
 * began. On a holiday it is closed from midnight to midnight, and what would begin then does not.
 *
 * <p>A span begins and ends when the wall's clock first shows that time; where the clock jumps over it, at the jump.
 *
 * @param week the spans that begin on a day, in their order, none over another
 */
record OfficeHours(Map<DayOfWeek, List<Span>> week, Set<LocalDate> holidays) {
    /** From and to, in seconds since the midnight before it begins; {@code to} may lie on the next day. */
    record Span(int from, int to) {}

    private record Stretch(Instant from, Instant to) {
        Stretch within(Instant first, Instant last) {
            return new Stretch(from.isBefore(first) ? first : from, to.isAfter(last) ? last : to);
        }

        Duration length() {
            return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
        }
    }

    /** Whether the office is open at this moment. */
    boolean isOpen(Instant moment, ZoneId zone) {
        LocalDate day = moment.atZone(zone).toLocalDate();
        return Stream.of(day.minusDays(1), day, day.plusDays(1))
                .flatMap(one -> stretches(one, zone))
                .anyMatch(open -> !moment.isBefore(open.from()) && moment.isBefore(open.to()));
    }

    /** The moment when this much office time has gone by; none before {@code last}. */
    Optional<Instant> after(Instant from, Duration time, ZoneId zone, LocalDate last) {
        Duration left = time;
        for (LocalDate day = before(from, zone); day.isBefore(last); day = day.plusDays(1)) {
            for (Stretch stretch : stretches(day, zone).toList()) {
                Stretch open = stretch.within(from, Instant.MAX);
                Duration here = open.length();
                if (!here.isZero() && left.compareTo(here) <= 0) {
                    return Optional.of(open.from().plus(left));
                }
                left = left.minus(here);
            }
        }
        return Optional.empty();
    }

    /** How much office time lies between two moments; none where the second is not after the first. */
    Duration between(Instant from, Instant to, ZoneId zone) {
        LocalDate last = to.atZone(zone).toLocalDate();
        // What begins yesterday may be open now.
        return before(from, zone)
                .datesUntil(last.isBefore(before(from, zone)) ? before(from, zone) : last.plusDays(1))
                .flatMap(day -> stretches(day, zone))
                .map(open -> open.within(from, to).length())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static LocalDate before(Instant moment, ZoneId zone) {
        return moment.atZone(zone).toLocalDate().minusDays(1);
    }

    private Stream<Stretch> stretches(LocalDate day, ZoneId zone) {
        if (holidays.contains(day)) {
            return Stream.empty();
        }
        int closed = holidays.contains(day.plusDays(1)) ? TimeOfDay.DAY : Integer.MAX_VALUE;
        return week.getOrDefault(day.getDayOfWeek(), List.of()).stream()
                .map(span -> new Stretch(shown(day, span.from(), zone), shown(day, Math.min(span.to(), closed), zone)));
    }

    private static Instant shown(LocalDate day, int second, ZoneId zone) {
        return shown(LocalDateTime.of(day, LocalTime.MIDNIGHT).plusSeconds(second), zone);
    }

    /** When the clock on the wall first shows this, or jumps over it. */
    static Instant shown(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition jump = zone.getRules().getTransition(local);
        return jump != null && jump.isGap()
                ? jump.getInstant()
                : local.atZone(zone).toInstant();
    }
}
