package dev.drawbridge.console;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.request.InWords;
import dev.drawbridge.request.InWords.Badge;
import dev.drawbridge.revocation.Discrepancy;
import dev.drawbridge.revocation.OpenAccess;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Open access and discrepancies in the words of the operators' page: names for ids, times on the reader's clock. */
@Component
class OpenAccessLines {
    private final Directory people;
    private final Catalog catalog;

    OpenAccessLines(Directory people, Catalog catalog) {
        this.people = people;
        this.catalog = catalog;
    }

    /**
     * Open access, as a line.
     *
     * @param failures how often the target has failed to do what it should: to give it, or to end it
     * @param failure what the target said the last time
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
            Badge badge,
            long overdueMinutes,
            int failures,
            @Nullable String failure,
            boolean revocable) {
        public boolean troubled() {
            return overdueMinutes > 0 || failures > 0;
        }

        /** What has failed, and what becomes of it. */
        public String tries() {
            String tried = revocable ? "give" : "end";
            return (failures == 1
                            ? "One try to " + tried + " it has failed"
                            : failures + " tries to " + tried + " it have failed")
                    + (revocable
                            ? "; it is tried again until its time is over."
                            : "; it is tried again at least once a minute.");
        }
    }

    /** A discrepancy, as a line. */
    public record Difference(
            String kind,
            String target,
            String sentence,
            @Nullable String cure,
            String found) {}

    List<Line> of(List<OpenAccess> open, Map<String, String> names, WallClock clock) {
        return open.stream()
                .map(access -> line(access, names.getOrDefault(access.requester(), access.requester()), clock))
                .toList();
    }

    private Line line(OpenAccess access, String requesterName, WallClock clock) {
        return new Line(
                access.requestId(),
                access.requester(),
                requesterName,
                access.entitlement(),
                entitlementName(access.entitlement()),
                access.principal(),
                clock.brief(access.startedAt()),
                clock.brief(access.expiresAt()),
                InWords.badge(access.state(), null),
                access.residualMinutes(),
                access.failures(),
                access.lastFailure(),
                !access.state().equals("REVOKING"));
    }

    List<Difference> ofDiscrepancies(List<Discrepancy> found, WallClock clock) {
        return found.stream().map(one -> difference(one, clock)).toList();
    }

    private Difference difference(Discrepancy found, WallClock clock) {
        String kind = switch (found.kind()) {
            case STRAY_LOGIN -> "unknown login";
            case MISSING_LOGIN -> "login gone";
            case WIDENED -> "more rights";
            case END_PUSHED_OUT -> "lasts longer";
            case TOUCHED -> "other password";
            case REMNANT -> "left behind";
            case HELD_ON -> "held on";
            case CLOCK -> "other clock";
            case OUT_OF_REACH -> "out of reach";
            case DEFAULT_PRIVILEGES -> "gives away";
            case INDEX -> "set right";
        };
        return new Difference(kind, found.target(), found.sentence(), found.cure(), clock.brief(found.foundAt()));
    }

    /** By account; nothing of those that are gone. One statement, however many they are. */
    Map<String, String> personNames(Collection<String> ids) {
        return people.named(Set.copyOf(ids)).stream()
                .collect(Collectors.toMap(Directory.Named::id, Directory.Named::name));
    }

    String personName(String id) {
        return people.find(id).map(Directory.Person::name).orElse(id);
    }

    String entitlementName(String id) {
        return catalog.nameOf(id);
    }
}
