package dev.drawbridge.catalog;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.OptBoolean;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.drawbridge.publication.OfPublication;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** When business is open: {@code rules/calendar.yaml}. */
@Component
@OfPublication
public class BusinessCalendar {
    private static final String FILE = "calendar.yaml";
    private static final int FURTHEST_YEARS = 10;
    private static final Duration LEAST_A_WEEK = Duration.ofHours(1);

    private final Content calendar;
    private final OfficeHours office;

    private record Hours(TimeOfDay from, TimeOfDay to) {}

    private record Freeze(
            Instant from,
            Instant to,
            String reason,

            @JacksonInject(value = "systems", useInput = OptBoolean.TRUE)
            Only systems,

            @JacksonInject(value = "environments", useInput = OptBoolean.TRUE)
            Only environments) {
        boolean isOn(Instant moment, Entitlement wanted) {
            return !moment.isBefore(from)
                    && moment.isBefore(to)
                    && systems.holds(wanted.target().system())
                    && environments.holds(wanted.environment());
        }
    }

    private record Window(
            Set<DayOfWeek> days,
            TimeOfDay from,
            TimeOfDay to,

            @JacksonInject(value = "systems", useInput = OptBoolean.TRUE)
            Only systems,

            @JacksonInject(value = "environments", useInput = OptBoolean.TRUE)
            Only environments) {
        boolean isOpen(Instant moment, ZoneId zone, Entitlement wanted) {
            return systems.holds(wanted.target().system())
                    && environments.holds(wanted.environment())
                    && hours().isOpen(moment, zone);
        }

        /** As office hours are, but for holidays: a window is one on these days, too. */
        private OfficeHours hours() {
            int end = from.second() < to.second() ? to.second() : to.second() + TimeOfDay.DAY;
            return new OfficeHours(
                    days.stream()
                            .collect(Collectors.toMap(
                                    Function.identity(), day -> List.of(new OfficeHours.Span(from.second(), end)))),
                    Set.of());
        }
    }

    /** The days that are the weekend; Saturday and Sunday where the file does not say. */
    record Weekend(Set<DayOfWeek> days) {
        static final Weekend USUAL = new Weekend(Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Weekend of(List<DayOfWeek> days) {
            return new Weekend(Set.copyOf(days));
        }
    }

    /** Windows for maintenance; none where the file does not say. */
    record Windows(List<Window> all) {
        static final Windows NONE = new Windows(List.of());

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Windows of(List<Window> all) {
            return new Windows(all);
        }
    }

    private record Content(
            ZoneId zone,
            Map<String, ZoneId> zones,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            Map<DayOfWeek, List<Hours>> officeHours,

            Set<LocalDate> holidays,
            List<Freeze> changeFreezes,
            @JacksonInject(useInput = OptBoolean.TRUE) Windows maintenanceWindows,
            @JacksonInject(useInput = OptBoolean.TRUE) Weekend weekend) {}

    /**
     * What the calendar says of one moment, for one entitlement.
     *
     * @param changeFreeze whether changes of its system and environment are frozen
     * @param maintenanceWindow whether its system and environment are in a window for maintenance
     * @param weekend whether the day is one of the weekend
     * @param local what the clock on the wall shows, in the calendar's zone
     */
    public record Moment(
            boolean officeHours,
            boolean holiday,
            boolean changeFreeze,
            boolean maintenanceWindow,
            boolean weekend,
            LocalDateTime local) {}

    public BusinessCalendar(RuleFiles files) {
        calendar = files.read(FILE, new TypeReference<Content>() {});
        for (int freeze = 0; freeze < calendar.changeFreezes().size(); freeze++) {
            Freeze frozen = calendar.changeFreezes().get(freeze);
            if (!frozen.from().isBefore(frozen.to())) {
                throw files.wrong(
                        FILE, "the freeze ends before it begins; swap 'from' and 'to'.", "changeFreezes", freeze);
            }
            requireSome(files, frozen.systems(), frozen.environments(), "changeFreezes", freeze);
        }
        for (int number = 0; number < calendar.maintenanceWindows().all().size(); number++) {
            Window window = calendar.maintenanceWindows().all().get(number);
            if (window.days().isEmpty()
                    || window.from().second() % TimeOfDay.DAY == window.to().second() % TimeOfDay.DAY
                            && window.to().second() != TimeOfDay.DAY
                    || window.from().second() == TimeOfDay.DAY) {
                throw files.wrong(
                        FILE,
                        "a window has days, and begins and ends at times of the day that differ; 00:00 to 24:00 is a whole"
                                + " day.",
                        "maintenanceWindows",
                        number);
            }
            requireSome(files, window.systems(), window.environments(), "maintenanceWindows", number);
        }
        office = new OfficeHours(week(files), Set.copyOf(calendar.holidays()));
    }

    private static void requireSome(RuleFiles files, Only systems, Only environments, String where, int number) {
        if (systems.isNothing() || environments.isNothing()) {
            throw files.wrong(FILE, "an empty list is for nothing; leave it out, or name some.", where, number);
        }
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

    /**
     * What a freeze or a window is for, where it is not for everything.
     *
     * @param place the way to it in the file
     */
    record Scope(Set<String> systems, Set<String> environments, Object... place) {}

    List<Scope> scopes() {
        List<Scope> scopes = new ArrayList<>();
        for (int number = 0; number < calendar.changeFreezes().size(); number++) {
            Freeze freeze = calendar.changeFreezes().get(number);
            scopes.add(scope(freeze.systems(), freeze.environments(), "changeFreezes", number));
        }
        for (int number = 0; number < calendar.maintenanceWindows().all().size(); number++) {
            Window window = calendar.maintenanceWindows().all().get(number);
            scopes.add(scope(window.systems(), window.environments(), "maintenanceWindows", number));
        }
        return scopes;
    }

    private static Scope scope(Only systems, Only environments, Object... place) {
        return new Scope(systems.names().orElse(Set.of()), environments.names().orElse(Set.of()), place);
    }

    /**
     * Where what the calendar says of a moment can change.
     *
     * @param seconds of every day, since midnight: when something opens or closes
     * @param freezes from when and until when changes are frozen
     */
    record Edges(
            ZoneId zone, Set<Integer> seconds, Set<LocalDate> holidays, List<Map.Entry<Instant, Instant>> freezes) {}

    Edges edges() {
        Stream<TimeOfDay> office = calendar.officeHours().values().stream()
                .flatMap(List::stream)
                .flatMap(hours -> Stream.of(hours.from(), hours.to()));
        Stream<TimeOfDay> windows =
                calendar.maintenanceWindows().all().stream().flatMap(window -> Stream.of(window.from(), window.to()));
        return new Edges(
                calendar.zone(),
                Stream.concat(office, windows)
                        .map(time -> time.second() % TimeOfDay.DAY)
                        .collect(Collectors.toSet()),
                calendar.holidays(),
                calendar.changeFreezes().stream()
                        .map(freeze -> Map.entry(freeze.from(), freeze.to()))
                        .toList());
    }

    /** The groups that keep office hours in a zone of their own. */
    public Set<String> zonedGroups() {
        return calendar.zones().keySet();
    }

    /** The zone for people who have no zone of their own. */
    public ZoneId zone() {
        return calendar.zone();
    }

    /** What a moment is for whoever wants this. */
    public Moment at(Instant instant, Entitlement wanted) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, calendar.zone());
        return new Moment(
                isOfficeTime(instant),
                calendar.holidays().contains(local.toLocalDate()),
                calendar.changeFreezes().stream().anyMatch(freeze -> freeze.isOn(instant, wanted)),
                calendar.maintenanceWindows().all().stream()
                        .anyMatch(window -> window.isOpen(instant, calendar.zone(), wanted)),
                calendar.weekend().days().contains(local.getDayOfWeek()),
                local);
    }

    /** Whether the office is open at this moment, in the calendar's zone. */
    boolean isOfficeTime(Instant instant) {
        return office.isOpen(instant, calendar.zone());
    }
}
