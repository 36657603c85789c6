package dev.drawbridge.notification;

import dev.drawbridge.approval.Approval;
import dev.drawbridge.approval.ApprovalEscalated;
import dev.drawbridge.approval.ApprovalGiven;
import dev.drawbridge.approval.ApproversReminded;
import dev.drawbridge.approval.HandedOver;
import dev.drawbridge.approval.LevelOpened;
import dev.drawbridge.approval.Question;
import dev.drawbridge.approval.QuestionAsked;
import dev.drawbridge.approval.QuestionLapsed;
import dev.drawbridge.approval.RequestEnded;
import dev.drawbridge.approval.Waiting;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.grant.AccessEndsSoon;
import dev.drawbridge.grant.AccessExtended;
import dev.drawbridge.grant.AccessGranted;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.guardrails.Verdicts;
import dev.drawbridge.process.People;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
import dev.drawbridge.revocation.Reason;
import dev.drawbridge.revocation.RevocationOrdered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Who is told what, when. The words are written with the fact; what was granted automatically is told to nobody. */
@Component
class TellPeople {
    private final AccessRequests requests;
    private final RequestViews views;
    private final Verdicts verdicts;
    private final Waiting waiting;
    private final People people;
    private final BusinessCalendar calendar;
    private final Outbox outbox;

    TellPeople(
            AccessRequests requests,
            RequestViews views,
            Verdicts verdicts,
            Waiting waiting,
            People people,
            BusinessCalendar calendar,
            Outbox outbox) {
        this.calendar = calendar;
        this.requests = requests;
        this.views = views;
        this.verdicts = verdicts;
        this.waiting = waiting;
        this.people = people;
        this.outbox = outbox;
    }

    @EventListener
    void on(LevelOpened event) {
        AccessRequest request = request(event.requestId());
        outbox.write(
                () -> waiting.candidates(request),
                () -> new Notice(
                        request.id(),
                        "Your answer is needed: " + subject(request),
                        about(request, "Level " + event.levelName() + " waits for you."),
                        task(request),
                        "Answer it"));
    }

    @EventListener
    void on(ApproversReminded event) {
        AccessRequest request = request(event.requestId());
        outbox.write(
                () -> waiting.candidates(request),
                () -> new Notice(
                        request.id(),
                        "Reminder: " + subject(request),
                        about(request, "Level " + event.levelName() + " still waits for you."),
                        task(request),
                        "Answer it"));
    }

    @EventListener
    void on(ApprovalEscalated event) {
        AccessRequest request = request(event.escalation().requestId());
        List<String> added = event.escalation().groups().stream()
                .flatMap(group -> people.membersOf(group).stream())
                .filter(person -> !person.equals(request.requester()))
                .toList();
        outbox.write(
                () -> added,
                () -> new Notice(
                        request.id(),
                        "You may answer as well: " + subject(request),
                        about(request, "Level " + event.levelName() + " has waited for long, so you are asked too."),
                        task(request),
                        "Answer it"));
    }

    @EventListener
    void on(ApprovalGiven event) {
        AccessRequest request = request(event.approval().requestId());
        if (!event.levelIsOver()) {
            return;
        }
        String decision = event.approval().decision() == Approval.Decision.APPROVE ? "approved" : "refused";
        outbox.write(
                () -> event.othersAsked(),
                () -> new Notice(
                        request.id(),
                        "Taken care of: " + subject(request),
                        List.of(name(event.approval().approver()) + " " + decision
                                + " this; nothing is left for you to do."),
                        null,
                        ""));
    }

    @EventListener
    void on(QuestionAsked event) {
        Question question = event.question();
        AccessRequest request = request(question.requestId());
        boolean asked = question.answer() == null;
        outbox.write(
                () -> List.of(asked ? request.requester() : question.askedBy()),
                () -> new Notice(
                        request.id(),
                        (asked ? "A question about " : "Your question is answered: ") + subject(request),
                        asked
                                ? List.of(
                                        name(question.askedBy()) + " asks: “" + question.text() + "”",
                                        "Until you answer, the time for the approvers stands still.")
                                : List.of("“" + question.text() + "”", "“" + question.answer() + "”"),
                        "/",
                        asked ? "Answer it" : "Open Drawbridge"));
    }

    @EventListener
    void on(QuestionLapsed event) {
        Question question = event.question();
        AccessRequest request = request(question.requestId());
        outbox.write(
                () -> List.of(question.askedBy()),
                () -> new Notice(
                        request.id(),
                        "No answer came: " + subject(request),
                        List.of("“" + question.text() + "”", "It waits for the approvers again."),
                        task(request),
                        "Answer it"));
    }

    @EventListener
    void on(HandedOver event) {
        AccessRequest request = request(event.requestId());
        outbox.write(
                () -> List.of(event.to()),
                () -> new Notice(
                        request.id(),
                        "Handed over to you: " + subject(request),
                        about(request, name(event.from()) + " asks you to answer in their place."),
                        task(request),
                        "Answer it"));
    }

    @EventListener
    void on(RequestEnded event) {
        AccessRequest request = request(event.requestId());
        if (!event.actor().equals(request.requester())) {
            outbox.write(
                    () -> List.of(request.requester()),
                    () -> new Notice(
                            request.id(),
                            "Not granted: " + subject(request),
                            List.of("Your request ended without access. " + ending(request)),
                            "/",
                            "Open Drawbridge"));
        }
    }

    @EventListener
    void on(AccessGranted event) {
        AccessRequest request = request(event.grant().requestId());
        if (!isAutomatic(request)) {
            outbox.write(
                    () -> List.of(request.requester()),
                    () -> new Notice(
                            request.id(),
                            "Granted: " + subject(request),
                            List.of("Your access is active until "
                                    + spoken(request, event.grant().expiresAt()) + "."),
                            "/",
                            "Use it"));
        }
    }

    @EventListener
    void on(RevocationOrdered event) {
        AccessRequest request = request(event.requestId());
        if (event.reason() == Reason.REVOKED && !event.actor().equals(request.requester())) {
            outbox.write(
                    () -> List.of(request.requester()),
                    () -> new Notice(
                            request.id(),
                            "Revoked: " + subject(request),
                            List.of(
                                    "Your access was ended before its time"
                                            + (event.actor().equals("system")
                                                    ? "."
                                                    : " by " + name(event.actor()) + "."),
                                    event.note().isEmpty() ? "" : "“" + event.note() + "”"),
                            "/",
                            "Open Drawbridge"));
        }
    }

    @EventListener
    void on(AccessEndsSoon event) {
        AccessRequest request = request(event.grant().requestId());
        if (!isAutomatic(request)) {
            outbox.write(
                    () -> List.of(request.requester()),
                    () -> new Notice(
                            request.id(),
                            "Ends soon: " + subject(request),
                            List.of(
                                    "Your access ends at "
                                            + spoken(request, event.grant().expiresAt())
                                            + "; its sessions are cut then.",
                                    "If you need more time, ask for it before."),
                            "/",
                            "Ask for more time"));
        }
    }

    @EventListener
    void on(AccessExtended event) {
        AccessRequest request = request(event.extension());
        if (!isAutomatic(request)) {
            outbox.write(
                    () -> List.of(request.requester()),
                    () -> new Notice(
                            request.id(),
                            "Extended: " + subject(request),
                            List.of("Your access is active until "
                                    + spoken(request, event.grant().expiresAt()) + " now."),
                            "/",
                            "Use it"));
        }
    }

    /** Whether no human was asked: then nobody is written to either. */
    private boolean isAutomatic(AccessRequest request) {
        return verdicts.of(request.id())
                .filter(recorded -> recorded.verdict() instanceof Verdict.Allowed)
                .isPresent();
    }

    private List<String> about(AccessRequest request, String first) {
        List<String> lines = new ArrayList<>(List.of(
                name(request.requester()) + " asks for " + waiting.of(request).entitlementName() + " for "
                        + spoken(waiting.of(request).duration()) + ".",
                "“" + request.justification() + "”",
                first));
        waiting.open(request)
                .ifPresent(open -> lines.add("It times out at " + calendar.spoken(open.deadlineAt(), List.of()) + "."));
        return lines;
    }

    private String ending(AccessRequest request) {
        RequestView.EndingView ending =
                views.require(request.requester(), request.id()).ending();
        return ending == null ? "" : ending.sentence();
    }

    /** As the requester's own clock shows it. */
    private String spoken(AccessRequest request, Instant moment) {
        return calendar.spoken(moment, people.groupsOf(request.requester()));
    }

    private static String spoken(Duration duration) {
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

    /** Not the task itself: with each answer the engine makes another one. */
    private static String task(AccessRequest request) {
        return "/requests/" + request.id() + "/task";
    }

    private String subject(AccessRequest request) {
        return waiting.of(request).entitlementName() + " for " + name(request.requester());
    }

    private String name(String person) {
        return people.find(person).map(People.Person::name).orElse(person);
    }

    private AccessRequest request(UUID id) {
        return requests.find(id).orElseThrow();
    }
}
