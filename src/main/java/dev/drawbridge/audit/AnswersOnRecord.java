package dev.drawbridge.audit;

import dev.drawbridge.approval.Approval;
import dev.drawbridge.approval.ApprovalEscalated;
import dev.drawbridge.approval.ApprovalGiven;
import dev.drawbridge.approval.ApproversChanged;
import dev.drawbridge.approval.ApproversReminded;
import dev.drawbridge.approval.HandedBack;
import dev.drawbridge.approval.HandedOver;
import dev.drawbridge.approval.Question;
import dev.drawbridge.approval.QuestionAnswered;
import dev.drawbridge.approval.QuestionAsked;
import dev.drawbridge.approval.QuestionLapsed;
import dev.drawbridge.approval.Scope;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.request.InWords;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What approvers said, what they asked back, to whom they handed it over, and what time has done. */
@Component
class AnswersOnRecord {
    private final Entries entries;
    private final Names names;

    AnswersOnRecord(Entries entries, Names names) {
        this.entries = entries;
        this.names = names;
    }

    @EventListener
    void on(ApprovalGiven event) {
        Approval approval = event.approval();
        boolean approved = approval.decision() == Approval.Decision.APPROVE;
        String inPlace = approval.forPerson() == null ? "" : " in place of " + names.who(approval.forPerson());
        Scope narrowed = approval.narrowedTo();
        String less = narrowed == null
                ? ""
                : ", but only " + names.what(narrowed.entitlement()) + " for " + InWords.length(narrowed.duration());
        String comment = approval.comment().isEmpty() ? "." : ": " + PlainText.quoted(approval.comment());
        entries.add(new Entry(
                approval.approver(),
                approved ? "approved" : "rejected",
                approval.requestId(),
                names.who(approval.approver())
                        + (approved ? " approved" : " refused")
                        + Names.at(event.levelName())
                        + inPlace
                        + less
                        + comment,
                Map.of("level", event.levelName())));
    }

    @EventListener
    void on(QuestionAsked event) {
        Question question = event.question();
        entries.add(new Entry(
                question.askedBy(),
                "question-asked",
                question.requestId(),
                names.who(question.askedBy()) + " asked back" + Names.at(event.levelName()) + ": "
                        + PlainText.quoted(question.text())
                        + " Until the answer is in, the level's clock stands still.",
                Map.of("level", event.levelName())));
    }

    @EventListener
    void on(QuestionAnswered event) {
        Question question = event.question();
        entries.add(new Entry(
                event.answeredBy(),
                "question-answered",
                question.requestId(),
                names.who(event.answeredBy()) + " answered " + names.who(question.askedBy()) + ": "
                        + PlainText.quoted(Objects.toString(question.answer(), "")),
                Map.of("level", event.levelName())));
    }

    @EventListener
    void on(QuestionLapsed event) {
        entries.add(new Entry(
                "system",
                "question-lapsed",
                event.question().requestId(),
                "The requester did not answer " + names.who(event.question().askedBy()) + " in time; level "
                        + InWords.level(event.levelName()) + " goes on without it.",
                Map.of("level", event.levelName())));
    }

    @EventListener
    void on(HandedOver event) {
        entries.add(new Entry(
                event.from(),
                "handed-over",
                event.requestId(),
                names.who(event.from()) + " handed it over to " + names.who(event.to()) + Names.at(event.levelName())
                        + ".",
                Map.of("level", event.levelName(), "to", event.to())));
    }

    @EventListener
    void on(HandedBack event) {
        entries.add(new Entry(
                event.by(),
                "handed-back",
                event.requestId(),
                (event.taken()
                                ? names.who(event.to()) + " took it back from " + names.who(event.from())
                                : names.who(event.from()) + " handed it back to " + names.who(event.to()))
                        + Names.at(event.levelName()) + ".",
                Map.of("level", event.levelName(), "from", event.from(), "to", event.to())));
    }

    @EventListener
    void on(ApproversReminded event) {
        entries.add(new Entry(
                "system",
                "approvers-reminded",
                event.requestId(),
                "Level " + InWords.level(event.levelName()) + " still waits; its approvers were reminded ("
                        + event.number() + ").",
                Map.of("level", event.levelName())));
    }

    @EventListener
    void on(ApprovalEscalated event) {
        entries.add(new Entry(
                "system",
                "approval-escalated",
                event.escalation().requestId(),
                "Level " + InWords.level(event.levelName()) + " has waited for long; "
                        + names.groups(event.escalation().groups()) + " may answer as well.",
                Map.of("level", event.levelName(), "groups", event.escalation().groups())));
    }

    @EventListener
    void on(ApproversChanged event) {
        String level = InWords.level(event.levelName());
        entries.add(new Entry(
                "system",
                "approvers-changed",
                event.requestId(),
                event.groups().isEmpty()
                        ? names.inOrder(event.added()) + " is asked at level " + level + " now."
                        : "Nobody is there any more whom level " + level + " names; " + names.groups(event.groups())
                                + " may answer.",
                Map.of("level", event.levelName(), "groups", event.groups(), "added", event.added())));
    }
}
