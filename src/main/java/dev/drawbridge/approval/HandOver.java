package dev.drawbridge.approval;

import dev.drawbridge.approval.HandOverOffer.Open;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.People;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import dev.drawbridge.request.RequestViews;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Hands one request over to somebody who may stand in, and answers it in the approver's place. One hop: what was handed to
 * somebody goes back to whose it is, and to nobody else.
 */
@Component
class HandOver {
    private final HandedOvers handedOvers;
    private final HandOverOffer offer;
    private final AccessRequests requests;
    private final RequestViews views;
    private final LevelClock levels;
    private final Approvals approvals;
    private final ApprovalTasks tasks;
    private final People people;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    HandOver(
            HandedOvers handedOvers,
            HandOverOffer offer,
            AccessRequests requests,
            RequestViews views,
            LevelClock levels,
            Approvals approvals,
            ApprovalTasks tasks,
            People people,
            ApplicationEventPublisher events,
            Clock clock) {
        this.handedOvers = handedOvers;
        this.offer = offer;
        this.requests = requests;
        this.views = views;
        this.levels = levels;
        this.approvals = approvals;
        this.tasks = tasks;
        this.people = people;
        this.events = events;
        this.clock = clock;
    }

    /** Somebody to whom it can be given; {@code back}: it is theirs, and was handed to who asks. */
    record Colleague(String id, String name, boolean back) {}

    /** Whom a person could hand it over to, or back to, in the order of their names. */
    List<Colleague> colleagues(AccessRequest request, String person) {
        return open(request)
                .map(open -> {
                    Set<String> back = givers(open, person);
                    Set<String> all = new TreeSet<>(offer.to(open, person));
                    all.addAll(back);
                    return people.named(all).stream()
                            .map(one -> new Colleague(one.id(), one.name(), back.contains(one.id())))
                            .toList();
                })
                .orElse(List.of());
    }

    private Set<String> givers(Open open, String person) {
        return offer.back(open, person).stream().map(HandedOvers.Passed::from).collect(Collectors.toSet());
    }

    private Optional<Open> open(AccessRequest request) {
        List<Approval> answers = approvals.of(request.id());
        return levels.open(request.id())
                .filter(position -> views.of(request.id()).state().equals("PENDING_APPROVAL"))
                .map(position -> new Open(request, levels.levels(request.id()), position, answers));
    }

    /**
     * Hands it over, or back to whom it is from. Refuses what waits for nobody, who has no answer to give, and anybody to
     * hand it to but those who may stand in. Whoever passes it on passes on their own answer alone: the others' go back.
     */
    @Transactional
    public void give(AccessRequest request, String from, String to) {
        requests.lock(request.id());
        Open open = open(request).orElseThrow(AccessProcesses::settled);
        Approvals.requireUnheard(from, open.answers());
        if (givers(open, from).contains(to)) {
            back(
                    open,
                    from,
                    offer.back(open, from).stream()
                            .filter(passed -> passed.from().equals(to))
                            .toList());
        } else {
            offer.require(open, from, to);
            back(open, from, offer.back(open, from));
            handedOvers.add(request.id(), open.position(), from, to, clock.instant());
            events.publishEvent(new HandedOver(request.id(), open.level().name(), from, to));
        }
        tasks.show(request);
    }

    /** Takes back what this person handed over; refuses where there is no such thing, and once it has been answered. */
    @Transactional
    public void takeBack(AccessRequest request, String person) {
        requests.lock(request.id());
        Open open = open(request).orElseThrow(AccessProcesses::settled);
        Approvals.requireUnheard(person, open.answers());
        List<HandedOvers.Passed> given = handedOvers.of(request.id(), open.position()).stream()
                .filter(passed -> passed.from().equals(person))
                .toList();
        if (given.isEmpty()) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "nothing-handed-over",
                    "You have handed nothing over that could be taken back.");
        }
        back(open, person, given);
        tasks.show(request);
    }

    private void back(Open open, String by, List<HandedOvers.Passed> passed) {
        for (HandedOvers.Passed one : passed) {
            handedOvers.back(one, by, clock.instant());
            events.publishEvent(new HandedBack(open.request().id(), open.level().name(), one.to(), one.from(), by));
        }
    }
}
