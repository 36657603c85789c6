package dev.drawbridge.directory;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.drawbridge.directory.PersonChange.Wanted;
import dev.drawbridge.directory.PersonRecord.Membership;
import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusal.Kind;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who leads whom, who answers for whom, and until when somebody is in a group. */
@RestController
@RequestMapping("/api/v1/people")
@Tag(name = "People")
class PersonResource {
    /** What an answer says beside what can be changed: it may come back with a change, and is passed over. */
    private static final Set<String> TOLD = Set.of("id", "name", "gone");

    private final People people;

    PersonResource(People people) {
        this.people = people;
    }

    /** A record as it is told. */
    record PersonView(
            String id,
            String name,
            @Nullable Employment employment,
            List<String> managers,
            @Nullable String sponsor,
            @Nullable String mentor,
            List<Membership> groups,
            boolean left,
            List<String> gone,
            String version) {
        static PersonView of(PersonRecord person) {
            return new PersonView(
                    person.id(),
                    person.name(),
                    person.employment(),
                    person.managers(),
                    person.sponsor(),
                    person.mentor(),
                    person.groups(),
                    person.left(),
                    person.gone(),
                    person.version());
        }
    }

    record PeopleView(List<PersonView> items, @Nullable String next) {}

    record MembershipBody(
            @Nullable String group,
            @Nullable String name,
            @Nullable String until) {}

    record PersonBody(
            @Nullable String version,
            @Nullable String employment,
            @Nullable List<@Nullable String> managers,
            @Nullable String sponsor,
            @Nullable String mentor,
            @Nullable List<@Nullable MembershipBody> groups,
            @Nullable Boolean left,
            @Hidden @JsonAnySetter @Nullable Map<String, @Nullable Object> others) {}

    @GetMapping
    @Operation(
            summary =
                    "People whose account or name holds `q`, in the order of their accounts; for administrators and auditors")
    PeopleView list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "50") int size) {
        People.Some some = people.list(CurrentSignIn.require(), q, after, size);
        return new PeopleView(some.items().stream().map(PersonView::of).toList(), some.next());
    }

    @GetMapping("/{id}")
    @Operation(
            summary =
                    "What is recorded of a person: managers in order, sponsor, mentor, groups and their ends; for administrators, auditors, and the person")
    ResponseEntity<PersonView> get(@PathVariable String id) {
        return answer(people.require(CurrentSignIn.require(), id));
    }

    @PutMapping("/{id}")
    @Operation(
            summary =
                    "Record all of it anew, for administrators: what is left out is none, but for `groups`, which stay then; `version`, or `If-Match`, is that of the record that was read")
    ResponseEntity<PersonView> put(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
            @RequestBody PersonBody body) {
        return answer(people.change(CurrentSignIn.require(), id, change(body, match)));
    }

    private static ResponseEntity<PersonView> answer(PersonRecord person) {
        return ResponseEntity.ok().eTag(person.version()).body(PersonView.of(person));
    }

    private static PersonChange change(PersonBody body, @Nullable String match) {
        Optional.ofNullable(body.others()).orElse(Map.of()).keySet().stream()
                .filter(name -> !TOLD.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    String shown = People.shortened(name);
                    throw Refusal.ofField(
                            Kind.INVALID,
                            shown,
                            "unknown-field",
                            "'" + shown
                                    + "' is not known here; it can be version, employment, managers, sponsor, mentor,"
                                    + " groups, left.");
                });
        return new PersonChange(
                Objects.requireNonNullElseGet(body.version(), () -> unquoted(match)),
                employment(body.employment()),
                Optional.ofNullable(body.managers()).orElse(List.of()).stream()
                        .map(id -> id == null ? "" : id.strip())
                        .toList(),
                blankToNull(body.sponsor()),
                blankToNull(body.mentor()),
                Optional.ofNullable(body.groups())
                        .map(groups ->
                                groups.stream().map(PersonResource::wanted).toList()),
                Boolean.TRUE.equals(body.left()));
    }

    private static String unquoted(@Nullable String tag) {
        return tag == null ? "" : tag.strip().replaceAll("^(W/)?\"|\"$", "");
    }

    private static @Nullable Employment employment(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return Employment.valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw Refusal.ofField(
                    Kind.INVALID,
                    "employment",
                    "invalid-employment",
                    "'employment' can be "
                            + Arrays.stream(Employment.values()).map(Enum::name).collect(Collectors.joining(", "))
                            + ", or left out.");
        }
    }

    private static Wanted wanted(@Nullable MembershipBody body) {
        String group = body == null || body.group() == null ? "" : body.group().strip();
        String until = body == null ? null : blankToNull(body.until());
        try {
            return new Wanted(group, until == null ? null : Instant.parse(until).truncatedTo(ChronoUnit.SECONDS));
        } catch (DateTimeException unreadable) {
            throw Refusal.ofField(
                    Kind.INVALID,
                    "groups",
                    "invalid-until",
                    "Write the end of '" + People.shortened(group) + "' as a time in UTC, like 2027-01-31T09:00:00Z.");
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
