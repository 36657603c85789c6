package dev.drawbridge.approval;

import dev.drawbridge.guardrails.Level;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.People;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.request.RequestViews;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Hands one request over to a colleague, who answers it in the approver's place. */
@Component
class HandOver {
    private final HandedOvers handedOver;
    private final AccessRequests requests;
    private final RequestViews views;
    private final LevelClock levels;
    private final Approvals approvals;
    private final Eligibility eligibility;
    private final People people;
    private final AccessTasks tasks;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    HandOver(
            HandedOvers handedOver,
            AccessRequests requests,
            RequestViews views,
            LevelClock levels,
            Approvals approvals,
            Eligibility eligibility,
            People people,
            AccessTasks tasks,
            ApplicationEventPublisher events,
            Clock clock) {
        this.handedOver = handedOver;
        this.requests = requests;
        this.views = views;
        this.levels = levels;
        this.approvals = approvals;
        this.eligibility = eligibility;
        this.people = people;
        this.tasks = tasks;
        this.events = events;
        this.clock = clock;
    }

    /** Whom a person could hand it over to, in the order of their names: nobody who has been heard. */
    List<People.Named> colleagues(AccessRequest request, String person) {
        List<Approval> answers = approvals.of(request.id());
        return people.colleaguesOf(person).stream()
                .filter(other -> !other.id().equalsIgnoreCase(request.requester()))
                .filter(other -> !Approvals.hasBeenHeard(other.id(), answers))
                .toList();
    }

    /**
     * Refuses what waits for nobody, who may not answer themselves or has been heard, and anybody to hand it to but a
     * colleague of one of their groups who has not.
     */
    @Transactional
    public void give(AccessRequest request, String from, String to) {
        requests.lock(request.id());
        List<Approval> answers = approvals.of(request.id());
        int position = levels.open(request.id())
                .filter(open ->
                        views.require(request.requester(), request.id()).state().equals("PENDING_APPROVAL"))
                .orElseThrow(AccessProcesses::settled);
        Level level = levels.levels(request.id()).get(position);
        Approvals.requireUnheard(from, answers);
        if (!eligibility.mayApprove(from, level, position, request, clock.instant())) {
            throw Refusal.of(
                    Refusal.Kind.FORBIDDEN, "not-an-approver", "You are not among those who may decide on this.");
        }
        boolean colleague = !to.equals(from)
                && !to.equalsIgnoreCase(request.requester())
                && people.find(to)
                        .filter(found -> !Collections.disjoint(found.groups(), people.groupsOf(from)))
                        .isPresent();
        if (!colleague) {
            throw Refusal.ofField(
                    Refusal.Kind.UNPROCESSABLE,
                    "to",
                    "not-a-colleague",
                    "It can be handed over to a colleague of one of your groups, and never to the requester.");
        }
        if (Approvals.hasBeenHeard(to, answers)) {
            throw Refusal.ofField(
                    Refusal.Kind.UNPROCESSABLE,
                    "to",
                    "already-answered",
                    people.nameOf(to) + " has been heard on this request already; hand it to somebody else.");
        }
        if (handedOver.add(request.id(), position, from, to, clock.instant())) {
            tasks.addCandidate(request.processInstanceId(), ProcessNames.APPROVE_ACCESS, to);
            tasks.releaseClaimOf(from, request.processInstanceId(), ProcessNames.APPROVE_ACCESS);
            events.publishEvent(new HandedOver(request.id(), level.name(), from, to));
        }
    }
}
