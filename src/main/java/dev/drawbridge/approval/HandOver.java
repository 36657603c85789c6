package dev.drawbridge.approval;

import dev.drawbridge.guardrails.Level;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.People;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
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
            LevelClock levels,
            Approvals approvals,
            Eligibility eligibility,
            People people,
            AccessTasks tasks,
            ApplicationEventPublisher events,
            Clock clock) {
        this.handedOver = handedOver;
        this.requests = requests;
        this.levels = levels;
        this.approvals = approvals;
        this.eligibility = eligibility;
        this.people = people;
        this.tasks = tasks;
        this.events = events;
        this.clock = clock;
    }

    /** Whom a person could hand it over to, in the order of their names. */
    List<People.Named> colleagues(AccessRequest request, String person) {
        return people.colleaguesOf(person).stream()
                .filter(other -> !other.id().equalsIgnoreCase(request.requester()))
                .toList();
    }

    /** Refuses who may not answer themselves, and anybody to hand it to but a colleague of one of their groups. */
    @Transactional
    public void give(AccessRequest request, String from, String to) {
        requests.lock(request.id());
        List<Level> chain = levels.levels(request.id());
        int position = Approvals.openLevel(chain, approvals.of(request.id()))
                .orElseThrow(
                        () -> Refusal.of(Refusal.Kind.CONFLICT, "already-settled", "This has already been decided."));
        if (!eligibility.mayApprove(from, chain.get(position), position, request, clock.instant())) {
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
        handedOver.add(request.id(), position, from, to, clock.instant());
        tasks.addCandidate(request.processInstanceId(), ProcessNames.APPROVE_ACCESS, to);
        tasks.release(request.processInstanceId(), ProcessNames.APPROVE_ACCESS);
        events.publishEvent(new HandedOver(request.id(), chain.get(position).name(), from, to));
    }
}
