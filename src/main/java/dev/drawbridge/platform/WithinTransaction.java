package dev.drawbridge.platform;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What was read in a transaction and holds until that is over, so that it is asked for once. Where there is no transaction,
 * nothing is remembered; nothing outlives one, so what was rolled back is forgotten.
 */
public final class WithinTransaction<K, V> {
    private final Function<K, Optional<V>> read;

    public WithinTransaction(Function<K, Optional<V>> read) {
        this.read = read;
    }

    /** The value, read now or earlier in this transaction. A missing value is not remembered. */
    public Optional<V> get(K key) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return read.apply(key);
        }
        Map<K, V> known = known();
        V found = known.get(key);
        if (found != null) {
            return Optional.of(found);
        }
        Optional<V> value = read.apply(key);
        value.ifPresent(present -> known.put(key, present));
        return value;
    }

    /** This is known in the running transaction, which has made it or read it otherwise. */
    public void put(K key, V value) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            known().put(key, value);
        }
    }

    /** Something has changed: the next question is read from the database again. */
    public void forget() {
        Map<K, V> known = bound();
        if (known != null) {
            known.clear();
        }
    }

    private Map<K, V> known() {
        Map<K, V> known = bound();
        if (known == null) {
            known = new HashMap<>();
            TransactionSynchronizationManager.bindResource(this, known);
            TransactionSynchronizationManager.registerSynchronization(new Forget(known));
        }
        return known;
    }

    @SuppressWarnings("unchecked")
    private @Nullable Map<K, V> bound() {
        return (Map<K, V>) TransactionSynchronizationManager.getResource(this);
    }

    /** While a transaction within this one runs, that one reads for itself. */
    private final class Forget implements TransactionSynchronization {
        private final Map<K, V> known;

        Forget(Map<K, V> known) {
            this.known = known;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResourceIfPossible(WithinTransaction.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(WithinTransaction.this, known);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(WithinTransaction.this);
        }
    }
}
