package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.directory.Employment;
import dev.drawbridge.directory.PersonChange;
import dev.drawbridge.directory.PersonChange.Wanted;
import dev.drawbridge.directory.PersonRecord;
import dev.drawbridge.directory.PersonRecord.Membership;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the fields of a person's page. A membership ends at the end of a day in the zone of whoever reads; a field that
 * is empty says that there is none.
 *
 * @param manager one field each, in order
 * @param group one for each field of {@code until}
 * @param remove the groups that the person is to leave
 */
record PersonForm(
        @Nullable String version,
        @Nullable String employment,
        @Nullable List<String> manager,
        @Nullable String sponsor,
        @Nullable String mentor,
        @Nullable List<String> group,
        @Nullable List<String> until,
        @Nullable List<String> remove,
        @Nullable String left) {

    /** A field pair of the page. */
    public record Line(String group, String until, boolean removed) {}

    static PersonForm of(PersonRecord person, WallClock clock) {
        return new PersonForm(
                person.version(),
                person.employment() == null ? "" : person.employment().name(),
                person.managers(),
                Objects.toString(person.sponsor(), ""),
                Objects.toString(person.mentor(), ""),
                person.groups().stream().map(Membership::group).toList(),
                person.groups().stream().map(one -> day(one.until(), clock)).toList(),
                List.of(),
                person.left() ? "on" : null);
    }

    private static String day(@Nullable Instant until, WallClock clock) {
        return until == null
                ? ""
                : until.minusSeconds(1).atZone(clock.zone()).toLocalDate().toString();
    }

    /** The managers that are named, and room for one more. */
    public List<String> managerFields() {
        return Stream.concat(filled(manager).stream(), Stream.of("")).toList();
    }

    public List<Line> lines() {
        List<String> groups = Objects.requireNonNullElse(group, List.of());
        List<Line> lines = new ArrayList<>();
        for (int place = 0; place < groups.size(); place++) {
            String id = groups.get(place);
            if (!id.isBlank()) {
                lines.add(new Line(
                        id,
                        until(place),
                        Objects.requireNonNullElse(remove, List.<String>of()).contains(id)));
            }
        }
        return lines;
    }

    private String until(int place) {
        List<String> days = Objects.requireNonNullElse(until, List.of());
        return place < days.size() ? days.get(place).strip() : "";
    }

    /** What it asks for of a person who is recorded like this. Throws {@code DateTimeException} for what is no day. */
    PersonChange change(PersonRecord person, WallClock clock) {
        return new PersonChange(
                Objects.toString(version, ""),
                Stream.of(Employment.values())
                        .filter(one -> one.name().equals(employment))
                        .findFirst()
                        .orElse(null),
                filled(manager),
                blankToNull(sponsor),
                blankToNull(mentor),
                Optional.of(lines().stream()
                        .filter(line -> !line.removed())
                        .map(line -> new Wanted(line.group().strip(), end(person, line, clock)))
                        .toList()),
                left != null);
    }

    /** An end that is not a day's stays as it is, unless another day is chosen. */
    private static @Nullable Instant end(PersonRecord person, Line line, WallClock clock) {
        if (line.until().isEmpty()) {
            return null;
        }
        return person.membership(line.group())
                .map(Membership::until)
                .filter(kept -> day(kept, clock).equals(line.until()))
                .orElseGet(() ->
                        clock.typed(LocalDate.parse(line.until()).plusDays(1).atStartOfDay()));
    }

    private static List<String> filled(@Nullable List<String> fields) {
        return Objects.requireNonNullElse(fields, List.<String>of()).stream()
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .toList();
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
