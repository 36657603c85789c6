package dev.drawbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.Answer;
import dev.drawbridge.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.IdentityService;

/** The product and the model side by side: what happens happens to both, and both are read. */
final class Both {
    final World world;
    final Reference model;
    private final Product product;
    private final List<String> story = new ArrayList<>();
    /** What is over in both, and is looked at no more until the end. */
    private final Set<Asked> over = new HashSet<>();

    private Set<String> logins = Set.of();

    Both(World world, Product product) {
        this.world = world;
        this.product = product;
        world.startAfresh();
        model = new Reference(world.clock().instant());
    }

    /** What a person sends. */
    interface Call {
        Answer make();
    }

    /** The same in the model, which throws where it refuses, before anything has changed in it. */
    interface Taking {
        void by(Answer answer);
    }

    /** Whether it was taken, by both; what is refused changes nothing. */
    boolean act(String what, Call call, Taking taking) {
        String before = product.facts();
        Answer answer = call.make();
        boolean taken = answer.status() < 300;
        tell(what + (taken ? "" : ": " + answer.status() + " " + answer.get("code")));
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
            return false;
        }
        requireTaken(answer);
        product.settle();
        return true;
    }

    /** What the model takes. */
    void requireTaken(Answer answer) {
        assertThat(answer.status())
                .as("taken by the model, refused by the product: %s\n%s", answer.text(), this)
                .isLessThan(300);
    }

    void join(String who, String group) {
        tell(who + " joins " + group);
        identities().createMembership(who, group);
        model.join(who, group);
        product.settle();
    }

    void leave(String who, String group) {
        tell(who + " leaves " + group);
        identities().deleteMembership(who, group);
        model.leave(who, group);
        product.settle();
    }

    /** Everybody is where the demonstration has them again. */
    void restoreGroups() {
        model.house.members.forEach((group, members) -> members.stream()
                .filter(member -> !House.GROUPS.get(member).equals(group))
                .forEach(member -> identities().deleteMembership(member, group)));
        House.GROUPS.forEach((person, group) -> {
            if (!model.house.members.get(group).contains(person)) {
                identities().createMembership(person, group);
            }
        });
    }

    private IdentityService identities() {
        return world.engine().getIdentityService();
    }

    /** Lets time pass from one moment at which something is due to the next, as it does. */
    void pass(Duration time) {
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

    /** Reads everything, what was over before as well. */
    void compareAll() {
        over.clear();
        compare();
    }

    void compare() {
        for (Asked request : model.requests) {
            if (!over.contains(request)) {
                compare(request);
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

    private void compare(Asked request) {
        Map<String, String> expected = Product.expected(model, request);
        Map<String, String> read = product.read(request);
        if (!read.equals(expected)) {
            Set<String> parts = new TreeSet<>(expected.keySet());
            parts.addAll(read.keySet());
            List<String> differences = parts.stream()
                    .filter(part -> !Objects.equals(expected.get(part), read.get(part)))
                    .map(part -> part + ": the model " + expected.get(part) + ", the product " + read.get(part))
                    .toList();
            throw new AssertionError("#" + request.number + " differs: " + String.join("; ", differences) + "\n" + this
                    + String.join("\n", world.trail(request.id)));
        }
    }

    void tell(String what) {
        story.add(what);
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
