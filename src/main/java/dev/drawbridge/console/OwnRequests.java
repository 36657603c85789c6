package dev.drawbridge.console;

import dev.drawbridge.approval.OpenLevel;
import dev.drawbridge.catalog.WallClock;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.request.InWords;
import dev.drawbridge.request.InWords.Badge;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a person has asked for, in the words of the start page. */
@Component
class OwnRequests {
    private static final int LATELY = 5;

    private final RequestViews views;
    private final Directory people;

    OwnRequests(RequestViews views, Directory people) {
        this.views = views;
        this.people = people;
    }

    /**
     * An open request, as a line.
     *
     * @param underWay whether it is about to change by itself
     * @param todo what its task is for the requester, a word or two; none: there is nothing to do
     */
    public record Open(
            UUID id,
            String entitlementName,
            Badge badge,
            String sentence,
            @Nullable String ends,
            boolean underWay,
            @Nullable String todo,
            boolean withdrawable) {}

    /** A request that is over, as a line. */
    public record Past(UUID id, String entitlementName, Badge badge, String sentence, String ended) {}

    /** What a person has asked for: what is open, and the last of what is over. */
    record All(List<Open> open, List<Past> past) {}

    /** Reads them; who has a part in them has no name yet. */
    RequestViews.Own read(String me) {
        return views.own(me, LATELY);
    }

    /** {@code levels}: where they wait for somebody. */
    All lines(RequestViews.Own own, Map<UUID, OpenLevel> levels, WallClock clock) {
        Map<String, String> names = people.namesById(own.people());
        List<RequestView> all = own.named(names);
        return new All(open(all, levels, names, clock), past(all, clock));
    }

    private static List<Open> open(
            List<RequestView> all, Map<UUID, OpenLevel> levels, Map<String, String> names, WallClock clock) {
        List<RequestView> open =
                all.stream().filter(request -> !request.state().equals("ENDED")).toList();
        return open.stream()
                .map(request -> line(request, Optional.ofNullable(levels.get(request.id())), clock, names))
                .toList();
    }

    private static List<Past> past(List<RequestView> all, WallClock clock) {
        return all.stream()
                .flatMap(request -> Stream.ofNullable(request.ending())
                        .map(ending -> new Past(
                                request.id(),
                                request.title(),
                                InWords.badge(request.state(), request.outcome()),
                                ending.sentence(),
                                clock.moment(ending.at()))))
                .toList();
    }

    private static Open line(
            RequestView request, Optional<OpenLevel> level, WallClock clock, Map<String, String> names) {
        return new Open(
                request.id(),
                request.title(),
                request.waitsForPeople() ? InWords.WAITING : InWords.badge(request.state(), null),
                switch (request.state()) {
                    case "PENDING_APPROVAL" ->
                        (level.map(open -> sentence(open, clock))
                                                .orElse(request.waitsFor().isEmpty() ? "Agreed; on its way." : "")
                                        + awaited(request, clock))
                                .strip();
                    case "SCHEDULED" -> "Agreed; starts " + starts(request, clock) + "." + said(request, names);
                    case "PROVISIONING" ->
                        request.waitsForPeople() ? awaited(request, clock).strip() : "Being set up; not usable yet.";
                    case "ACTIVE" ->
                        request.extending() == null ? "Yours until it ends." + said(request, names) : "Agreed.";
                    case "REVOKING" -> "Being taken away.";
                    default -> "";
                },
                request.grant() == null ? null : clock.moment(request.grant().expiresAt()),
                switch (request.state()) {
                    case "PROVISIONING" -> !request.waitsForPeople();
                    case "REVOKING" -> true;
                    case "PENDING_APPROVAL" ->
                        level.isEmpty() && request.waitsFor().isEmpty();
                    default -> false;
                },
                level.filter(OpenLevel::awaitsAnswer).isPresent()
                        ? "Answer"
                        : request.state().equals("ACTIVE") ? "Use it" : null,
                request.waits());
    }

    /** What a company's own process has people do for it. */
    private static String awaited(RequestView request, WallClock clock) {
        return request.waitsFor().stream()
                .map(one -> " " + one.sentence() + ", since " + clock.moment(one.since()) + ".")
                .collect(Collectors.joining());
    }

    private static String starts(RequestView request, WallClock clock) {
        return request.startsAt() == null ? "soon" : "on " + clock.moment(request.startsAt());
    }

    /** What approvers said to it, and what they made of it. */
    private static String said(RequestView request, Map<String, String> names) {
        return request.approvals().stream()
                .map(answer -> " " + names.get(answer.approver()) + " approved" + narrowed(request, answer)
                        + (answer.comment().isEmpty() ? "." : ": " + PlainText.quoted(answer.comment())))
                .collect(Collectors.joining());
    }

    private static String narrowed(RequestView request, RequestView.ApprovalView answer) {
        RequestView.Narrowed narrowed = answer.narrowedTo();
        if (narrowed == null) {
            return "";
        }
        String length = lasts(request, narrowed) ? " " + InWords.length(Duration.parse(narrowed.duration())) : "";
        if (narrowed.entitlement().equals(request.entitlement())) {
            return length;
        }
        return length + (length.isEmpty() ? " " : " of ") + request.about().entitlementName();
    }

    /** Once it was extended, what an approver gave at first is not how long it lasts. */
    private static boolean lasts(RequestView request, RequestView.Narrowed narrowed) {
        RequestView.GrantView grant = request.grant();
        return grant == null
                || Duration.between(grant.startedAt(), grant.expiresAt()).equals(Duration.parse(narrowed.duration()));
    }

    /** Whom it waits for, since when, what happens next and when. */
    private static String sentence(OpenLevel open, WallClock clock) {
        if (open.awaitsAnswer()) {
            return "An approver asks you something; answer it"
                    + (open.answerDueAt() == null ? "" : " by " + clock.moment(open.answerDueAt()))
                    + ". Until then the time stands still.";
        }
        StringBuilder sentence = new StringBuilder("Waits for " + whom(open) + " (level " + open.position() + " of "
                + open.levels() + ", " + InWords.level(open.name()) + ") since " + clock.moment(open.since()) + ".");
        if (open.reminderAt() != null) {
            sentence.append(" A reminder goes out on " + clock.moment(open.reminderAt()) + ".");
        }
        if (open.escalatesAt() != null) {
            sentence.append(" From " + clock.moment(open.escalatesAt()) + " " + String.join(", ", open.escalatesTo())
                    + " may answer as well.");
        }
        return sentence.append(" Times out on " + clock.moment(open.deadlineAt()) + ".")
                .toString();
    }

    private static String whom(OpenLevel open) {
        if (open.waitsFor().isEmpty()) {
            return "nobody at the moment";
        }
        int missing = open.quorum() - open.approved();
        return open.quorum() == 1 || missing == 1 && open.waitsFor().size() == 1
                ? String.join(" or ", open.waitsFor())
                : InWords.number(missing)
                        + (open.approved() == 0 ? " of " : " more of ")
                        + String.join(", ", open.waitsFor());
    }
}
