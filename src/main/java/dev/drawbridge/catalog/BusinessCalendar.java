package dev.drawbridge.catalog;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** When business is open: {@code rules/calendar.yaml}. */
@Component
public class BusinessCalendar {
    private static final String FILE = "calendar.yaml";
    private static final int FURTHEST_YEARS = 10;
    private static final Duration LEAST_A_WEEK = Duration.ofHours(1);

    private final Content calendar;
    private final OfficeHours office;

    private record Hours(TimeOfDay from, TimeOfDay to) {}

    private record Freeze(Instant from, Instant to, String reason) {}

    private record Content(
            ZoneId zone,
            Map<String, ZoneId> zones,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            Map<DayOfWeek, List<Hours>> officeHours,

            Set<LocalDate> holidays,
            List<Freeze> changeFreezes) {}

    /** What the calendar says of one moment. */
    public record Moment(boolean officeHours, boolean holiday, boolean changeFreeze) {}

    public BusinessCalendar(RuleFiles files) {
        calendar = files.read(FILE, new TypeReference<Content>() {});
        for (int freeze = 0; freeze < calendar.changeFreezes().size(); freeze++) {
            Freeze frozen = calendar.changeFreezes().get(freeze);
            if (!frozen.from().isBefore(frozen.to())) {
                throw files.wrong(
                        FILE, "the freeze ends before it begins; swap 'from' and 'to'.", "changeFreezes", freeze);
            }
        }
        office = new OfficeHours(week(files), Set.copyOf(calendar.holidays()));
    }

    private Map<DayOfWeek, List<OfficeHours.Span>> week(RuleFiles files) {
        Map<DayOfWeek, List<OfficeHours.Span>> week = new EnumMap<>(DayOfWeek.class);
        Duration open = Duration.ZERO;
        for (Map.Entry<DayOfWeek, List<Hours>> day : calendar.officeHours().entrySet()) {
            List<OfficeHours.Span> spans = day.getValue().stream()
                    .map(hours -> span(files, day.getKey(), hours))
                    .sorted(Comparator.comparing(OfficeHours.Span::from))
                    .toList();
            week.put(day.getKey(), spans);
            open = spans.stream()
                    .map(span -> Duration.ofSeconds(span.to() - span.from()))
                    .reduce(open, Duration::plus);
        }
        if (open.compareTo(LEAST_A_WEEK) < 0) {
            throw files.wrong(
                    FILE,
                    "there is less than an hour of office time in a week; nobody could answer in time.",
                    "officeHours");
        }
        for (DayOfWeek day : DayOfWeek.values()) {
            requireApart(files, week, day);
        }
        return week;
    }

    private static OfficeHours.Span span(RuleFiles files, DayOfWeek day, Hours hours) {
        int from = hours.from().second();
        int to = hours.to().second();
        if (from == TimeOfDay.DAY) {
            throw files.wrong(FILE, "office hours begin at 24:00; write 00:00 of the next day.", "officeHours", day);
        }
        if (from == to) {
            throw files.wrong(
                    FILE,
                    "office hours begin and end at the same time; write 00:00 to 24:00 for a whole day, and leave a day"
                            + " out on which it is closed.",
                    "officeHours",
                    day);
        }
        return new OfficeHours.Span(from, from < to ? to : to + TimeOfDay.DAY);
    }

    private static void requireApart(RuleFiles files, Map<DayOfWeek, List<OfficeHours.Span>> week, DayOfWeek day) {
        int before = week.getOrDefault(day.minus(1), List.of()).stream()
                .mapToInt(span -> span.to() - TimeOfDay.DAY)
                .max()
                .orElse(0);
        for (OfficeHours.Span span : week.getOrDefault(day, List.of())) {
            if (span.from() < before) {
                throw files.wrong(
                        FILE,
                        "office hours begin before the ones before them have ended; make one of the two.",
                        "officeHours",
                        day);
            }
            before = span.to();
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

    /**
     * The moment when this much office time has gone by, in this zone. Days that the clock makes longer or shorter count
     * with the hours that they have.
     */
    public Instant after(Instant from, Duration officeTime, ZoneId zone) {
        LocalDate last = from.atZone(zone).toLocalDate().plusYears(FURTHEST_YEARS);
        return office.after(from, officeTime, zone, last)
                .orElseThrow(() -> new RulesException(
                        Path.of(FILE), 0, "there is not so much office time within " + FURTHEST_YEARS + " years."));
    }

    /** How much office time lies between two moments, in this zone. */
    public Duration between(Instant from, Instant to, ZoneId zone) {
        return office.between(from, to, zone);
    }

    /** The zone for people who have no zone of their own. */
    ZoneId zone() {
        return calendar.zone();
    }

    public Moment at(Instant instant) {
        boolean holiday =
                calendar.holidays().contains(instant.atZone(calendar.zone()).toLocalDate());
        boolean freeze = calendar.changeFreezes().stream()
                .anyMatch(frozen -> !instant.isBefore(frozen.from()) && instant.isBefore(frozen.to()));
        return new Moment(office.isOpen(instant, calendar.zone()), holiday, freeze);
    }
}
