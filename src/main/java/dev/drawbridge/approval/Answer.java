package dev.drawbridge.approval;

import dev.drawbridge.approval.Approval.Decision;
import dev.drawbridge.catalog.Offer;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.request.AccessRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Takes a person's word at the level that is open. */
@Component
public class Answer {
    private final TakeTurn turns;
    private final ApprovalCases cases;
    private final Narrowing narrowing;
    private final Offer offer;
    private final Directory people;
    private final ApplicationEventPublisher events;

    Answer(
            TakeTurn turns,
            ApprovalCases cases,
            Narrowing narrowing,
            Offer offer,
            Directory people,
            ApplicationEventPublisher events) {
        this.turns = turns;
        this.cases = cases;
        this.narrowing = narrowing;
        this.offer = offer;
        this.people = people;
        this.events = events;
    }

    /** What the level has come to with this answer. */
    public enum LevelOutcome {
        OPEN,
        ASKED,
        APPROVED,
        REJECTED
    }

    /** Puts it on record; refuses who may not answer, and what cannot be agreed to. */
    public LevelOutcome give(AccessRequest request, String person, Said said) {
        String words = said.words();
        Turn turn = turns.of(person, request);
        Decision decision = said.answer();
        Approval answer = new Approval(
                request.id(),
                turn.position(),
                person,
                decision,
                words,
                turn.at(),
                turn.principal(),
                decision == Decision.APPROVE ? agreed(turn, said) : null);
        List<String> others = turn.electorate().awaited(turn.position()).stream()
                .filter(other -> !other.equals(person))
                .toList();
        cases.add(answer);
        LevelOutcome outcome = outcome(turn, answer);
        events.publishEvent(new ApprovalGiven(answer, turn.level().name(), outcome != LevelOutcome.OPEN, others));
        return outcome;
    }

    /** To how much less the person agrees; none: to all. */
    private @Nullable Scope agreed(Turn turn, Said said) {
        requireAskable(turn.approval());
        turn.requireRoomForOthers();
        return narrowing.of(turn.approval(), said).orElse(null);
    }

    private static LevelOutcome outcome(Turn turn, Approval answer) {
        if (answer.decision() == Decision.REJECT) {
            return LevelOutcome.REJECTED;
        }
        return turn.approval().with(answer).approvals(turn.position())
                        >= turn.level().quorum()
                ? LevelOutcome.APPROVED
                : LevelOutcome.OPEN;
    }

    /** The requester may have left the groups that may have it. */
    private void requireAskable(ApprovalCase approval) {
        String entitlement = approval.scope().entitlement();
        offer.whyNot(entitlement).ifPresent(why -> {
            throw Refusal.of(Refusal.Kind.CONFLICT, "entitlement-not-offered", "This cannot be approved. " + why);
        });
        boolean askable = offer.find(entitlement)
                .filter(wanted -> !Collections.disjoint(
                        wanted.requesters(), people.groupsOf(approval.request().requester())))
                .isPresent();
        if (!askable) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "requester-not-eligible",
                    "The requester may not have this any more, so it cannot be approved.");
        }
    }
}
