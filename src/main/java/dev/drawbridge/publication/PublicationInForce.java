package dev.drawbridge.publication;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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
    private final AtomicReference<@Nullable Edition> latest = new AtomicReference<>();
    private final ThreadLocal<@Nullable Command> running = new ThreadLocal<>();

    /** What runs in a thread, and by which it goes; none until it asks. */
    private static final class Command {
        private @Nullable Edition edition;

        Command(@Nullable Edition edition) {
            this.edition = edition;
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

    Edition current() {
        Command command = running.get();
        if (command == null) {
            if (!TransactionSynchronizationManager.isSynchronizationActive()) {
                return latest();
            }
            command = untilTheTransactionEnds();
        }
        Edition edition = command.edition;
        if (edition == null) {
            edition = latest();
            command.edition = edition;
        }
        return edition;
    }

    /** What is in force here, whatever the running command goes by. */
    Edition latest() {
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
        try (Turn ignored = turn(new Command(edition))) {
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
        Edition before = latest.getAndAccumulate(next, (now, then) -> isLater(then, now) ? then : now);
        return isLater(next, before);
    }

    private static boolean isLater(Edition one, @Nullable Edition other) {
        return other == null || number(one) > number(other);
    }

    private static long number(Edition edition) {
        return Objects.requireNonNull(edition.publication(), "What is in force is on record.")
                .number();
    }

    /** The running command goes on by what is in force by now. */
    void anew() {
        Command command = running.get();
        if (command != null) {
            command.edition = null;
        }
    }

    /** What this node has in force, whatever the running command goes by; none until it has started. */
    Optional<Publication> latestHere() {
        return Optional.ofNullable(latest.get()).map(Edition::publication);
    }
}
