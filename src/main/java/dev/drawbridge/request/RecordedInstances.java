package dev.drawbridge.request;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The process instances of lately for which a request is on record, as this node has committed it. */
final class RecordedInstances {
    private static final int MOST = 10_000;

    private final Set<String> instances = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    }));

    boolean contains(String processInstanceId) {
        return instances.contains(processInstanceId);
    }

    /** Once the running transaction is committed: what was rolled back is on no record. */
    void afterCommit(String processInstanceId) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    instances.add(processInstanceId);
                }
            });
        }
    }
}
