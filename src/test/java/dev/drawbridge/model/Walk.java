package dev.drawbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.model.Asked.Scope;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One walk: reads whom and what each step is about, lets it happen to the product and the model, and has both read. */
final class Walk {
    private static final List<String> PEOPLE = List.copyOf(House.GROUPS.keySet());
    private static final List<String> REQUESTERS = List.of("engineer", "engineer2", "contractor");
    private static final List<String> GROUPS =
            List.of("managers", "orders-owners", "security", "engineers", "contractors", "operators");
    private static final List<String> ENTITLEMENTS = List.of(
            "orders-write",
            "orders-admin",
            "orders-write",
            "orders-admin",
            "orders-read-unmasked",
            "orders-read",
            "app-logs-read",
            "orders-admin");
    private static final List<Duration> DURATIONS = List.of(
            Duration.ofHours(1),
            Duration.ofMinutes(5),
            Duration.ofHours(2),
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            Duration.ofHours(9));
    private static final List<Duration> PASSING = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(20),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(9),
            Duration.ofDays(1),
            Duration.ofDays(3));
    private static final int MOST_AT_ONCE = 5;

    private final Both both;
    private final Reference model;
    private final List<String> done = new ArrayList<>();
    private Step.Kind doing;

    Walk(Both both) {
        this.both = both;
        this.model = both.model;
    }

    /** Takes the steps, and lets the rest come to its end. */
    void take(List<Step> steps) {
        try {
            for (Step step : steps) {
                // People take their time: no two things happen at the same moment.
                both.pass(Duration.ofSeconds(1));
                doing = step.kind();
                take(step);
                both.compare();
            }
            both.tell("four days go by");
            both.pass(Duration.ofDays(4));
            both.compareAll();
        } finally {
            both.restoreGroups();
        }
    }

    private void take(Step step) {
        Asked request = chosen(step);
        if (request == null && step.kind().isAboutARequest()) {
            doing = Step.Kind.ASK;
            ask(step);
            return;
        }
        switch (step.kind()) {
            case ASK -> ask(step);
            case APPROVE, NARROW, REJECT, ASK_BACK -> answer(step, request);
            case REPLY -> {
                String who = requesterOr(step, request);
                act(
                        who + " replies about " + name(request),
                        () -> post(who, request, "answer", Map.of("answer", "Because of this")),
                        taken -> model.reply(who, request));
            }
            case HAND_OVER -> handOver(step, request);
            case TAKE_BACK -> {
                String who = step.who() < 14 && !request.handOvers.isEmpty()
                        ? pick(request.handOvers, step.who()).from()
                        : pick(PEOPLE, step.who());
                act(
                        who + " takes back " + name(request),
                        () -> both.world.call(who, "DELETE", path(request, "hand-over"), null),
                        taken -> model.takeBack(who, request));
            }
            case NAME_DEPUTY -> nameDeputy(step);
            case DISMISS_DEPUTY -> dismissDeputy(step);
            case JOIN -> {
                String who = pick(PEOPLE, step.who());
                String group = pick(GROUPS, step.what());
                if (!model.house.members.get(group).contains(who)) {
                    both.join(who, group);
                }
            }
            case LEAVE -> leave(step);
            case WITHDRAW -> {
                String who = requesterOr(step, request);
                act(
                        who + " withdraws " + name(request),
                        () -> post(who, request, "withdrawal", null),
                        taken -> model.withdraw(who, request));
            }
            case EXTEND -> extend(step, request);
            case GIVE_BACK -> {
                String who = requesterOr(step, request);
                act(
                        who + " gives back " + name(request),
                        () -> post(who, request, "return", null),
                        taken -> model.giveBack(who, request));
            }
            case REVOKE -> {
                String who = step.who() < 14 ? "operator" : pick(PEOPLE, step.who());
                act(
                        who + " revokes " + name(request),
                        () -> post(who, request, "revocation", Map.of("reason", "Not needed")),
                        taken -> model.revoke(who, request));
            }
            case WAIT -> {
                Duration time = pick(PASSING, step.what());
                both.tell(time + " goes by");
                both.pass(time);
            }
            case WAIT_UNTIL_DUE -> {
                List<Instant> due = model.due();
                if (!due.isEmpty()) {
                    // To the moment itself, or a second before.
                    Instant until = pick(due, step.which()).minusSeconds(step.what() % 4 == 3 ? 1 : 0);
                    both.tell("until " + until);
                    both.pass(Duration.between(model.now, until));
                }
            }
        }
    }

    /** What was done by call, and what of it was refused. */
    List<String> done() {
        return done;
    }

    private void act(String what, Both.Call call, Both.Taking taking) {
        done.add(doing + (both.act(what, call, taking) ? "" : ", refused"));
    }

    // Steps

    private void ask(Step step) {
        if (model.requests.stream().filter(one -> !one.is("ENDED")).count() >= MOST_AT_ONCE) {
            return;
        }
        String who = step.who() < 17 ? pick(REQUESTERS, step.who()) : pick(PEOPLE, step.who() + 3);
        String entitlement = pick(ENTITLEMENTS, step.which());
        Duration duration = pick(DURATIONS, step.what());
        Instant startsAt = step.what() % 5 < 3
                ? null
                : model.now.plus(pick(PASSING, step.what() / 2)).plusSeconds(7L * model.requests.size() + 1);
        Map<String, String> body = World.ask(entitlement, duration.toString());
        if (startsAt != null) {
            body.put("startsAt", startsAt.toString());
        }
        act(
                who + " asks for " + entitlement + " for " + duration + (startsAt == null ? "" : " from " + startsAt),
                () -> both.world.post(who, "/api/v1/access-requests", body),
                taken -> {
                    model.requireAskable(who, entitlement, duration, startsAt);
                    both.requireTaken(taken);
                    asked(taken.json(), who, new Scope(entitlement, duration), startsAt, null);
                });
    }

    private void asked(JsonNode shown, String who, Scope wanted, Instant startsAt, Asked extending) {
        Asked made = model.asked(
                UUID.fromString(shown.path("id").asText()), who, wanted, startsAt, Product.verdict(shown), extending);
        both.tell("   is " + name(made) + ": " + made.verdict.outcome() + " "
                + made.verdict.levels().stream()
                        .map(level -> level.name() + level.groups() + level.people() + "x" + level.quorum())
                        .toList());
    }

    private void answer(Step step, Asked request) {
        String who = approverOr(step, request);
        Map<String, String> body = new HashMap<>();
        body.put("comment", "I have looked at it");
        switch (step.kind()) {
            case REJECT -> {
                body.put("decision", "reject");
                act(
                        who + " rejects " + name(request),
                        () -> post(who, request, "decision", body),
                        taken -> model.reject(who, request));
            }
            case ASK_BACK -> {
                body.put("decision", "ask");
                act(
                        who + " asks back about " + name(request),
                        () -> post(who, request, "decision", body),
                        taken -> model.askBack(who, request));
            }
            default -> approve(step, request, who, body);
        }
    }

    private void approve(Step step, Asked request, String who, Map<String, String> body) {
        boolean narrows = step.kind() == Step.Kind.NARROW;
        Duration duration = narrows && step.what() % 3 != 2 ? pick(DURATIONS, step.what() / 3) : null;
        String entitlement = narrows && step.what() % 3 != 0 ? pick(ENTITLEMENTS, step.what() / 3 + 3) : null;
        body.put("decision", "approve");
        if (duration != null) {
            body.put("duration", duration.toString());
        }
        if (entitlement != null) {
            body.put("entitlement", entitlement);
        }
        act(
                who + " approves " + name(request) + (entitlement == null ? "" : " as " + entitlement)
                        + (duration == null ? "" : " for " + duration),
                () -> post(who, request, "decision", body),
                taken -> model.approve(who, request, duration, entitlement, taken.status() == 200));
    }

    private void handOver(Step step, Asked request) {
        String who = approverOr(step, request);
        String back = request.handOvers.stream()
                .filter(one -> one.to().equals(who))
                .map(Asked.HandOver::from)
                .findFirst()
                .orElse(null);
        List<String> able =
                new ArrayList<>(request.open() < 0 ? PEOPLE : model.house.standIns(request, request.open()));
        able.remove(who);
        String to = back != null && step.what() % 2 == 0
                ? back
                : pick(step.what() < 10 && !able.isEmpty() ? able : PEOPLE, step.what());
        act(
                who + " hands " + name(request) + " to " + to,
                () -> post(who, request, "hand-over", Map.of("to", to)),
                taken -> model.handOver(who, request, to));
    }

    private void nameDeputy(Step step) {
        // Approvers mostly.
        String who = step.who() < 16 ? pick(PEOPLE.subList(3, 9), step.who()) : pick(PEOPLE, step.who());
        List<String> able = PEOPLE.stream()
                .filter(one -> !one.equals(who) && model.house.mayStandInSomewhere(one, who))
                .toList();
        String deputy = pick(step.what() < 10 && !able.isEmpty() ? able : PEOPLE, step.what());
        Instant from = step.which() % 3 == 2 ? model.now.plus(Duration.ofHours(5)) : model.now;
        Instant until = from.plus(pick(PASSING, step.which() + 3));
        act(
                who + " names " + deputy + " deputy from " + from + " until " + until,
                () -> both.world.post(
                        who,
                        "/api/v1/deputies",
                        Map.of("deputy", deputy, "from", from.toString(), "until", until.toString())),
                taken -> {
                    model.requireNameable(who, deputy, from, until);
                    both.requireTaken(taken);
                    model.house.deputies.add(
                            new House.Deputy(UUID.fromString(taken.get("id")), who, deputy, from, until));
                });
    }

    private void dismissDeputy(Step step) {
        if (!model.house.deputies.isEmpty()) {
            House.Deputy deputy = pick(model.house.deputies, step.which());
            String who = step.who() < 16 ? deputy.person : pick(PEOPLE, step.who());
            act(
                    who + " dismisses " + deputy.deputy + ", deputy of " + deputy.person,
                    () -> both.world.call(who, "DELETE", "/api/v1/deputies/" + deputy.id, null),
                    taken -> model.dismiss(who, deputy));
        }
    }

    private void leave(Step step) {
        String group = pick(GROUPS, step.what());
        List<String> members = List.copyOf(model.house.members.get(group));
        if (!members.isEmpty()) {
            both.leave(pick(members, step.who()), group);
        }
    }

    private void extend(Step step, Asked held) {
        String who = requesterOr(step, held);
        Duration duration = pick(DURATIONS, step.what());
        act(
                who + " asks for " + duration + " more of " + name(held),
                () -> post(
                        who,
                        held,
                        "extension",
                        Map.of("duration", duration.toString(), "justification", "Not done yet")),
                taken -> {
                    model.requireExtendable(who, held, duration);
                    both.requireTaken(taken);
                    JsonNode all = taken.json().path("extensions");
                    JsonNode made = both.world.show(
                            UUID.fromString(all.path(all.size() - 1).asText()));
                    asked(made, who, new Scope(held.access.entitlement, duration), null, held);
                });
    }

    // Who and what a step is about

    /** Mostly one that waits for such a step; none where there is none. */
    private Asked chosen(Step step) {
        List<Asked> open =
                model.requests.stream().filter(one -> !one.is("ENDED")).toList();
        List<Asked> fitting =
                open.stream().filter(one -> fits(step.kind(), one)).toList();
        List<Asked> from = step.which() == 7 ? model.requests : fitting.isEmpty() ? open : fitting;
        return from.isEmpty() ? null : pick(from, step.which());
    }

    private static boolean fits(Step.Kind kind, Asked request) {
        return switch (kind) {
            case APPROVE, NARROW, REJECT, ASK_BACK ->
                request.is("PENDING_APPROVAL") && request.openQuestion().isEmpty();
            case HAND_OVER, TAKE_BACK -> request.is("PENDING_APPROVAL");
            case REPLY ->
                request.is("PENDING_APPROVAL") && request.openQuestion().isPresent();
            case EXTEND, GIVE_BACK -> request.is("ACTIVE");
            case WITHDRAW -> !request.is("ACTIVE");
            default -> true;
        };
    }

    private static String requesterOr(Step step, Asked request) {
        return step.who() < 16 ? request.requester : pick(PEOPLE, step.who());
    }

    private String approverOr(Step step, Asked request) {
        List<String> able = request.is("PENDING_APPROVAL")
                ? List.copyOf(model.house.mayAnswer(request, model.now).keySet())
                : List.of();
        return step.who() < 16 && !able.isEmpty() ? pick(able, step.who()) : pick(PEOPLE, step.who());
    }

    private static <T> T pick(List<T> from, int number) {
        return from.get(number % from.size());
    }

    private static String name(Asked request) {
        return "#" + request.number;
    }

    private static String path(Asked request, String what) {
        return "/api/v1/access-requests/" + request.id + "/" + what;
    }

    private Answer post(String who, Asked request, String what, Object body) {
        return both.world.post(who, path(request, what), body);
    }
}
