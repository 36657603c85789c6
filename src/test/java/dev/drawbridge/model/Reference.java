package dev.drawbridge.model;

import dev.drawbridge.model.Asked.Access;
import dev.drawbridge.model.Asked.Answer;
import dev.drawbridge.model.Asked.HandOver;
import dev.drawbridge.model.Asked.Level;
import dev.drawbridge.model.Asked.Question;
import dev.drawbridge.model.Asked.Scope;
import dev.drawbridge.model.Asked.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What is promised of requests, in the plainest Java: lists, and no database. It takes the guardrails' verdict as given, and
 * knows of their rules only what they may still refuse when access is given. An act that is refused throws {@link Refused}
 * and changes nothing. Where the promises are silent:
 *
 * <ul>
 *   <li>One request for an entitlement at a time: by what was asked for, not by what approvers have left of it. One without a
 *       start takes all the time until its end is known, one with a start the time from it for as long as was asked for.
 *   <li>Handing over, and back, is possible while the requester is asked something.
 *   <li>A request whose time to start passes while it waits for approvers goes on waiting; once agreed to, it lasts until the
 *       end that it would have had.
 *   <li>Access that is over ends a request for more of its time, which still waits, as failed; a requester who may not have it
 *       any more, as withdrawn.
 *   <li>A refusal or a question needs no room for others: somebody who is needed at a later level may refuse.
 * </ul>
 */
final class Reference {
    private static final int MOST_QUESTIONS = 3;
    private static final Map<String, Duration> LONGEST = Map.of(
            "app-logs-read", Duration.ofHours(8),
            "orders-read", Duration.ofHours(8),
            "orders-read-unmasked", Duration.ofHours(8),
            "orders-write", Duration.ofHours(8),
            "orders-admin", Duration.ofHours(4));
    /** What lets one do less with the same resource. */
    private static final Map<String, List<String>> LESSER = Map.of(
            "orders-admin", List.of("orders-write", "orders-read-unmasked", "orders-read"),
            "orders-write", List.of("orders-read-unmasked", "orders-read"),
            "orders-read-unmasked", List.of("orders-read"));
    /** The guardrails' limits, for who has signed in without a second factor. */
    private static final Map<String, Duration> LIMITS =
            Map.of("orders-write", Duration.ofHours(2), "orders-read-unmasked", Duration.ofHours(2));
    /** Two ways to change the same resource. */
    private static final Set<String> CHANGE = Set.of("orders-write", "orders-admin");

    static final class Refused extends RuntimeException {
        Refused(String why) {
            super(why);
        }
    }

    final House house = new House();
    final List<Asked> requests = new ArrayList<>();
    Instant now;

    Reference(Instant now) {
        this.now = now;
    }

    // What people do

    void requireAskable(String who, String entitlement, Duration duration, Instant startsAt) {
        refuseIf(!house.mayAsk(who), "not for them");
        refuseIf(duration.compareTo(LONGEST.get(entitlement)) > 0, "longer than it is given for");
        Instant from = startsAt == null ? now : startsAt;
        refuseIf(
                requests.stream()
                        .anyMatch(one -> one.requester.equals(who)
                                && one.wanted.entitlement().equals(entitlement)
                                && overlaps(one, from, from.plus(duration))),
                "asked for already");
    }

    private static boolean overlaps(Asked one, Instant from, Instant until) {
        if (one.is("ENDED")) {
            return false;
        }
        Instant end = one.access != null
                ? one.access.until
                : one.startsAt == null ? Instant.MAX : one.startsAt.plus(one.wanted.duration());
        return (one.startsAt == null || one.startsAt.isBefore(until)) && end.isAfter(from);
    }

    void requireExtendable(String who, Asked request, Duration duration) {
        refuseIf(!request.requester.equals(who) || !request.is("ACTIVE"), "not their active access");
        refuseIf(!house.mayAsk(who), "not for them any more");
        Access access = request.access;
        refuseIf(
                Duration.between(access.from, access.until).plus(duration).compareTo(LONGEST.get(access.entitlement))
                        > 0,
                "longer in all than it is given for");
        refuseIf(requests.stream().anyMatch(one -> one.extending == request && !one.is("ENDED")), "asked already");
    }

    /** {@code extending}: none where it is for access of its own. */
    Asked asked(UUID id, String who, Scope wanted, Instant startsAt, Verdict verdict, Asked extending) {
        Asked request = new Asked(requests.size() + 1, id, who, wanted, startsAt, now, verdict, extending);
        requests.add(request);
        if (verdict.outcome().equals("DENIED")) {
            end(request, "DENIED");
        } else if (request.open() < 0) {
            atTheDoor(request);
        }
        return request;
    }

    /** {@code judged}: whether the guardrails let an approver give another entitlement here; taken as given. */
    void approve(String who, Asked request, Duration duration, String entitlement, boolean judged) {
        String principal = turn(who, request);
        Scope before = request.scope();
        refuseIf(!house.mayAsk(request.requester), "the requester may not have it any more");
        requireRoom(who, principal, request);
        Scope after = new Scope(
                entitlement == null ? before.entitlement() : entitlement,
                duration == null ? before.duration() : duration);
        refuseIf(after.duration().compareTo(before.duration()) > 0, "longer than was asked for");
        if (!after.entitlement().equals(before.entitlement())) {
            refuseIf(
                    request.extending != null
                            || !LESSER.getOrDefault(before.entitlement(), List.of())
                                    .contains(after.entitlement()),
                    "not a lesser entitlement");
            refuseIf(!judged, "the guardrails refuse it, or ask others");
            after = new Scope(after.entitlement(), shorter(after.duration(), LIMITS.get(after.entitlement())));
        }
        request.answers.add(new Answer(request.open(), who, principal, true, after.equals(before) ? null : after, now));
        if (request.open() < 0) {
            atTheDoor(request);
        }
    }

    void reject(String who, Asked request) {
        String principal = turn(who, request);
        request.answers.add(new Answer(request.open(), who, principal, false, null, now));
        end(request, "REJECTED");
    }

    void askBack(String who, Asked request) {
        turn(who, request);
        int level = request.open();
        refuseIf(
                request.questions.stream().filter(one -> one.level == level).count() >= MOST_QUESTIONS,
                "asked often enough");
        request.questions.add(new Question(level, now));
    }

    void reply(String who, Asked request) {
        refuseIf(!request.requester.equals(who), "not their request");
        refuseIf(!request.is("PENDING_APPROVAL"), "waits for nobody");
        request.openQuestion().orElseThrow(() -> new Refused("nothing asked")).closed = now;
    }

    void handOver(String who, Asked request, String to) {
        requireToGive(who, request);
        int level = request.open();
        List<HandOver> given = request.handOvers.stream()
                .filter(one -> one.level() == level
                        && one.to().equals(who)
                        && house.unheard(request, level).contains(one.from()))
                .toList();
        HandOver back = new HandOver(level, to, who);
        if (given.contains(back)) {
            request.handOvers.remove(back);
            return;
        }
        refuseIf(!house.mayInOwnRight(request, who), "no answer of their own");
        refuseIf(who.equals(to), "to themselves");
        refuseIf(!house.standIns(request, level).contains(to), "may not stand in");
        refuseIf(request.hasHeard(to), "has been heard");
        refuseIf(house.hasHandedOver(request, to), "has handed over their own");
        Set<String> before = house.awaited(request);
        Set<String> after = new TreeSet<>(before);
        after.remove(who);
        after.add(to);
        refuseIf(
                canFill(request, 0, before, Set.of()) && !canFill(request, 0, after, Set.of()),
                "is needed for another answer");
        request.handOvers.removeAll(given);
        request.handOvers.add(new HandOver(level, who, to));
    }

    void takeBack(String who, Asked request) {
        requireToGive(who, request);
        int level = request.open();
        refuseIf(
                !request.handOvers.removeIf(
                        one -> one.level() == level && one.from().equals(who)),
                "nothing handed over");
    }

    private static void requireToGive(String who, Asked request) {
        refuseIf(!request.is("PENDING_APPROVAL"), "waits for nobody");
        refuseIf(request.hasHeard(who), "has been heard");
    }

    void requireNameable(String who, String deputy, Instant from, Instant until) {
        refuseIf(who.equals(deputy), "themselves");
        refuseIf(!from.isBefore(until) || !until.isAfter(now), "over, or turned round");
        refuseIf(Duration.between(from, until).toDays() > 90, "too long");
        refuseIf(!house.mayStandInSomewhere(deputy, who), "may stand in nowhere");
        refuseIf(
                house.deputies.stream()
                        .anyMatch(one -> one.person.equals(who)
                                && !one.isOverAt(now)
                                && one.from.isBefore(until)
                                && from.isBefore(one.until)),
                "another deputy for that time");
    }

    void dismiss(String who, House.Deputy deputy) {
        refuseIf(!deputy.person.equals(who) || deputy.isOverAt(now), "none of theirs");
        deputy.dismissed = now;
    }

    void join(String who, String group) {
        house.members.get(group).add(who);
    }

    /** Who leaves the groups that may have something loses it, and what they have asked for. */
    void leave(String who, String group) {
        house.members.get(group).remove(who);
        for (Asked one : requests) {
            if (one.requester.equals(who) && !house.mayAsk(who) && !one.is("ENDED") && one.access == null) {
                end(one, "WITHDRAWN");
            }
        }
        for (Asked one : requests) {
            if (one.requester.equals(who) && !house.mayAsk(who) && one.is("ACTIVE")) {
                endAccess(one, "REVOKED");
            }
        }
    }

    void withdraw(String who, Asked request) {
        refuseIf(!request.requester.equals(who), "not their request");
        refuseIf(!request.is("PENDING_APPROVAL") && !request.is("SCHEDULED"), "waits for nothing");
        end(request, "WITHDRAWN");
    }

    void giveBack(String who, Asked request) {
        refuseIf(!request.requester.equals(who) || !request.is("ACTIVE"), "not their active access");
        endAccess(request, "RETURNED");
    }

    void revoke(String who, Asked request) {
        refuseIf(!house.isIn(who, Set.of("operators", "security")), "may not revoke");
        refuseIf(request.is("ENDED"), "nothing to revoke");
        if (request.is("ACTIVE")) {
            endAccess(request, "REVOKED");
        } else {
            end(request, "REVOKED");
        }
    }

    // What time does

    /** Everything that falls due after now, at whichever request. */
    List<Instant> due() {
        List<Instant> due = new ArrayList<>();
        for (Asked one : requests) {
            switch (one.state()) {
                case "PENDING_APPROVAL" ->
                    one.openQuestion().ifPresentOrElse(question -> due.add(one.answerDue(question)), () -> {
                        due.add(one.deadline(now));
                        one.nextReminder(now).ifPresent(due::add);
                        one.nextTier(now).ifPresent(due::add);
                    });
                case "SCHEDULED" -> due.add(one.startsAt);
                case "ACTIVE" -> due.add(one.access.until);
                default -> {}
            }
        }
        for (House.Deputy one : house.deputies) {
            if (!one.isOverAt(now)) {
                due.add(one.from);
                due.add(one.until);
            }
        }
        due.removeIf(moment -> !moment.isAfter(now));
        Collections.sort(due);
        return due;
    }

    /** No further than the first moment at which something falls due. */
    void wait(Instant until) {
        now = until;
        for (Asked one : requests) {
            if (one.is("ACTIVE") && !now.isBefore(one.access.until)) {
                endAccess(one, "EXPIRED");
            }
        }
        for (Asked one : requests) {
            if (one.is("PENDING_APPROVAL")) {
                levelWaits(one);
            } else if (one.is("SCHEDULED") && !now.isBefore(one.startsAt)) {
                atTheDoor(one);
            }
        }
    }

    private void levelWaits(Asked one) {
        Optional<Question> question = one.openQuestion();
        if (question.isPresent()) {
            // Without the answer that did not come in time, the level goes on, and its clock with it.
            if (!now.isBefore(one.answerDue(question.get()))) {
                question.get().closed = now;
            }
        } else if (isDue(Optional.of(one.deadline(now)))) {
            end(one, "TIMED_OUT");
        } else {
            if (isDue(one.nextReminder(now))) {
                one.reminders[one.open()]++;
            }
            if (isDue(one.nextTier(now))) {
                one.tiers[one.open()]++;
            }
        }
    }

    private boolean isDue(Optional<Instant> moment) {
        return moment.filter(due -> !due.isAfter(now)).isPresent();
    }

    // What follows

    /** In whose place a person may answer at the level that is open; null: in their own. */
    private String turn(String who, Asked request) {
        refuseIf(!request.is("PENDING_APPROVAL"), "waits for nobody");
        refuseIf(request.requester.equals(who), "their own request");
        refuseIf(request.openQuestion().isPresent(), "the requester is asked something");
        Set<String> principals = house.mayAnswer(request, now).get(who);
        refuseIf(principals == null, "may not answer");
        // Those who handed it over come first; among several deputies' principals any will do, and the first is taken.
        return principals.stream()
                .min((one, other) -> {
                    int first = Boolean.compare(hasHandedTo(request, other, who), hasHandedTo(request, one, who));
                    return first == 0 ? one.compareTo(other) : first;
                })
                .orElse(null);
    }

    private static boolean hasHandedTo(Asked request, String from, String to) {
        return request.handOvers.contains(new HandOver(request.open(), from, to));
    }

    /** Nobody counts for two: whoever is needed at another place, where nobody else could approve, leaves this one to others. */
    private void requireRoom(String who, String principal, Asked request) {
        Set<String> gone = new TreeSet<>(Set.of(who));
        if (principal != null) {
            gone.add(principal);
        }
        Set<String> here = house.unheard(request, request.open());
        refuseIf(canFill(request, 0, here, Set.of()) && !canFill(request, 1, here, gone), "is needed at another place");
    }

    /** Whether each place at the open level, but for those that are answered, and at later ones finds a person of its own. */
    private boolean canFill(Asked request, int answered, Set<String> here, Set<String> gone) {
        List<Set<String>> places = new ArrayList<>();
        for (int position = request.open(); position < request.verdict.levels().size(); position++) {
            Level level = request.level(position);
            boolean isOpen = position == request.open();
            Set<String> able = new TreeSet<>(isOpen ? here : house.unheard(request, position));
            able.removeAll(gone);
            int open = level.quorum() - request.approvals(position) - (isOpen ? answered : 0);
            for (int place = 0; place < open; place++) {
                places.add(able);
            }
        }
        return fills(places, new TreeSet<>());
    }

    private static boolean fills(List<Set<String>> places, Set<String> taken) {
        if (places.isEmpty()) {
            return true;
        }
        for (String person : places.get(0)) {
            if (taken.add(person)) {
                boolean fills = fills(places.subList(1, places.size()), taken);
                taken.remove(person);
                if (fills) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Access is given when its time has come, if everything that was agreed still holds; else the request has failed. */
    private void atTheDoor(Asked request) {
        if (request.extending == null && request.startsAt != null && request.startsAt.isAfter(now)) {
            return;
        }
        if (!isStillAgreed(request) || isRefusedByNow(request)) {
            end(request, "FAILED");
        } else if (request.extending == null) {
            Duration duration = shorter(request.scope().duration(), request.verdict.limit());
            Instant until = (request.startsAt == null ? now : request.startsAt).plus(duration);
            if (until.isAfter(now)) {
                request.access = new Access(request.scope().entitlement(), now, until);
            } else {
                end(request, "FAILED");
            }
        } else {
            extend(request);
        }
    }

    private void extend(Asked request) {
        Access access = request.extending.access;
        Duration most = shorter(LONGEST.get(access.entitlement), request.verdict.limit());
        Instant latest = access.from.plus(most);
        Instant later = access.until.plus(shorter(request.scope().duration(), request.verdict.limit()));
        if (latest.isAfter(access.until)) {
            access.until = later.isAfter(latest) ? latest : later;
            end(request, "EXTENDED");
        } else {
            end(request, "FAILED");
        }
    }

    private boolean isStillAgreed(Asked request) {
        for (int position = 0; position < request.verdict.levels().size(); position++) {
            int level = position;
            long counted = request.answers.stream()
                    .filter(answer -> answer.level() == level && house.counts(request, answer))
                    .count();
            if (counted < request.level(level).quorum()) {
                return false;
            }
        }
        return house.mayAsk(request.requester);
    }

    /** By the sentences of the guardrails that deny, at the moment at which access would be given. */
    private boolean isRefusedByNow(Asked request) {
        String entitlement = request.scope().entitlement();
        boolean holdsAnother = requests.stream()
                .anyMatch(one -> one.requester.equals(request.requester)
                        && one != request.extending
                        && one.is("ACTIVE")
                        && CHANGE.contains(one.access.entitlement));
        return entitlement.equals("orders-admin") && house.isIn(request.requester, Set.of("contractors"))
                || CHANGE.contains(entitlement) && holdsAnother;
    }

    private void endAccess(Asked request, String why) {
        request.access.ended = now;
        request.access.why = why;
        end(request, why);
        requests.stream()
                .filter(one -> one.extending == request && !one.is("ENDED"))
                .forEach(one -> end(one, "FAILED"));
    }

    private void end(Asked request, String outcome) {
        request.outcome = outcome;
        request.ended = now;
    }

    private static Duration shorter(Duration one, Duration limit) {
        return limit == null || one.compareTo(limit) < 0 ? one : limit;
    }

    private static void refuseIf(boolean refused, String why) {
        if (refused) {
            throw new Refused(why);
        }
    }
}
