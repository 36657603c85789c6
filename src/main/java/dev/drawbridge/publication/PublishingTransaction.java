package dev.drawbridge.publication;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** The one transaction that publishes, in the engine and on record, with the words of what is published. */
@Component
class PublishingTransaction {
    private final PublicationInForce inForce;
    private final TransactionTemplate transaction;
    private final ThreadLocal<@Nullable Boolean> running = new ThreadLocal<>();

    PublishingTransaction(PublicationInForce inForce, PlatformTransactionManager transactions) {
        this.inForce = inForce;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Whether it runs in this thread, so that what the engine is given now is part of it. */
    boolean isRunning() {
        return running.get() != null;
    }

    <T> T of(Edition edition, Function<TransactionStatus, T> work) {
        running.set(true);
        try {
            return inForce.by(edition, () -> Objects.requireNonNull(transaction.execute(work::apply)));
        } finally {
            running.remove();
        }
    }
}
