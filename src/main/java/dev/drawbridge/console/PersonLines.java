package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.directory.PersonRecord;
import dev.drawbridge.directory.PersonRecord.Membership;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** People and what is recorded of them, in the words of the pages. */
@Component
class PersonLines {
    private final Directory people;

    PersonLines(Directory people) {
        this.people = people;
    }

    /** One person as a line. */
    public record Line(
            String id, String name, boolean left, String managers, String sponsor, String mentor, String groups) {}

    List<Line> of(List<PersonRecord> found, WallClock clock) {
        Map<String, String> names =
                people.namesById(found.stream().flatMap(PersonLines::named).toList());
        return found.stream().map(one -> line(one, names, clock)).toList();
    }

    /** What people call those whom a record names, by their ids, and which of them are gone. */
    Map<String, String> names(PersonRecord person) {
        return people.namesById(named(person).toList()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> name(one.getKey(), Map.of(one.getKey(), one.getValue()), person)));
    }

    private static Stream<String> named(PersonRecord person) {
        return Stream.of(
                        person.managers().stream(),
                        Stream.ofNullable(person.sponsor()),
                        Stream.ofNullable(person.mentor()))
                .flatMap(some -> some);
    }

    private static Line line(PersonRecord person, Map<String, String> names, WallClock clock) {
        return new Line(
                person.id(),
                person.name(),
                person.left(),
                joined(person.managers(), names, person),
                joined(Stream.ofNullable(person.sponsor()).toList(), names, person),
                joined(Stream.ofNullable(person.mentor()).toList(), names, person),
                person.groups().stream().map(one -> group(one, clock)).collect(Collectors.joining(", ")));
    }

    private static String joined(Collection<String> ids, Map<String, String> names, PersonRecord person) {
        return ids.stream().map(id -> name(id, names, person)).collect(Collectors.joining(", then "));
    }

    private static String name(String id, Map<String, String> names, PersonRecord person) {
        return names.getOrDefault(id, id) + (person.gone().contains(id) ? " (gone)" : "");
    }

    private static String group(Membership one, WallClock clock) {
        return one.name() + (one.until() == null ? "" : " until " + end(one.until(), clock));
    }

    /** A membership that is given by days ends with the last of them. */
    private static String end(Instant until, WallClock clock) {
        ZonedDateTime end = until.atZone(clock.zone());
        return end.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? clock.day(end.toLocalDate().minusDays(1))
                : clock.moment(until);
    }
}
