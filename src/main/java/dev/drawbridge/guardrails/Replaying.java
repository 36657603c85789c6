package dev.drawbridge.guardrails;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.drawbridge.guardrails.ReplayedJudgement.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Tries judgements on other rules, on several threads, as they come. Each has a session of its own, as when it was judged. Whoever
 * brings them waits while there are too many at hand.
 */
final class Replaying implements AutoCloseable {
    private static final int AT_A_TIME = 200;
    private static final int THREADS =
            Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));

    private final RuleSet candidate;
    private final Set<String> unsteady;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Semaphore room = new Semaphore(THREADS * 4);
    private final List<Future<ReplayTally>> tallies = new ArrayList<>();
    private List<Row> next = new ArrayList<>();

    /** {@code unsteady} as in {@link ReplayedJudgement}. */
    Replaying(RuleSet candidate, Set<String> unsteady) {
        this.candidate = candidate;
        this.unsteady = unsteady;
    }

    void take(Row row) {
        next.add(row);
        if (next.size() == AT_A_TIME) {
            handOver();
        }
    }

    private void handOver() {
        List<Row> rows = next;
        next = new ArrayList<>();
        room.acquireUninterruptibly();
        tallies.add(threads.submit(() -> {
            try {
                return tried(rows);
            } finally {
                room.release();
            }
        }));
    }

    private ReplayTally tried(List<Row> rows) {
        ReplayTally tally = new ReplayTally();
        for (Row row : rows) {
            try {
                tally.add(ReplayedJudgement.of(row, candidate, unsteady));
            } catch (JsonProcessingException ofAnotherRelease) {
                tally.addUnreadable();
            }
        }
        return tally;
    }

    /** What came of all of them. */
    ReplayTally finish() {
        handOver();
        ReplayTally all = new ReplayTally();
        try {
            for (Future<ReplayTally> tally : tallies) {
                all.add(tally.get());
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        return all;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
