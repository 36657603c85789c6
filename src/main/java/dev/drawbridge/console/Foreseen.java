package dev.drawbridge.console;

import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.request.InWords;
import dev.drawbridge.request.InWords.Badge;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.revocation.Revocable;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What would end if it were revoked, in the words of the operators' pages. */
@Component
class Foreseen {
    private final OpenAccessLines names;

    Foreseen(OpenAccessLines names) {
        this.names = names;
    }

    /**
     * Access, or a request that may come to it, as a line.
     *
     * @param login none where there is none yet
     * @param moment when it would end, or start, by itself; empty where that is not known
     * @param when the same with the word for it
     */
    public record Line(
            UUID id,
            String requester,
            String requesterName,
            String entitlement,
            String title,
            Badge badge,
            @Nullable String login,
            String moment,
            String when) {}

    List<Line> lines(Collection<Revocable> found, WallClock clock) {
        return lines(
                found,
                names.personNames(found.stream().map(Revocable::requester).toList()),
                clock);
    }

    List<Line> lines(Collection<Revocable> found, Map<String, String> people, WallClock clock) {
        return found.stream()
                .map(one -> new Line(
                        one.requestId(),
                        one.requester(),
                        people.getOrDefault(one.requester(), one.requester()),
                        one.entitlement(),
                        RequestView.title(
                                names.entitlementName(one.entitlement()), one.moreTime() ? one.requestId() : null),
                        one.waitsFor() == null ? InWords.badge(one.state(), null) : InWords.waitsFor(one.waitsFor()),
                        one.principal(),
                        moment(one, clock),
                        when(one, clock)))
                .toList();
    }

    private static String moment(Revocable one, WallClock clock) {
        Instant moment = one.endsAt() == null ? one.startsAt() : one.endsAt();
        return moment == null ? "" : clock.brief(moment);
    }

    private static String when(Revocable one, WallClock clock) {
        String moment = moment(one, clock);
        return moment.isEmpty() ? "" : (one.endsAt() == null ? "starts " : "ends ") + moment;
    }

    /** How many of which sort: {@code 2 active, 1 waiting for approval}. */
    static String sorts(Collection<Line> lines) {
        return lines.stream()
                .collect(Collectors.groupingBy(line -> line.badge().words(), LinkedHashMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(sort -> sort.getValue() + " " + sort.getKey())
                .collect(Collectors.joining(", "));
    }

    /** {@code 2 accesses and 1 request}. */
    static String counted(Collection<Revocable> ended) {
        long given = ended.stream().filter(Revocable::given).count();
        return Stream.of(counted(given, "access", "accesses"), counted(ended.size() - given, "request", "requests"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" and "));
    }

    private static String counted(long number, String one, String many) {
        return number == 0 ? "" : number + " " + (number == 1 ? one : many);
    }
}
