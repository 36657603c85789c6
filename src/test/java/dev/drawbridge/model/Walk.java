package dev.drawbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.model.Asked.Scope;
import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;

/** One walk: each step is done by the product and by the model, and then both are read. */
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

    private final World world;
    private final Product product;
    private final Reference model;
    private final List<String> story = new ArrayList<>();
    private final Set<Asked> over = new HashSet<>();
    private Set<String> logins = new TreeSet<>();

    Walk(World world, Product product) {
        this.world = world;
        this.product = product;
        world.startAfresh();
        model = new Reference(world.clock().instant());
    }

    /** Takes the steps, and lets the rest come to its end. */
    void take(List<Step> steps) {
        try {
            for (Step step : steps) {
                pass(Duration.ofSeconds(1));
                take(step);
                compare();
            }
            story.add("four days go by");
            pass(Duration.ofDays(4));
            over.clear();
            compare();
        } finally {
            restoreGroups();
        }
    }

    private void take(Step step) {
        Asked request = chosen(step);
        switch (step.kind()) {
            case ASK -> ask(step);
            case APPROVE, NARROW, REJECT, ASK_BACK -> {
                if (request != null) {
                    answer(step, request);
                }
            }
            case REPLY -> {
                if (request != null) {
                    String who = requesterOr(step, request);
                    act(
                            who + " replies about " + name(request),
                            () -> post(who, request, "answer", Map.of("answer", "Because of this")),
                            taken -> model.reply(who, request));
                }
            }
            case HAND_OVER -> {
                if (request != null) {
                    handOver(step, request);
                }
            }
            case TAKE_BACK -> {
                if (request != null) {
                    String who = step.who() < 14 && !request.handOvers.isEmpty()
                            ? pick(request.handOvers, step.who()).from()
                            : pick(PEOPLE, step.who());
                    act(
                            who + " takes back " + name(request),
                            () -> world.call(who, "DELETE", path(request, "hand-over"), null),
                            taken -> model.takeBack(who, request));
                }
            }
            case NAME_DEPUTY -> nameDeputy(step);
            case DISMISS_DEPUTY -> dismissDeputy(step);
            case JOIN -> join(pick(PEOPLE, step.who()), pick(GROUPS, step.what()));
            case LEAVE -> leave(step);
            case WITHDRAW -> {
                if (request != null) {
                    String who = requesterOr(step, request);
                    act(
                            who + " withdraws " + name(request),
                            () -> post(who, request, "withdrawal", null),
                            taken -> model.withdraw(who, request));
                }
            }
            case EXTEND -> extend(step);
            case GIVE_BACK -> {
                Asked held = held(step);
                if (held != null) {
                    String who = requesterOr(step, held);
                    act(
                            who + " gives back " + name(held),
                            () -> post(who, held, "return", null),
                            taken -> model.giveBack(who, held));
                }
            }
            case REVOKE -> {
                if (request != null) {
                    String who = step.who() < 14 ? "operator" : pick(PEOPLE, step.who());
                    act(
                            who + " revokes " + name(request),
                            () -> post(who, request, "revocation", Map.of("reason", "Not needed")),
                            taken -> model.revoke(who, request));
                }
            }
            case WAIT -> {
                Duration time = pick(PASSING, step.what());
                story.add(time + " goes by");
                pass(time);
            }
            case WAIT_UNTIL_DUE -> {
                List<Instant> due = model.due();
                if (!due.isEmpty()) {
                    // To the moment itself, or a second before.
                    Instant until = pick(due, step.which()).minusSeconds(step.what() % 4 == 3 ? 1 : 0);
                    story.add("until " + until);
                    pass(Duration.between(model.now, until));
                }
            }
        }
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
                () -> world.post(who, "/api/v1/access-requests", body),
                taken -> {
                    model.requireAskable(who, entitlement, duration, startsAt);
                    requireTaken(taken);
                    asked(taken.json(), who, new Scope(entitlement, duration), startsAt, null);
                });
    }

    private void asked(JsonNode shown, String who, Scope wanted, Instant startsAt, Asked extending) {
        Asked made = model.asked(
                UUID.fromString(shown.path("id").asText()), who, wanted, startsAt, Product.verdict(shown), extending);
        story.add("   is " + name(made) + ": " + made.verdict.outcome() + " "
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
        List<String> able = request.open() < 0 ? PEOPLE : List.copyOf(model.house.standIns(request, request.open()));
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
        String deputy = step.what() < 9 ? pick(PEOPLE.subList(3, 9), step.what()) : pick(PEOPLE, step.what());
        Instant from = step.which() % 3 == 2 ? model.now.plus(Duration.ofHours(5)) : model.now;
        Instant until = from.plus(pick(PASSING, step.which() + 3));
        act(
                who + " names " + deputy + " deputy from " + from + " until " + until,
                () -> world.post(
                        who,
                        "/api/v1/deputies",
                        Map.of("deputy", deputy, "from", from.toString(), "until", until.toString())),
                taken -> {
                    model.requireNameable(who, deputy, from, until);
                    requireTaken(taken);
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
                    () -> world.call(who, "DELETE", "/api/v1/deputies/" + deputy.id, null),
                    taken -> model.dismiss(who, deputy));
        }
    }

    private void join(String who, String group) {
        if (!model.house.members.get(group).contains(who)) {
            story.add(who + " joins " + group);
            identities().createMembership(who, group);
            model.join(who, group);
            product.settle();
        }
    }

    private void leave(Step step) {
        String group = pick(GROUPS, step.what());
        List<String> members = List.copyOf(model.house.members.get(group));
        if (!members.isEmpty()) {
            leave(pick(members, step.who()), group);
        }
    }

    private void leave(String who, String group) {
        story.add(who + " leaves " + group);
        identities().deleteMembership(who, group);
        model.leave(who, group);
        product.settle();
    }

    private void extend(Step step) {
        Asked held = held(step);
        if (held == null) {
            return;
        }
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
                    requireTaken(taken);
                    JsonNode all = taken.json().path("extensions");
                    JsonNode made =
                            world.show(UUID.fromString(all.path(all.size() - 1).asText()));
                    asked(made, who, new Scope(held.access.entitlement, duration), null, held);
                });
    }

    /** The model throws where it refuses, before anything has changed in it. */
    private interface Taking {
        void by(Answer answer);
    }

    private interface Call {
        Answer make();
    }

    private void act(String what, Call call, Taking taking) {
        String before = product.facts();
        Answer answer = call.make();
        boolean taken = answer.status() < 300;
        story.add(what + (taken ? "" : ": " + answer.status() + " " + answer.get("code")));
        if (!taken) {
            assertThat(answer.status())
                    .as("a refusal is no failure: %s\n%s", answer.text(), this)
                    .isLessThan(500);
            assertThat(product.facts())
                    .as("what was refused changed something\n%s", this)
                    .isEqualTo(before);
        }
        try {
            taking.by(answer);
        } catch (Reference.Refused refused) {
            assertThat(taken)
                    .as("refused by the model: %s; taken by the product\n%s", refused.getMessage(), this)
                    .isFalse();
            return;
        }
        assertThat(taken)
                .as("taken by the model, refused by the product: %s\n%s", answer.text(), this)
                .isTrue();
        product.settle();
    }

    private void requireTaken(Answer answer) {
        assertThat(answer.status())
                .as("taken by the model, refused by the product: %s\n%s", answer.text(), this)
                .isLessThan(300);
    }

    // Time

    /** Lets time pass from one moment at which something is due to the next, as it does. */
    private void pass(Duration time) {
        Instant until = model.now.plus(time);
        while (model.now.isBefore(until)) {
            List<Instant> due = model.due();
            boolean isDue = !due.isEmpty() && !due.get(0).isAfter(until);
            Instant next = isDue ? due.get(0) : until;
            world.clock().set(next);
            model.wait(next);
            if (isDue) {
                product.settle();
            }
        }
    }

    // Both are read

    private void compare() {
        for (Asked request : model.requests) {
            if (!over.contains(request)) {
                Map<String, String> expected = Product.expected(model, request);
                Map<String, String> read = product.read(request);
                if (!read.equals(expected)) {
                    List<String> differences = new ArrayList<>();
                    Set<String> keys = new TreeSet<>(expected.keySet());
                    keys.addAll(read.keySet());
                    keys.stream()
                            .filter(key -> !Objects.equals(expected.get(key), read.get(key)))
                            .forEach(key -> differences.add(
                                    key + ": the model " + expected.get(key) + ", the product " + read.get(key)));
                    throw new AssertionError(name(request) + " differs: " + String.join("; ", differences) + "\n" + this
                            + "\n" + world.trail(request.id));
                }
                if (request.is("ENDED")) {
                    over.add(request);
                }
            }
        }
        Set<String> expected = Product.expectedLogins(model);
        if (!expected.equals(logins)) {
            assertThat(product.logins())
                    .as("what is held on the target\n%s", this)
                    .isEqualTo(expected);
            logins = expected;
        }
    }

    private void restoreGroups() {
        for (String group : GROUPS) {
            for (String member : List.copyOf(model.house.members.get(group))) {
                if (!House.GROUPS.get(member).equals(group)) {
                    identities().deleteMembership(member, group);
                }
            }
        }
        House.GROUPS.forEach((person, group) -> {
            if (!model.house.members.get(group).contains(person)) {
                identities().createMembership(person, group);
            }
        });
    }

    // Who and what a step is about

    private Asked chosen(Step step) {
        List<Asked> open =
                model.requests.stream().filter(one -> !one.is("ENDED")).toList();
        List<Asked> from = open.isEmpty() || step.which() == 7 ? model.requests : open;
        return from.isEmpty() ? null : pick(from, step.which());
    }

    private Asked held(Step step) {
        List<Asked> held =
                model.requests.stream().filter(one -> one.is("ACTIVE")).toList();
        return held.isEmpty() ? chosen(step) : pick(held, step.which());
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
        return world.post(who, path(request, what), body);
    }

    private IdentityService identities() {
        return world.engine().getIdentityService();
    }

    /** What was done so far, and by whom. */
    @Override
    public String toString() {
        StringBuilder told = new StringBuilder();
        for (int step = 0; step < story.size(); step++) {
            told.append(step + 1).append(". ").append(story.get(step)).append('\n');
        }
        return told.toString();
    }
}
