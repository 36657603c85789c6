package dev.drawbridge.publication;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * By which publication a command goes: the one that is in force when it first asks, until it is over. A command is a call over
 * HTTP, or else a transaction; what runs in neither goes by what is in force at each question. So nothing is judged by a mixture,
 * however many publications follow each other.
 */
@Component
public class PublicationInForce {
    private final AtomicReference<@Nullable Here> latest = new AtomicReference<>();
    private final ThreadLocal<@Nullable Command> running = new ThreadLocal<>();

    /**
     * What runs in a thread, and by which it goes.
     *
     * @param here what counted when it first asked; none where it goes by something certain, whatever counts
     */
    private record Choice(@Nullable Here here, Edition edition) {}

    private static final class Command {
        private @Nullable Choice choice;

        Command(@Nullable Choice choice) {
            this.choice = choice;
        }
    }

    /** The publication by which the running command goes; none while what is to be published is looked into. */
    public Optional<Publication> now() {
        return Optional.ofNullable(current().publication());
    }

    /** Its files. */
    public PublishedFiles files() {
        return current().files();
    }

    /**
     * Does what decides about a request of this person, who is in these groups: by what is in force, unless another publication is
     * tried out on people of whom this is one.
     */
    public <T> T forRequester(String person, Set<String> groups, Supplier<T> work) {
        Here here = choice().here();
        return here == null ? work.get() : by(here.of(person, groups), work);
    }

    /** Whether something is so by what is in force, or by what is tried out on some people beside it. */
    public boolean isSoForSomebody(BooleanSupplier so) {
        Here here = choice().here();
        return here == null ? so.getAsBoolean() : here.all().anyMatch(edition -> by(edition, so::getAsBoolean));
    }

    Edition current() {
        return choice().edition();
    }

    private Choice choice() {
        Command command = running.get();
        if (command == null) {
            if (!TransactionSynchronizationManager.isSynchronizationActive()) {
                return now(here());
            }
            command = untilTheTransactionEnds();
        }
        Choice choice = command.choice;
        if (choice == null) {
            choice = now(here());
            command.choice = choice;
        }
        return choice;
    }

    private static Choice now(Here here) {
        return new Choice(here, here.live());
    }

    /** What is in force here, whatever the running command goes by. */
    Edition latest() {
        return here().live();
    }

    /** What counts here. */
    Here here() {
        return Objects.requireNonNull(latest.get(), "Nothing is in force until the node has started.");
    }

    private Command untilTheTransactionEnds() {
        Command command = new Command(null);
        running.set(command);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (running.get() == command) {
                    running.remove();
                }
            }
        });
        return command;
    }

    /** Begins a command in this thread: it goes by what is in force when it first asks, until this is closed. */
    Turn begin() {
        return turn(new Command(null));
    }

    /** Carries something out by this edition, whatever is in force. */
    <T> T by(Edition edition, Supplier<T> work) {
        try (Turn ignored = turn(new Command(new Choice(null, edition)))) {
            return work.get();
        }
    }

    /** A command that goes on until it is closed. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    private Turn turn(Command command) {
        Command around = running.get();
        running.set(command);
        return () -> running.set(around);
    }

    /** What the commands that begin from now on go by; false where it, or a later one, is in force already. */
    boolean set(Edition next) {
        Here before = latest.getAndUpdate(now -> now == null
                ? new Here(next, 0, null)
                : number(next) > now.publication().number() ? now.with(next) : now);
        return before == null || number(next) > before.publication().number();
    }

    private static long number(Edition edition) {
        return Objects.requireNonNull(edition.publication(), "What is in force is on record.")
                .number();
    }

    /** What counts from now on by the record, instead of what did; false where it has changed meanwhile. */
    boolean replace(Here before, Here next) {
        return latest.compareAndSet(before, next);
    }

    /** The running command goes on by what is in force by now. */
    void anew() {
        Command command = running.get();
        if (command != null) {
            command.choice = null;
        }
    }

    /** What this node has in force, whatever the running command goes by; none until it has started. */
    Optional<Publication> latestHere() {
        return Optional.ofNullable(latest.get()).map(Here::publication);
    }
}
