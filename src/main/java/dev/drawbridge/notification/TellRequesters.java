package dev.drawbridge.notification;

import dev.drawbridge.approval.ApproversChanged;
import dev.drawbridge.approval.Question;
import dev.drawbridge.approval.QuestionAsked;
import dev.drawbridge.approval.QuestionLapsed;
import dev.drawbridge.approval.RequestEnded;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.grant.AccessEndsSoon;
import dev.drawbridge.grant.AccessExtended;
import dev.drawbridge.grant.AccessGranted;
import dev.drawbridge.guardrails.Verdict;
import dev.drawbridge.guardrails.Verdicts;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.InWords;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
import dev.drawbridge.revocation.Reason;
import dev.drawbridge.revocation.RevocationOrdered;
import dev.drawbridge.revocation.RevocationsOrdered;
import java.util.List;
import java.util.function.Function;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells requesters what came of their request. Automatic grants are told to nobody. */
@Component
class TellRequesters {
    private final Subject subject;
    private final RequestViews views;
    private final Verdicts verdicts;
    private final Directory people;
    private final Outbox outbox;

    TellRequesters(Subject subject, RequestViews views, Verdicts verdicts, Directory people, Outbox outbox) {
        this.subject = subject;
        this.views = views;
        this.verdicts = verdicts;
        this.people = people;
        this.outbox = outbox;
    }

    @EventListener
    void on(QuestionAsked event) {
        Question question = event.question();
        AccessRequest request = subject.request(question.requestId());
        tell(
                request,
                "A question",
                requester -> List.of(
                        people.nameOf(question.askedBy()) + " asks: " + PlainText.quoted(question.text()),
                        "Answer by " + subject.clock(requester).moment(event.answerDueAt())
                                + "; until then the time for the approvers stands still."),
                Subject.task(request),
                "Answer it");
    }

    @EventListener
    void on(QuestionLapsed event) {
        Question question = event.question();
        tell(
                subject.request(question.requestId()),
                "No answer came",
                requester -> List.of(
                        "You have not answered in time what " + people.nameOf(question.askedBy()) + " asked: "
                                + PlainText.quoted(question.text()),
                        "Your request waits for the approvers again, without your answer."),
                "Open Drawbridge");
    }

    /** Who waits is told for whom they wait now. */
    @EventListener
    void on(ApproversChanged event) {
        AccessRequest request = subject.request(event.requestId());
        String now = event.groups().isEmpty()
                ? String.join(", ", people.namesById(event.added()).values())
                : String.join(", ", people.namesOfGroups(event.groups()).values());
        tell(
                request,
                "Somebody else is asked",
                requester -> List.of("Whom your request waited for at level " + InWords.level(event.levelName())
                        + " is not there, or is another; it waits for " + now + " now."),
                "Open Drawbridge");
    }

    @EventListener
    void on(RequestEnded event) {
        AccessRequest request = subject.request(event.requestId());
        if (!event.actor().equals(request.requester())) {
            tell(
                    request,
                    event.outcome().equals("REVOKED") ? "Revoked" : "Not granted",
                    requester -> List.of((request.extending() == null
                                    ? "Your request ended without access. "
                                    : "You were not given more time; your access ends as before. ")
                            + ending(request)),
                    "Open Drawbridge");
        }
    }

    @EventListener
    void on(AccessGranted event) {
        if (!event.automatic()) {
            AccessRequest request = subject.request(event.grant().requestId());
            tell(
                    request,
                    "Granted",
                    requester -> List.of("Your access is active until "
                            + subject.clock(requester).moment(event.grant().expiresAt()) + "."),
                    "Use it");
        }
    }

    @EventListener
    void on(RevocationsOrdered event) {
        event.each().stream()
                .filter(ordered -> ordered.reason() == Reason.REVOKED)
                .forEach(this::tellRevoked);
    }

    private void tellRevoked(RevocationOrdered ordered) {
        AccessRequest request = subject.request(ordered.requestId());
        if (!ordered.actor().equals(request.requester())) {
            tell(
                    request,
                    "Revoked",
                    requester -> List.of(
                            "Your access was ended before its time"
                                    + (ordered.actor().equals("system")
                                            ? "."
                                            : " by " + people.nameOf(ordered.actor()) + "."),
                            ordered.note().isEmpty() ? "" : PlainText.quoted(ordered.note())),
                    "Open Drawbridge");
        }
    }

    @EventListener
    void on(AccessEndsSoon event) {
        AccessRequest request = subject.request(event.grant().requestId());
        if (!isAutomatic(request)) {
            tell(
                    request,
                    "Ends soon",
                    requester -> List.of(
                            "Your access ends on "
                                    + subject.clock(requester)
                                            .moment(event.grant().expiresAt())
                                    + "; its sessions are cut then.",
                            "If you need more time, ask for it before."),
                    "Ask for more time");
        }
    }

    @EventListener
    void on(AccessExtended event) {
        AccessRequest request = subject.request(event.extension());
        if (!isAutomatic(request)) {
            tell(
                    request,
                    "Extended",
                    requester -> List.of("Your access is active until "
                            + subject.clock(requester).moment(event.grant().expiresAt()) + " now."),
                    "Use it");
        }
    }

    private void tell(
            AccessRequest request, String what, Function<Directory.Person, List<String>> lines, String linkText) {
        tell(request, what, lines, "/", linkText);
    }

    private void tell(
            AccessRequest request,
            String what,
            Function<Directory.Person, List<String>> lines,
            String path,
            String linkText) {
        outbox.write(() -> subject.requester(request), () -> {
            String line = subject.line(what, request);
            return requester -> new Notice(request.id(), line, lines.apply(requester), path, linkText);
        });
    }

    /** Whether no human was asked: then nobody is written to either. */
    private boolean isAutomatic(AccessRequest request) {
        return verdicts.of(request.id())
                .filter(recorded -> recorded.verdict() instanceof Verdict.Allowed)
                .isPresent();
    }

    private String ending(AccessRequest request) {
        RequestView.EndingView ending = views.of(request.id()).ending();
        return ending == null ? "" : ending.sentence();
    }
}
