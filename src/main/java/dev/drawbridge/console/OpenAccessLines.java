package dev.drawbridge.console;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.process.People;
import dev.drawbridge.revocation.Discrepancy;
import dev.drawbridge.revocation.OpenAccess;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Open access and discrepancies in the words of the operators' page: names for ids, times of the reader's zone. */
@Component
class OpenAccessLines {
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter OTHER_DAY = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

    private final People people;
    private final Catalog catalog;
    private final Clock clock;

    OpenAccessLines(People people, Catalog catalog, Clock clock) {
        this.people = people;
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Open access, as a line.
     *
     * @param failure what the target said the last time that it failed to end it
     * @param revocable whether it could still be revoked; false once it is ending anyway
     */
    public record Line(
            UUID id,
            String requester,
            String requesterName,
            String entitlement,
            String entitlementName,
            String login,
            String since,
            String ends,
            String state,
            long overdueMinutes,
            int failures,
            @Nullable String failure,
            boolean revocable) {
        public boolean troubled() {
            return overdueMinutes > 0 || failures > 0;
        }
    }

    /** A discrepancy, as a line. */
    public record Difference(
            String kind,
            String target,
            String sentence,
            @Nullable String cure,
            String found) {}

    List<Line> of(List<OpenAccess> open, ZoneId zone) {
        Map<String, String> known = new HashMap<>();
        return open.stream()
                .map(access -> line(access, known.computeIfAbsent(access.requester(), this::personName), zone))
                .toList();
    }

    private Line line(OpenAccess access, String requesterName, ZoneId zone) {
        return new Line(
                access.requestId(),
                access.requester(),
                requesterName,
                access.entitlement(),
                entitlementName(access.entitlement()),
                access.principal(),
                moment(access.startedAt(), zone),
                moment(access.expiresAt(), zone),
                switch (access.state()) {
                    case "PROVISIONING" -> "being set up";
                    case "REVOKING" -> "being ended";
                    default -> "active";
                },
                access.residualMinutes(),
                access.failures(),
                access.lastFailure(),
                !access.state().equals("REVOKING"));
    }

    List<Difference> ofDiscrepancies(List<Discrepancy> found, ZoneId zone) {
        return found.stream().map(one -> difference(one, zone)).toList();
    }

    private Difference difference(Discrepancy found, ZoneId zone) {
        String kind = switch (found.kind()) {
            case STRAY_LOGIN -> "unknown login";
            case MISSING_LOGIN -> "login gone";
            case WIDENED -> "more rights";
            case END_PUSHED_OUT -> "lasts longer";
            case TOUCHED -> "other password";
            case REMNANT -> "left behind";
            case HELD_ON -> "held on";
            case CLOCK -> "other clock";
            case DEFAULT_PRIVILEGES -> "gives away";
        };
        return new Difference(kind, found.target(), found.sentence(), found.cure(), moment(found.foundAt(), zone));
    }

    String personName(String id) {
        return people.find(id).map(People.Person::name).orElse(id);
    }

    String entitlementName(String id) {
        return catalog.find(id).map(Entitlement::name).orElse(id);
    }

    private String moment(Instant instant, ZoneId zone) {
        ZonedDateTime time = instant.atZone(zone);
        boolean today = time.toLocalDate().equals(clock.instant().atZone(zone).toLocalDate());
        return (today ? TODAY : OTHER_DAY).format(time);
    }
}
