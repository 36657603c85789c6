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
import dev.drawbridge.approval.Waiting;
import dev.drawbridge.process.People;
import dev.drawbridge.request.AccessRequest;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Who is asked for an answer hears of it, and of what becomes of it. */
@Component
class TellApprovers {
    private final Subject subject;
    private final Waiting waiting;
    private final People people;
    private final Outbox outbox;

    TellApprovers(Subject subject, Waiting waiting, People people, Outbox outbox) {
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
                "Level " + event.levelName() + " waits for you.");
    }

    @EventListener
    void on(ApproversReminded event) {
        AccessRequest request = subject.request(event.requestId());
        ask(
                () -> waiting.candidates(request),
                request,
                "Reminder",
                "Level " + event.levelName() + " still waits for you.");
    }

    @EventListener
    void on(ApprovalEscalated event) {
        AccessRequest request = subject.request(event.escalation().requestId());
        ask(
                () -> event.escalation().groups().stream()
                        .flatMap(group -> people.membersOf(group).stream())
                        .filter(person -> !person.equals(request.requester()))
                        .toList(),
                request,
                "You may answer as well",
                "Level " + event.levelName() + " has waited for long, so you are asked too.");
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
    void on(QuestionLapsed event) {
        Question question = event.question();
        AccessRequest request = subject.request(question.requestId());
        outbox.write(
                () -> List.of(question.askedBy()),
                reader -> new Notice(
                        request.id(),
                        subject.line("No answer came", request),
                        List.of("“" + question.text() + "”", "It waits for the approvers again."),
                        task(request),
                        "Answer it"));
    }

    @EventListener
    void on(QuestionAsked event) {
        Question question = event.question();
        if (question.answer() == null) {
            return;
        }
        AccessRequest request = subject.request(question.requestId());
        outbox.write(
                () -> List.of(question.askedBy()),
                reader -> new Notice(
                        request.id(),
                        subject.line("Your question is answered", request),
                        List.of("“" + question.text() + "”", "“" + question.answer() + "”"),
                        task(request),
                        "Answer it"));
    }

    @EventListener
    void on(ApprovalGiven event) {
        if (!event.levelIsOver()) {
            return;
        }
        AccessRequest request = subject.request(event.approval().requestId());
        String decision = event.approval().decision() == Approval.Decision.APPROVE ? "approved" : "refused";
        outbox.write(
                event::othersAsked,
                reader -> new Notice(
                        request.id(),
                        subject.line("Taken care of", request),
                        List.of(people.nameOf(event.approval().approver()) + " " + decision
                                + " this; nothing is left for you to do."),
                        null,
                        ""));
    }

    private void ask(Supplier<Collection<String>> whom, AccessRequest request, String what, String news) {
        outbox.write(
                whom,
                reader -> new Notice(
                        request.id(),
                        subject.line(what, request),
                        subject.told(request, news, reader),
                        task(request),
                        "Answer it"));
    }

    /** Not the task itself: with each answer the engine makes another one. */
    private static String task(AccessRequest request) {
        return "/requests/" + request.id() + "/task";
    }
}
