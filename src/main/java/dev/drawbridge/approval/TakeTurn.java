package dev.drawbridge.approval;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.request.AccessRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Lets one person at a time answer a request; and lets a level go on whose requester did not answer a question in time. */
@Component
public class TakeTurn {
    private final ApprovalCases cases;
    private final Electorates electorates;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    TakeTurn(ApprovalCases cases, Electorates electorates, ApplicationEventPublisher events, Clock clock) {
        this.cases = cases;
        this.electorates = electorates;
        this.events = events;
        this.clock = clock;
    }

    /** The person's turn, by the facts and not by what a form claims; see {@link Turn#of} for who is refused. */
    Turn of(String person, AccessRequest request) {
        ApprovalCase approval = locked(request.id());
        Turn turn = Turn.of(person, approval, electorates.now(approval), cases.times(approval));
        requireNoQuestion(approval);
        return turn;
    }

    /**
     * The case, locked. By the facts: once the time for an answer is over, no process that has taken the requester's task
     * away, or still waits for them, keeps anybody from going on.
     */
    public ApprovalCase locked(UUID requestId) {
        return goingOn(cases.lock(requestId));
    }

    /** As {@link #locked}; none where somebody acts on it at this moment. */
    public Optional<ApprovalCase> lockedUnlessBusy(UUID requestId) {
        return cases.lockUnlessBusy(requestId).map(this::goingOn);
    }

    private ApprovalCase goingOn(ApprovalCase approval) {
        return approval.openQuestion()
                .filter(question ->
                        !clock.instant().isBefore(cases.times(approval).answerDue(question.level())))
                .map(question -> {
                    cases.lapse(question, clock.instant());
                    events.publishEvent(new QuestionLapsed(
                            question, approval.level(question.level()).name()));
                    return cases.load(approval.id());
                })
                .orElse(approval);
    }

    /** Refuses while the requester is asked something. */
    public static void requireNoQuestion(ApprovalCase approval) {
        if (approval.openQuestion().isPresent()) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT, "awaiting-answer", "The requester has been asked something; wait for that.");
        }
    }
}
