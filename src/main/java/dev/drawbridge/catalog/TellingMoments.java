package dev.drawbridge.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A few moments that stand for all: whatever calendars say of some moment, they say of one of these. What they say changes only
 * at some times of the day, on holidays, and where a freeze begins or ends; between freezes it comes again week by week.
 */
public final class TellingMoments {
    private static final Duration WEEK = Duration.ofDays(8);
    private static final LocalDate WITHOUT_ANY = LocalDate.of(2027, 1, 11);
    private static final LocalTime MORNING = LocalTime.of(10, 0);

    /** Two changes of the clock lie within it. */
    private static final Duration YEAR = Duration.ofDays(400);

    private final Set<Instant> changes = new TreeSet<>();
    private final TreeSet<LocalDate> days = new TreeSet<>();
    private final Set<Integer> seconds = new TreeSet<>();
    /** From day to day: what is no ordinary week. */
    private final TreeMap<LocalDate, LocalDate> special = new TreeMap<>();

    private TellingMoments() {}

    /**
     * In no order but that the first is an ordinary morning.
     *
     * @param times those of the day that count beside what the calendars say
     */
    public static List<Instant> of(List<BusinessCalendar> calendars, Collection<LocalTime> times) {
        TellingMoments telling = new TellingMoments();
        Stream.concat(times.stream(), Stream.of(LocalTime.MIDNIGHT, MORNING))
                .forEach(time -> telling.seconds.add(time.toSecondOfDay()));
        calendars.forEach(calendar -> telling.add(calendar.edges()));
        return telling.in(calendars.stream().map(BusinessCalendar::zone).toList());
    }

    private void add(BusinessCalendar.Edges edges) {
        seconds.addAll(edges.seconds());
        edges.holidays().forEach(day -> {
            // A night may end on it, or begin the day before.
            add(day.minusDays(1), day.plusDays(1));
            special.merge(day, day, TellingMoments::later);
        });
        edges.freezes().forEach(freeze -> {
            LocalDate from = day(freeze.getKey(), edges.zone());
            LocalDate to = day(freeze.getValue(), edges.zone());
            for (LocalDate edge : List.of(from, to)) {
                add(edge.minusDays(1), edge.plusDays(WEEK.toDays()));
            }
            changes.add(freeze.getKey());
            changes.add(freeze.getValue());
            special.merge(from, to, TellingMoments::later);
        });
    }

    private List<Instant> in(List<ZoneId> zones) {
        LocalDate ordinary = ordinaryWeek();
        add(ordinary, ordinary.plusDays(WEEK.toDays()));
        LocalDate working = Stream.iterate(ordinary, day -> day.plusDays(1))
                .limit(WEEK.toDays())
                .max(Comparator.comparing(day -> day.getDayOfWeek().getValue() == 2 ? 1 : 0))
                .orElse(ordinary);
        Set<Instant> moments = new LinkedHashSet<>();
        Set<ZoneId> clocks = new LinkedHashSet<>(zones);
        clocks.forEach(zone -> moments.add(working.atTime(MORNING).atZone(zone).toInstant()));
        // What is ordinary first: of what is alike, the first is shown to people.
        for (LocalDate day : days.tailSet(ordinary)) {
            clocks.forEach(zone -> moments.addAll(on(day, zone)));
        }
        for (LocalDate day : days.headSet(ordinary)) {
            clocks.forEach(zone -> moments.addAll(on(day, zone)));
        }
        moments.addAll(changes);
        for (ZoneId zone : clocks) {
            for (Instant change : changesOf(zone, ordinary)) {
                moments.add(change);
                moments.addAll(on(day(change, zone), zone));
            }
        }
        return List.copyOf(moments);
    }

    private Set<Instant> on(LocalDate day, ZoneId zone) {
        Set<Instant> moments = new LinkedHashSet<>();
        for (int second : seconds) {
            LocalDateTime shown = day.atStartOfDay().plusSeconds(second);
            moments.add(OfficeHours.shown(shown, zone));
            moments.add(shown.atZone(zone).withLaterOffsetAtOverlap().toInstant());
        }
        return moments;
    }

    /** The first stretch in which nothing is special. */
    private LocalDate ordinaryWeek() {
        LocalDate last = null;
        for (var stretch : special.entrySet()) {
            if (last != null && last.plusDays(2 * WEEK.toDays() + 4).isBefore(stretch.getKey())) {
                break;
            }
            last = last == null ? stretch.getValue() : later(last, stretch.getValue());
        }
        return last == null ? WITHOUT_ANY : last.plusDays(WEEK.toDays());
    }

    private static Set<Instant> changesOf(ZoneId zone, LocalDate from) {
        Set<Instant> found = new HashSet<>();
        Instant start = from.atStartOfDay(zone).toInstant();
        ZoneOffsetTransition next = zone.getRules().nextTransition(start);
        while (next != null && next.getInstant().isBefore(start.plus(YEAR))) {
            found.add(next.getInstant());
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return found;
    }

    private void add(LocalDate from, LocalDate to) {
        from.datesUntil(to.plusDays(1)).forEach(days::add);
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate day(Instant moment, ZoneId zone) {
        return moment.atZone(zone).toLocalDate();
    }
}
