package dev.drawbridge.approval;

import dev.drawbridge.guardrails.Level;
import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccountIds;
import dev.drawbridge.process.People;
import dev.drawbridge.request.AccessRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Who can be asked to answer in somebody's place: pages offer them, and nobody else is taken. */
@Component
class HandOverOffer {
    private final Eligibility eligibility;
    private final StandIns standIns;
    private final HandedOvers handedOvers;
    private final Substitutes substitutes;
    private final RoomForOthers room;
    private final People people;
    private final Clock clock;

    HandOverOffer(
            Eligibility eligibility,
            StandIns standIns,
            HandedOvers handedOvers,
            Substitutes substitutes,
            RoomForOthers room,
            People people,
            Clock clock) {
        this.eligibility = eligibility;
        this.standIns = standIns;
        this.handedOvers = handedOvers;
        this.substitutes = substitutes;
        this.room = room;
        this.people = people;
        this.clock = clock;
    }

    /** The level of a request that is open, with the answers so far. */
    record Open(AccessRequest request, List<Level> chain, int position, List<Approval> answers) {
        Level level() {
            return chain.get(position);
        }
    }

    /** To whom this person can hand their own answer over: nobody where they have none to give. */
    Set<String> to(Open open, String from) {
        Set<String> offered = new TreeSet<>();
        if (mayGive(open, from)) {
            Predicate<String> leavesRoom =
                    room.forHandingOver(open.request(), open.chain(), open.position(), open.answers(), from);
            Set<String> givers = givers(open);
            standIns.everybody(open.level(), open.request(), clock.instant()).stream()
                    .filter(to -> !AccountIds.isOne(to, from) && !Approvals.hasBeenHeard(to, open.answers()))
                    .filter(to -> !givers.contains(to))
                    .filter(leavesRoom)
                    .forEach(offered::add);
        }
        return offered;
    }

    /** Who has handed it over is not asked by another way. */
    private Set<String> givers(Open open) {
        return substitutes.passed(open.level(), open.position(), open.request(), clock.instant()).stream()
                .map(HandedOvers.Passed::from)
                .collect(Collectors.toSet());
    }

    /** What was handed to this person by those who are asked still: it can be handed back. */
    List<HandedOvers.Passed> back(Open open, String from) {
        Instant now = clock.instant();
        return handedOvers.of(open.request().id(), open.position()).stream()
                .filter(passed -> passed.to().equals(from))
                .filter(passed -> !Approvals.hasBeenHeard(passed.from(), open.answers())
                        && eligibility.isAsked(passed.from(), open.level(), open.position(), open.request(), now))
                .toList();
    }

    private boolean mayGive(Open open, String from) {
        return !Approvals.hasBeenHeard(from, open.answers())
                && eligibility.mayApprove(from, open.level(), open.position(), open.request(), clock.instant());
    }

    /** Refuses who has no answer of their own to hand over, and anybody to hand it to but those who are offered. */
    void require(Open open, String from, String to) {
        Approvals.requireUnheard(from, open.answers());
        if (!mayGive(open, from)) {
            throw nothingToGive(open, from);
        }
        Set<String> offered = to(open, from);
        if (!offered.contains(to)) {
            throw refused(open, from, to, offered);
        }
    }

    private Refusal nothingToGive(Open open, String from) {
        if (eligibility.isAsked(from, open.level(), open.position(), open.request(), clock.instant())) {
            return Refusal.of(
                    Refusal.Kind.CONFLICT, "handed-over", "You have handed this over already; take it back first.");
        }
        List<HandedOvers.Passed> back = back(open, from);
        return Refusal.of(
                Refusal.Kind.FORBIDDEN,
                "not-an-approver",
                back.isEmpty()
                        ? "You are not among those who may decide on this."
                        : "This was handed to you; it can be handed back to "
                                + people.nameOf(back.get(0).from()) + ", and to nobody else.");
    }

    private Refusal refused(Open open, String from, String to, Set<String> offered) {
        boolean mayStandIn =
                !AccountIds.isOne(to, from) && standIns.may(to, open.level(), open.request(), clock.instant());
        if (!mayStandIn) {
            return StandIns.refusal(
                    "to", people.find(to), "at level '" + open.level().name() + "'", people.named(offered));
        }
        if (Approvals.hasBeenHeard(to, open.answers())) {
            return notTo(to, "already-answered", "has been heard on this request already");
        }
        return givers(open).contains(to)
                ? notTo(to, "handed-over", "has handed this over")
                : notTo(to, "needed-elsewhere", "is needed for another answer to this request");
    }

    private Refusal notTo(String to, String code, String why) {
        return Refusal.ofField(
                Refusal.Kind.UNPROCESSABLE, "to", code, people.nameOf(to) + " " + why + "; hand it to somebody else.");
    }
}
