package dev.drawbridge.approval;

import dev.drawbridge.approval.ApprovalCase.HandOverFact;
import dev.drawbridge.deputies.StandIns;
import dev.drawbridge.directory.AccountIds;
import dev.drawbridge.directory.Directory;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessRequest;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
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
public class HandOver {
    private final ApprovalCases cases;
    private final Electorates electorates;
    private final ShowTask task;
    private final Directory people;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    HandOver(
            ApprovalCases cases,
            Electorates electorates,
            ShowTask task,
            Directory people,
            ApplicationEventPublisher events,
            Clock clock) {
        this.cases = cases;
        this.electorates = electorates;
        this.task = task;
        this.people = people;
        this.events = events;
        this.clock = clock;
    }

    /** Somebody to whom it can be given; {@code back}: it is theirs, and was handed to who asks. */
    public record Colleague(String id, String name, boolean back) {}

    /** Whom a person could hand it over to, or back to, in the order of their names. */
    public List<Colleague> colleagues(AccessRequest request, String person) {
        ApprovalCase approval = cases.load(request.id());
        if (!approval.waits()) {
            return List.of();
        }
        int level = approval.open().orElseThrow();
        Electorate electorate = electorates.now(approval);
        Set<String> givers = electorate.givenTo(person, level).stream()
                .map(HandOverFact::from)
                .collect(Collectors.toSet());
        Set<String> all = new TreeSet<>(electorate.successors(person, level));
        all.addAll(givers);
        return people.named(all).stream()
                .map(one -> new Colleague(one.id(), one.name(), givers.contains(one.id())))
                .toList();
    }

    /**
     * Hands it over, or back to whom it is from. Refuses what waits for nobody, who has no answer to give, and anybody to
     * hand it to but those who may stand in. Whoever passes it on passes on their own answer alone: the others' go back.
     */
    @Transactional
    public void give(AccessRequest request, String from, String to) {
        ApprovalCase approval = cases.lock(request.id());
        int level = open(approval, from);
        Electorate electorate = electorates.now(approval);
        List<HandOverFact> given = electorate.givenTo(from, level);
        List<HandOverFact> returned =
                given.stream().filter(handOver -> handOver.from().equals(to)).toList();
        if (returned.isEmpty()) {
            requireSuccessor(approval, electorate, from, to);
            back(approval, from, given);
            cases.handOver(request.id(), level, from, to, clock.instant());
            events.publishEvent(
                    new HandedOver(request.id(), approval.level(level).name(), from, to));
        } else {
            back(approval, from, returned);
        }
        task.show(request);
    }

    /** Takes back what this person handed over; refuses where there is no such thing, and once it has been answered. */
    @Transactional
    public void takeBack(AccessRequest request, String person) {
        ApprovalCase approval = cases.lock(request.id());
        List<HandOverFact> given = approval.handOversAt(open(approval, person)).stream()
                .filter(handOver -> handOver.from().equals(person))
                .toList();
        if (given.isEmpty()) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "nothing-handed-over",
                    "You have handed nothing over that could be taken back.");
        }
        back(approval, person, given);
        task.show(request);
    }

    /** The level that is open; refuses what waits for nobody, and who has been heard. */
    private static int open(ApprovalCase approval, String person) {
        if (!approval.waits()) {
            throw AccessProcesses.settled();
        }
        approval.requireUnheard(person);
        return approval.open().orElseThrow();
    }

    private void back(ApprovalCase approval, String by, List<HandOverFact> handOvers) {
        for (HandOverFact one : handOvers) {
            cases.handBack(one, by, clock.instant());
            events.publishEvent(
                    new HandedBack(approval.id(), approval.level(one.level()).name(), one.to(), one.from(), by));
        }
    }

    private void requireSuccessor(ApprovalCase approval, Electorate electorate, String from, String to) {
        int level = approval.open().orElseThrow();
        if (!electorate.mayHandOver(from, level)) {
            throw nothingToGive(electorate, from, level);
        }
        Set<String> offered = electorate.successors(from, level);
        if (!offered.contains(to)) {
            throw refused(approval, electorate, from, to, offered);
        }
    }

    private Refusal nothingToGive(Electorate electorate, String from, int level) {
        if (electorate.isAsked(from, level)) {
            return Refusal.of(
                    Refusal.Kind.CONFLICT, "handed-over", "You have handed this over already; take it back first.");
        }
        List<HandOverFact> given = electorate.givenTo(from, level);
        return Refusal.of(
                Refusal.Kind.FORBIDDEN,
                "not-an-approver",
                given.isEmpty()
                        ? "You are not among those who may decide on this."
                        : "This was handed to you; it can be handed back to "
                                + people.nameOf(given.get(0).from()) + ", and to nobody else.");
    }

    private Refusal refused(
            ApprovalCase approval, Electorate electorate, String from, String to, Collection<String> offered) {
        int level = approval.open().orElseThrow();
        if (AccountIds.isOne(to, from) || !electorate.mayStandIn(to, level)) {
            return StandIns.refusal(
                    "to", people.find(to), "at level '" + approval.level(level).name() + "'", people.named(offered));
        }
        if (approval.hasBeenHeard(to)) {
            return notTo(to, "already-answered", "has been heard on this request already");
        }
        return electorate.hasHandedOver(to, level)
                ? notTo(to, "handed-over", "has handed this over")
                : notTo(to, "needed-elsewhere", "is needed for another answer to this request");
    }

    private Refusal notTo(String to, String code, String why) {
        return Refusal.ofField(
                Refusal.Kind.UNPROCESSABLE, "to", code, people.nameOf(to) + " " + why + "; hand it to somebody else.");
    }
}
