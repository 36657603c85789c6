package dev.drawbridge.console;

import dev.drawbridge.approval.Waiting;
import dev.drawbridge.approval.Waiting.OpenLevel;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.process.People;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
    private final AccessRequests requests;
    private final Waiting waiting;
    private final People people;
    private final BusinessCalendar calendar;

    OwnRequests(
            RequestViews views, AccessRequests requests, Waiting waiting, People people, BusinessCalendar calendar) {
        this.views = views;
        this.requests = requests;
        this.waiting = waiting;
        this.people = people;
        this.calendar = calendar;
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
            String state,
            String sentence,
            @Nullable String ends,
            boolean underWay,
            @Nullable String todo,
            boolean withdrawable) {}

    /** A request that is over, as a line. */
    public record Past(String entitlementName, String outcome, String sentence, String ended) {}

    List<Open> open(People.Person me) {
        return views.open(me.id()).stream().map(request -> line(request, me)).toList();
    }

    List<Past> past(People.Person me) {
        return views.lately(me.id(), LATELY).stream()
                .flatMap(request -> Stream.ofNullable(request.ending())
                        .map(ending -> new Past(
                                request.title(),
                                Objects.requireNonNull(request.outcome()),
                                ending.sentence(),
                                calendar.spoken(ending.at(), me.groups()))))
                .toList();
    }

    private Open line(RequestView request, People.Person me) {
        Optional<OpenLevel> level = request.state().equals("PENDING_APPROVAL")
                ? requests.find(request.id()).flatMap(waiting::open)
                : Optional.empty();
        return new Open(
                request.id(),
                request.title(),
                request.state(),
                switch (request.state()) {
                    case "PENDING_APPROVAL" ->
                        level.map(open -> sentence(open, me)).orElse("Agreed; on its way.");
                    case "SCHEDULED" -> "Agreed; starts " + starts(request, me) + "." + said(request);
                    case "PROVISIONING" -> "Being set up; not usable yet.";
                    case "ACTIVE" -> request.extending() == null ? "Yours until it ends." + said(request) : "Agreed.";
                    case "REVOKING" -> "Being taken away.";
                    default -> "";
                },
                request.grant() == null ? null : calendar.spoken(request.grant().expiresAt(), me.groups()),
                switch (request.state()) {
                    case "PROVISIONING", "REVOKING" -> true;
                    case "PENDING_APPROVAL" -> level.isEmpty();
                    default -> false;
                },
                level.filter(OpenLevel::awaitsAnswer).isPresent()
                        ? "Answer"
                        : request.state().equals("ACTIVE") ? "Use it" : null,
                request.waits());
    }

    private String starts(RequestView request, People.Person me) {
        return request.startsAt() == null ? "soon" : "at " + moment(request.startsAt(), me);
    }

    /** What approvers said to it, and what they made of it. */
    private String said(RequestView request) {
        return request.approvals().stream()
                .map(answer -> " " + people.nameOf(answer.approver()) + " approved" + narrowed(request, answer)
                        + (answer.comment().isEmpty() ? "." : ": " + PlainText.quoted(answer.comment())))
                .collect(Collectors.joining());
    }

    private String narrowed(RequestView request, RequestView.ApprovalView answer) {
        RequestView.Narrowed narrowed = answer.narrowedTo();
        if (narrowed == null) {
            return "";
        }
        String length =
                lasts(request, narrowed) ? " " + BusinessCalendar.spoken(Duration.parse(narrowed.duration())) : "";
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
    private String sentence(OpenLevel open, People.Person me) {
        if (open.awaitsAnswer()) {
            return "An approver asks you something; answer it"
                    + (open.answerDueAt() == null ? "" : " by " + moment(open.answerDueAt(), me))
                    + ". Until then the time stands still.";
        }
        StringBuilder sentence = new StringBuilder("Waits for " + whom(open) + " (level " + open.position() + " of "
                + open.levels() + ", " + open.name() + ") since " + moment(open.since(), me) + ".");
        if (open.reminderAt() != null) {
            sentence.append(" A reminder goes out at " + moment(open.reminderAt(), me) + ".");
        }
        if (open.escalatesAt() != null) {
            sentence.append(" From " + moment(open.escalatesAt(), me) + " " + String.join(", ", open.escalatesTo())
                    + " may answer as well.");
        }
        return sentence.append(" Times out at " + moment(open.deadlineAt(), me) + ".")
                .toString();
    }

    private static String whom(OpenLevel open) {
        if (open.waitsFor().isEmpty()) {
            return "nobody at the moment";
        }
        return open.quorum() == 1
                ? String.join(" or ", open.waitsFor())
                : (open.quorum() - open.approved()) + " more of " + String.join(", ", open.waitsFor());
    }

    private String moment(Instant moment, People.Person me) {
        return calendar.spoken(moment, me.groups());
    }
}
