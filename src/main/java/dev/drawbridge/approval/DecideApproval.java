package dev.drawbridge.approval;

import static dev.drawbridge.platform.Refusal.Kind.CONFLICT;
import static dev.drawbridge.platform.Refusal.Kind.FORBIDDEN;
import static dev.drawbridge.platform.Refusal.Kind.INVALID;
import static dev.drawbridge.platform.Refusal.Kind.UNPROCESSABLE;

import dev.drawbridge.approval.Approval.Decision;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.platform.PlainText;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.People;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Takes a person's answer at the level that is open, by the facts and not by what a form claims. */
@Component
class DecideApproval {
    private static final int MOST_QUESTIONS = 3;

    private final AccessRequests requests;
    private final LevelClock levels;
    private final AnswerBy answerBy;
    private final Approvals approvals;
    private final Eligibility eligibility;
    private final Candidates candidates;
    private final RoomForOthers room;
    private final Narrowing narrowing;
    private final Catalog catalog;
    private final People people;
    private final Questions questions;
    private final CloseQuestion closing;
    private final RequestEnds ends;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    DecideApproval(
            AccessRequests requests,
            LevelClock levels,
            AnswerBy answerBy,
            Approvals approvals,
            Eligibility eligibility,
            Candidates candidates,
            RoomForOthers room,
            Narrowing narrowing,
            Catalog catalog,
            People people,
            Questions questions,
            CloseQuestion closing,
            RequestEnds ends,
            ApplicationEventPublisher events,
            Clock clock) {
        this.requests = requests;
        this.levels = levels;
        this.answerBy = answerBy;
        this.approvals = approvals;
        this.eligibility = eligibility;
        this.candidates = candidates;
        this.room = room;
        this.narrowing = narrowing;
        this.catalog = catalog;
        this.people = people;
        this.questions = questions;
        this.closing = closing;
        this.ends = ends;
        this.events = events;
        this.clock = clock;
    }

    /** What the level has come to with this answer. */
    enum LevelOutcome {
        OPEN,
        ASKED,
        APPROVED,
        REJECTED
    }

    /**
     * What a form or a call sent, not yet checked.
     *
     * @param decision {@code approve}, {@code reject} or {@code ask}
     * @param duration to approve for less time, ISO-8601
     * @param entitlement to approve a lesser entitlement of the same resource
     */
    record Answer(
            @Nullable String decision,
            @Nullable String comment,
            @Nullable String duration,
            @Nullable String entitlement) {}

    LevelOutcome decide(AccessRequest request, String person, Answer answer) {
        requests.lock(request.id());
        if (!ends.isUndecided(request.id())) {
            // A process may go on, and ask, after the request has ended.
            throw AccessProcesses.settled();
        }
        String comment = comment(answer);
        List<Level> chain = levels.levels(request.id());
        List<Approval> answers = approvals.of(request.id());
        int position = Approvals.openLevel(chain, answers)
                .orElseThrow(() -> Refusal.of(CONFLICT, "already-settled", "This has already been decided."));
        Level level = chain.get(position);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!now.isBefore(levels.deadline(request.id(), position))) {
            // The timer that says so may be late.
            throw Refusal.of(CONFLICT, "deadline-passed", "The time to answer this is over.");
        }
        Optional<String> principal = capacity(request, person, level, position, answers, now);
        closing.requireNone(request.id());
        if ("ask".equals(answer.decision())) {
            requireRoomToAsk(request, position);
            Question question =
                    new Question(UUID.randomUUID(), request.id(), position, person, comment, now, null, null, false);
            questions.ask(question);
            events.publishEvent(new QuestionAsked(question, level.name(), answerBy.ofQuestion(request, position)));
            return LevelOutcome.ASKED;
        }
        Decision decision = decision(answer.decision());
        if (decision == Decision.APPROVE) {
            requireAskable(request, Approvals.scope(request, answers));
            Set<String> gone = new HashSet<>(Set.of(person));
            principal.ifPresent(gone::add);
            room.require(request, chain, position, answers, gone);
        }
        Approval approval = new Approval(
                request.id(),
                position,
                person,
                decision,
                comment,
                now,
                principal.orElse(null),
                decision == Decision.REJECT
                        ? null
                        : narrowing
                                .of(request, Approvals.scope(request, answers), answer)
                                .orElse(null));
        List<String> asked = candidates.awaited(request, level, position, answers).stream()
                .filter(other -> !other.equals(person))
                .toList();
        approvals.add(approval);
        boolean met = Approvals.approvers(approvals.of(request.id()), position).size() >= level.quorum();
        LevelOutcome outcome =
                decision == Decision.REJECT ? LevelOutcome.REJECTED : met ? LevelOutcome.APPROVED : LevelOutcome.OPEN;
        events.publishEvent(new ApprovalGiven(approval, level.name(), outcome != LevelOutcome.OPEN, asked));
        return outcome;
    }

    /** While the requester is asked, the clock stands still and nobody else can answer. */
    private void requireRoomToAsk(AccessRequest request, int position) {
        long asked = questions.of(request.id()).stream()
                .filter(question -> question.level() == position)
                .count();
        if (asked >= MOST_QUESTIONS) {
            throw Refusal.of(
                    CONFLICT,
                    "asked-enough",
                    "The requester has been asked " + MOST_QUESTIONS
                            + " times at this level; decide with what is known.");
        }
    }

    /** The requester may have left the groups that may have it. */
    private void requireAskable(AccessRequest request, Scope scope) {
        boolean askable = catalog.find(scope.entitlement())
                .filter(wanted -> !Collections.disjoint(wanted.requesters(), people.groupsOf(request.requester())))
                .isPresent();
        if (!askable) {
            throw Refusal.of(
                    CONFLICT,
                    "requester-not-eligible",
                    "The requester may not have this any more, so it cannot be approved.");
        }
    }

    /** In whose place this person answers; none: in their own. Refuses who may not, and who has been heard already. */
    private Optional<String> capacity(
            AccessRequest request, String person, Level level, int position, List<Approval> answers, Instant now) {
        if (person.equalsIgnoreCase(request.requester())) {
            throw Refusal.of(FORBIDDEN, "self-approval", "Nobody decides on their own request.");
        }
        Approvals.requireUnheard(person, answers);
        if (eligibility.mayApprove(person, level, position, request, now)) {
            return Optional.empty();
        }
        return Optional.of(eligibility
                .inPlaceOf(person, level, position, request, now)
                .filter(principal -> !Approvals.hasBeenHeard(principal, answers))
                .findFirst()
                .orElseThrow(() -> Refusal.of(
                        FORBIDDEN,
                        "not-an-approver",
                        "You are not among those who may decide on this request at level '" + level.name() + "'.")));
    }

    private static Decision decision(@Nullable String answer) {
        if ("approve".equals(answer)) {
            return Decision.APPROVE;
        }
        if ("reject".equals(answer)) {
            return Decision.REJECT;
        }
        throw Refusal.ofField(
                INVALID,
                "decision",
                "invalid-decision",
                "Say whether you approve, reject or ask back: 'approve', 'reject' or 'ask'.");
    }

    private static String comment(Answer answer) {
        String comment = answer.comment() == null || PlainText.looksEmpty(answer.comment()) ? "" : answer.comment();
        if ("reject".equals(answer.decision()) && comment.isEmpty()) {
            throw Refusal.ofField(
                    UNPROCESSABLE, "comment", "missing-comment", "Say why you reject it; the requester reads this.");
        }
        if ("ask".equals(answer.decision()) && comment.isEmpty()) {
            throw Refusal.ofField(
                    UNPROCESSABLE, "comment", "missing-comment", "Write what you want to know from the requester.");
        }
        return PlainText.checked("comment", comment);
    }
}
