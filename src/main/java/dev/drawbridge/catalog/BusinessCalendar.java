package dev.drawbridge.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** When business is open: {@code rules/calendar.yaml}. */
@Component
public class BusinessCalendar {
    private static final int FURTHEST_YEARS = 10;
    private static final DateTimeFormatter SPOKEN = DateTimeFormatter.ofPattern("EEE d MMM HH:mm zzz", Locale.ENGLISH);

    private final Content calendar;

    private record Hours(LocalTime from, LocalTime to) {}

    private record Freeze(Instant from, Instant to, String reason) {}

    private record Content(
            ZoneId zone,
            Map<String, ZoneId> zones,
            Map<DayOfWeek, Hours> officeHours,
            List<LocalDate> holidays,
            List<Freeze> changeFreezes) {}

    /** What the calendar says of one moment. */
    public record Moment(boolean officeHours, boolean holiday, boolean changeFreeze) {}

    public BusinessCalendar(RuleFiles files) {
        calendar = files.read("calendar.yaml", new TypeReference<Content>() {});
        if (calendar.officeHours().values().stream()
                .noneMatch(hours -> hours.from().isBefore(hours.to()))) {
            throw new RulesException(Path.of("calendar.yaml"), 0, "there are no office hours on any day of the week.");
        }
    }

    /** The zone in which the first of these groups that has one of its own keeps office hours, else that of the calendar. */
    public ZoneId zoneOf(Collection<String> groups) {
        return groups.stream()
                .map(calendar.zones()::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(calendar.zone());
    }

    /** The zone of somebody who is in all of these groups: of the first in the file that is among them, else the calendar's. */
    public ZoneId zoneOfMember(Collection<String> groups) {
        return calendar.zones().entrySet().stream()
                .filter(zone -> groups.contains(zone.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(calendar.zone());
    }

    /** A moment as a member of these groups reads it, with the zone it is told in: {@code Tue 24 Nov 15:00 CET}. */
    public String spoken(Instant moment, Collection<String> groups) {
        return SPOKEN.format(moment.atZone(zoneOfMember(groups)));
    }

    /** A length of time in words: {@code 1 hour 30 minutes}. */
    public static String spoken(Duration duration) {
        return Stream.of(
                        part(duration.toDays(), "day"),
                        part(duration.toHoursPart(), "hour"),
                        part(duration.toMinutesPart(), "minute"),
                        part(duration.toSecondsPart(), "second"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> part(long number, String unit) {
        return number == 0 ? Optional.empty() : Optional.of(number + " " + unit + (number == 1 ? "" : "s"));
    }

    /**
     * The moment when this much office time has gone by, in this zone. Days that the clock makes longer or shorter count
     * with the hours that they have.
     */
    public Instant after(Instant from, Duration officeTime, ZoneId zone) {
        Duration left = officeTime;
        LocalDate day = from.atZone(zone).toLocalDate();
        for (LocalDate last = day.plusYears(FURTHEST_YEARS); day.isBefore(last); day = day.plusDays(1)) {
            Hours hours = calendar.officeHours().get(day.getDayOfWeek());
            if (hours == null || calendar.holidays().contains(day)) {
                continue;
            }
            Instant opens = day.atTime(hours.from()).atZone(zone).toInstant();
            Instant open = opens.isBefore(from) ? from : opens;
            Duration here =
                    Duration.between(open, day.atTime(hours.to()).atZone(zone).toInstant());
            if (here.isNegative() || here.isZero()) {
                continue;
            }
            if (left.compareTo(here) <= 0) {
                return open.plus(left);
            }
            left = left.minus(here);
        }
        throw new RulesException(
                Path.of("calendar.yaml"), 0, "there is not so much office time within " + FURTHEST_YEARS + " years.");
    }

    /** How much office time lies between two moments, in this zone. */
    public Duration between(Instant from, Instant to, ZoneId zone) {
        Duration sum = Duration.ZERO;
        LocalDate last = to.atZone(zone).toLocalDate();
        for (LocalDate day = from.atZone(zone).toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
            Hours hours = calendar.officeHours().get(day.getDayOfWeek());
            if (hours != null && !calendar.holidays().contains(day)) {
                Instant opens = day.atTime(hours.from()).atZone(zone).toInstant();
                Instant closes = day.atTime(hours.to()).atZone(zone).toInstant();
                Duration here = Duration.between(opens.isBefore(from) ? from : opens, closes.isAfter(to) ? to : closes);
                sum = here.isNegative() ? sum : sum.plus(here);
            }
        }
        return sum;
    }

    public Moment at(Instant instant) {
        ZonedDateTime local = instant.atZone(calendar.zone());
        boolean holiday = calendar.holidays().contains(local.toLocalDate());
        Hours hours = calendar.officeHours().get(local.getDayOfWeek());
        boolean open = hours != null
                && !holiday
                && !local.toLocalTime().isBefore(hours.from())
                && local.toLocalTime().isBefore(hours.to());
        boolean freeze = calendar.changeFreezes().stream()
                .anyMatch(frozen -> !instant.isBefore(frozen.from()) && instant.isBefore(frozen.to()));
        return new Moment(open, holiday, freeze);
    }
}
