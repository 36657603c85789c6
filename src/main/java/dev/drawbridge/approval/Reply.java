package dev.drawbridge.approval;

import dev.drawbridge.platform.PlainText;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Takes what the requester replies to an approver's question: the level's clock runs again. */
@Component
public class Reply {
    private final AccessRequests requests;
    private final ApprovalCases cases;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Reply(AccessRequests requests, ApprovalCases cases, ApplicationEventPublisher events, Clock clock) {
        this.requests = requests;
        this.cases = cases;
        this.events = events;
        this.clock = clock;
    }

    /** Puts it on record; refuses anybody but the requester, no words, and a question that waits no more. */
    public void give(AccessRequest request, String person, String text) {
        if (!requests.isBy(person, request)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "not-your-request", "Only who asked for access can answer.");
        }
        if (PlainText.looksEmpty(text)) {
            throw Refusal.ofField(Refusal.Kind.INVALID, "answer", "missing-answer", "Write an answer.");
        }
        String words = PlainText.checked("answer", text);
        ApprovalCase approval = cases.lock(request.id());
        if (approval.settled()) {
            throw AccessProcesses.settled();
        }
        Question question = approval.openQuestion().orElseThrow(AccessProcesses::settled);
        Question answered = question.answered(words, clock.instant());
        cases.answer(answered);
        events.publishEvent(new QuestionAnswered(
                answered, person, approval.level(question.level()).name()));
    }
}
