package dev.drawbridge.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The clock on the wall of whoever reads. Every time that a person reads is worded here, with the zone that it is told in, and
 * every time that a person types is understood here; {@code drawbridge.js} does the same with what {@link ClockResource} says.
 *
 * @param zone the reader's
 * @param now this moment: a year is named where it is another
 */
public record WallClock(ZoneId zone, Instant now) {
    private static final DateTimeFormatter DAY = words("EEE d MMM");
    private static final DateTimeFormatter DAY_OF_A_YEAR = words("EEE d MMM yyyy");
    private static final DateTimeFormatter TIME = words("HH:mm");
    private static final DateTimeFormatter TIME_TO_THE_SECOND = words("HH:mm:ss");
    private static final DateTimeFormatter ZONE = words("zzz");

    /** A moment in a stored sentence, for its later readers. */
    private static final Pattern KEPT =
            Pattern.compile("(?<![0-9+-])[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z");

    private static DateTimeFormatter words(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    /** {@code Wed 25 Nov, 10:27 CET}; with the year where it is not that of now. */
    public String moment(Instant moment) {
        return day(moment.atZone(zone).toLocalDate()) + ", " + time(moment);
    }

    /** {@code 10:27 CET} where it is today, for tables; else as {@link #moment}. */
    public String brief(Instant moment) {
        return moment.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate()) ? time(moment) : moment(moment);
    }

    /** This moment to the second, {@code 10:27:03 CET}. */
    public String thisMoment() {
        return TIME_TO_THE_SECOND.format(now.atZone(zone)) + " " + name(now);
    }

    /** {@code Wed 25 Nov}; with the year where it is not that of now. */
    public String day(LocalDate day) {
        return (day.getYear() == now.atZone(zone).getYear() ? DAY : DAY_OF_A_YEAR).format(day);
    }

    /** What the zone is called at a moment: {@code CET}; its distance from UTC where that would not tell two hours apart. */
    public String name(Instant moment) {
        ZonedDateTime at = moment.atZone(zone);
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(at.toLocalDateTime());
        long names = offsets.stream()
                .map(offset -> ZONE.format(ZonedDateTime.ofInstant(at.toLocalDateTime(), offset, zone)))
                .distinct()
                .count();
        return names < offsets.size() ? "UTC" + at.getOffset() : ZONE.format((TemporalAccessor) at);
    }

    /** The moment that somebody means who types this: as in the office hours, the first one of two, and no hour that is left out. */
    public Instant typed(LocalDateTime local) {
        return OfficeHours.shown(local, zone);
    }

    /**
     * A sentence as it is kept, in UTC, on this clock.
     *
     * @param ours the moments that the product has named in it, in their order: what people have written stays as it is
     */
    public String told(String kept, Collection<Instant> ours) {
        Deque<Instant> left = new ArrayDeque<>(ours);
        return KEPT.matcher(kept).replaceAll(found -> {
            boolean next = !left.isEmpty() && found.group().equals(left.peek().toString());
            return next ? moment(left.remove()) : found.group();
        });
    }

    /** The moments that a stored sentence names. Only for sentences of the product's own words. */
    public static List<Instant> momentsIn(String kept) {
        return KEPT.matcher(kept)
                .results()
                .map(found -> Instant.parse(found.group()))
                .toList();
    }

    /** The zone as people write it: {@code America/New York}. */
    public String place() {
        return zone.getId().replace('_', ' ');
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

    private String time(Instant moment) {
        return TIME.format(moment.atZone(zone)) + " " + name(moment);
    }
}
