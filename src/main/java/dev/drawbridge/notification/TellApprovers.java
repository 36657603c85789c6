package dev.drawbridge.notification;

import dev.drawbridge.approval.Approval;
import dev.drawbridge.approval.ApprovalEscalated;
import dev.drawbridge.approval.ApprovalGiven;
import dev.drawbridge.approval.ApproversChanged;
import dev.drawbridge.approval.ApproversReminded;
import dev.drawbridge.approval.HandedBack;
import dev.drawbridge.approval.HandedOver;
import dev.drawbridge.approval.LevelOpened;
import dev.drawbridge.approval.Question;
import dev.drawbridge.approval.QuestionAnswered;
import dev.drawbridge.approval.QuestionLapsed;
import dev.drawbridge.approval.Waiting;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.InWords;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the people who are asked for an answer, and tells them how it ended. */
@Component
class TellApprovers {
    private final Subject subject;
    private final Waiting waiting;
    private final Directory people;
    private final Outbox outbox;

    TellApprovers(Subject subject, Waiting waiting, Directory people, Outbox outbox) {
        this.subject = subject;
        this.waiting = waiting;
        this.people = people;
        this.outbox = outbox;
    }

    @EventListener
    void on(LevelOpened event) {
        AccessRequest request = subject.request(event.requestId());
        ask(
                () -> waiting.candidates(request),
                request,
                "Your answer is needed",
                "Level " + InWords.level(event.levelName()) + " waits for you.");
    }

    @EventListener
    void on(ApproversReminded event) {
        AccessRequest request = subject.request(event.requestId());
        ask(
                () -> waiting.candidates(request),
                request,
                "Reminder",
                "Level " + InWords.level(event.levelName()) + " still waits for you.");
    }

    @EventListener
    void on(ApprovalEscalated event) {
        AccessRequest request = subject.request(event.escalation().requestId());
        ask(
                event::added,
                request,
                "You may answer as well",
                "Level " + InWords.level(event.levelName()) + " has waited for long, so you are asked too.");
    }

    @EventListener
    void on(ApproversChanged event) {
        AccessRequest request = subject.request(event.requestId());
        ask(
                event::added,
                request,
                "Your answer is needed",
                "Level " + InWords.level(event.levelName())
                        + " waits for you now, since whom it waited for is not there, or is another.");
    }

    @EventListener
    void on(HandedOver event) {
        AccessRequest request = subject.request(event.requestId());
        ask(
                () -> List.of(event.to()),
                request,
                "Handed over to you",
                people.nameOf(event.from()) + " asks you to answer in their place.");
    }

    @EventListener
    void on(HandedBack event) {
        AccessRequest request = subject.request(event.requestId());
        String by = people.nameOf(event.by());
        if (event.taken()) {
            outbox.write(() -> List.of(event.from()), () -> {
                String line = subject.line("Taken back", request);
                List<String> lines = List.of(by + " answers it after all; you are asked no more in their place.");
                return reader -> new Notice(request.id(), line, lines, null, "");
            });
        } else {
            ask(() -> List.of(event.to()), request, "Handed back to you", by + " leaves the answer to you.");
        }
    }

    @EventListener
    void on(QuestionLapsed event) {
        Question question = event.question();
        AccessRequest request = subject.request(question.requestId());
        outbox.write(() -> List.of(question.askedBy()), () -> {
            String line = subject.line("No answer came", request);
            List<String> lines = List.of(PlainText.quoted(question.text()), "It waits for the approvers again.");
            return reader -> new Notice(request.id(), line, lines, Subject.task(request), "Answer it");
        });
    }

    @EventListener
    void on(QuestionAnswered event) {
        Question question = event.question();
        String answer = Objects.requireNonNull(question.answer());
        AccessRequest request = subject.request(question.requestId());
        outbox.write(() -> List.of(question.askedBy()), () -> {
            String line = subject.line("Your question is answered", request);
            List<String> lines = List.of(PlainText.quoted(question.text()), PlainText.quoted(answer));
            return reader -> new Notice(request.id(), line, lines, Subject.task(request), "Answer it");
        });
    }

    @EventListener
    void on(ApprovalGiven event) {
        if (!event.levelIsOver()) {
            return;
        }
        AccessRequest request = subject.request(event.approval().requestId());
        String decision = event.approval().decision() == Approval.Decision.APPROVE ? "approved" : "refused";
        outbox.write(event::othersAsked, () -> {
            String line = subject.line("Taken care of", request);
            List<String> lines = List.of(people.nameOf(event.approval().approver()) + " " + decision
                    + " this; nothing is left for you to do.");
            return reader -> new Notice(request.id(), line, lines, null, "");
        });
    }

    private void ask(Supplier<Collection<String>> whom, AccessRequest request, String what, String news) {
        outbox.write(whom, () -> {
            String line = subject.line(what, request);
            Function<Directory.Person, List<String>> told = subject.told(request, news);
            return reader -> new Notice(request.id(), line, told.apply(reader), Subject.task(request), "Answer it");
        });
    }
}
