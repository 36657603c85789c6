package dev.drawbridge.approval;

import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.guardrails.AccessHeld;
import dev.drawbridge.guardrails.HeldAccess;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.People;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.RequestView;
import dev.drawbridge.request.RequestViews;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a request waits for, what happens next and when: for the requester who waits, and for who is to answer. */
@Component
public class Waiting {
    private final RequestViews views;
    private final LevelClock levels;
    private final Approvals approvals;
    private final Escalations escalations;
    private final Candidates candidates;
    private final Questions questions;
    private final Narrowing narrowing;
    private final Eligibility eligibility;
    private final AccessTasks tasks;
    private final Catalog catalog;
    private final AccessHeld held;
    private final People people;
    private final AnswerBy answerBy;
    private final Clock clock;

    Waiting(
            RequestViews views,
            LevelClock levels,
            Approvals approvals,
            Escalations escalations,
            Candidates candidates,
            Questions questions,
            Narrowing narrowing,
            Eligibility eligibility,
            AccessTasks tasks,
            Catalog catalog,
            AccessHeld held,
            People people,
            AnswerBy answerBy,
            Clock clock) {
        this.views = views;
        this.levels = levels;
        this.approvals = approvals;
        this.escalations = escalations;
        this.candidates = candidates;
        this.questions = questions;
        this.narrowing = narrowing;
        this.eligibility = eligibility;
        this.tasks = tasks;
        this.catalog = catalog;
        this.held = held;
        this.people = people;
        this.answerBy = answerBy;
        this.clock = clock;
    }

    /**
     * The level that is open.
     *
     * @param position counts from 1, of {@code levels}
     * @param waitsFor the names of those who may answer and have not: in place of who handed it over, whom they handed it to
     * @param escalatesTo the names of the groups that may answer as well then
     * @param awaitsAnswer whether the requester has been asked something: then the clock stands still
     * @param answerDueAt until when the requester can answer; none where they have not been asked
     * @param claimedBy the name of who has claimed the task; none where nobody has
     */
    public record OpenLevel(
            String name,
            int position,
            int levels,
            Instant since,
            List<String> waitsFor,
            int quorum,
            int approved,
            boolean awaitsAnswer,
            @Nullable Instant answerDueAt,
            @Nullable String claimedBy,
            @Nullable Instant reminderAt,
            @Nullable Instant escalatesAt,
            List<String> escalatesTo,
            Instant deadlineAt) {}

    /** What access that is held would come to with more time. */
    public record MoreTime(Duration inAll, Instant until) {}

    /** A lesser entitlement. */
    public record Lesser(String id, String name) {}

    /**
     * Everything around the approval of a request.
     *
     * @param open none where it waits for nobody
     * @param entitlement what would be given by now, with its name
     * @param moreTime none where it asks for access of its own
     * @param holds what the requester holds already, by name
     * @param names what people call whoever has a part in it, by account
     */
    public record Around(
            @Nullable OpenLevel open,
            String entitlement,
            String entitlementName,
            Duration duration,
            @Nullable MoreTime moreTime,
            List<Lesser> narrower,
            List<Question> thread,
            List<String> holds,
            Map<String, String> names) {}

    public Around of(AccessRequest request) {
        List<Approval> answers = approvals.of(request.id());
        List<Question> thread = questions.of(request.id());
        Scope scope = Approvals.scope(request, answers);
        return new Around(
                open(request).orElse(null),
                scope.entitlement(),
                name(scope.entitlement()),
                scope.duration(),
                moreTime(request, scope).orElse(null),
                narrowing.lesserThan(request, scope.entitlement()).stream()
                        .map(lesser -> new Lesser(lesser.id(), lesser.name()))
                        .toList(),
                thread,
                held.heldBy(request.requester()).stream()
                        .map(HeldAccess::entitlement)
                        .map(this::name)
                        .distinct()
                        .toList(),
                names(request, answers, thread));
    }

    private Map<String, String> names(AccessRequest request, List<Approval> answers, List<Question> thread) {
        return Stream.of(
                        Stream.of(request.requester()),
                        answers.stream().map(Approval::approver),
                        answers.stream().map(Approval::forPerson).filter(Objects::nonNull),
                        thread.stream().map(Question::askedBy))
                .flatMap(Function.identity())
                .distinct()
                .collect(Collectors.toMap(Function.identity(), people::nameOf));
    }

    private Optional<MoreTime> moreTime(AccessRequest request, Scope scope) {
        return answerBy.held(request)
                .map(access -> new MoreTime(
                        access.total().plus(scope.duration()),
                        access.expiresAt().plus(scope.duration())));
    }

    /**
     * The least that tells somebody who is to answer what it is about.
     *
     * @param title what would be given by now, as people call it
     * @param claimedBy the account that has claimed the task
     */
    public record Brief(String title, Duration duration, Instant deadlineAt, Optional<String> claimedBy) {}

    /** What a person is asked; none where their answer is not wanted now: by whom it is claimed does not matter. */
    public Optional<Brief> askedOf(String person, AccessRequest request) {
        List<Approval> answers = approvals.of(request.id());
        List<Level> chain = levels.levels(request.id());
        return Approvals.openLevel(chain, answers)
                .filter(position -> !Approvals.hasBeenHeard(person, answers)
                        && eligibility.mayAnswer(person, chain.get(position), position, request, clock.instant())
                        && tasks.openTask(request.processInstanceId(), ProcessNames.APPROVE_ACCESS)
                                .isPresent())
                .map(position -> new Brief(
                        title(request),
                        Approvals.scope(request, answers).duration(),
                        answerBy.ofLevel(request, position),
                        tasks.claimedBy(request.processInstanceId(), ProcessNames.APPROVE_ACCESS)));
    }

    /** What people call what is asked for, as far as it has been narrowed: {@code Orders, masked, more time}. */
    public String title(AccessRequest request) {
        return RequestView.title(
                name(Approvals.scope(request, approvals.of(request.id())).entitlement()), request.extending());
    }

    /** The ids of those who may answer now, in whichever capacity; empty where it waits for nobody. */
    public Collection<String> candidates(AccessRequest request) {
        List<Approval> answers = approvals.of(request.id());
        List<Level> chain = levels.levels(request.id());
        return Approvals.openLevel(chain, answers)
                .<Collection<String>>map(position -> candidates.all(request, chain.get(position), position, answers))
                .orElse(List.of());
    }

    /** The level that is open; none where the request waits for nobody. */
    public Optional<OpenLevel> open(AccessRequest request) {
        UUID id = request.id();
        RequestView seen = views.require(request.requester(), id);
        List<Approval> answers = approvals.of(id);
        List<Level> chain = levels.levels(id);
        return Approvals.openLevel(chain, answers)
                .filter(position -> seen.state().equals("PENDING_APPROVAL"))
                .map(position -> level(request, chain, answers, position));
    }

    private OpenLevel level(AccessRequest request, List<Level> chain, List<Approval> answers, int position) {
        UUID id = request.id();
        Level level = chain.get(position);
        int tiers = escalations.of(id, position).size();
        return new OpenLevel(
                level.name(),
                position + 1,
                chain.size(),
                levels.began(id, position),
                people.namesOf(candidates.awaited(request, level, position, answers)),
                level.quorum(),
                Approvals.approvers(answers, position).size(),
                levels.isPaused(id),
                levels.isPaused(id) ? answerBy.ofQuestion(request, position) : null,
                tasks.claimedBy(request.processInstanceId(), ProcessNames.APPROVE_ACCESS)
                        .map(people::nameOf)
                        .orElse(null),
                levels.nextReminder(id, position).orElse(null),
                levels.nextTier(id, position).orElse(null),
                level.escalations().stream()
                        .skip(tiers)
                        .limit(1)
                        .flatMap(tier -> tier.groups().stream())
                        .map(people::nameOfGroup)
                        .toList(),
                answerBy.ofLevel(request, position));
    }

    private String name(String entitlement) {
        return catalog.find(entitlement).map(Entitlement::name).orElse(entitlement);
    }
}
