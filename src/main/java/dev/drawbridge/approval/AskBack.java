package dev.drawbridge.approval;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.request.AccessRequest;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Asks the requester something before an approver answers: the level's clock stands still until they have said it. */
@Component
public class AskBack {
    private static final int MOST_QUESTIONS = 3;

    private final TakeTurn turns;
    private final ApprovalCases cases;
    private final AnswerBy answerBy;
    private final ApplicationEventPublisher events;

    AskBack(TakeTurn turns, ApprovalCases cases, AnswerBy answerBy, ApplicationEventPublisher events) {
        this.turns = turns;
        this.cases = cases;
        this.answerBy = answerBy;
        this.events = events;
    }

    /** Puts the question on record; refuses who may not answer, and one too many. */
    public void ask(AccessRequest request, String person, Said said) {
        String words = said.words();
        Turn turn = turns.of(person, request);
        requireRoomToAsk(turn);
        Question question = new Question(
                UUID.randomUUID(), request.id(), turn.position(), person, words, turn.at(), null, null, false);
        cases.ask(question);
        events.publishEvent(new QuestionAsked(
                question, turn.level().name(), answerBy.ofQuestion(turn.approval(), turn.position())));
    }

    /** While the requester is asked, the clock stands still and nobody else can answer. */
    private static void requireRoomToAsk(Turn turn) {
        if (turn.approval().questionsAt(turn.position()).size() >= MOST_QUESTIONS) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "asked-enough",
                    "The requester has been asked " + MOST_QUESTIONS
                            + " times at this level; decide with what is known.");
        }
    }
}
