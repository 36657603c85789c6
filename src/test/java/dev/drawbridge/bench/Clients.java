package dev.drawbridge.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that each call again as soon as they are answered. */
final class Clients implements AutoCloseable {
    /** One call; the number is its own. */
    interface Call {
        void make(int client, int number) throws Exception;
    }

    /** How many calls were answered, in how many seconds, and how long each took in milliseconds. */
    record Round(int calls, double seconds, Sample milliseconds) {
        double rate() {
            return calls / seconds;
        }
    }

    private final int number;
    private final ExecutorService threads;

    Clients(int number) {
        this.number = number;
        this.threads = Executors.newFixedThreadPool(number);
    }

    Round during(Duration time, Call call) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        return round(Integer.MAX_VALUE, end, call);
    }

    Round times(int most, Call call) throws Exception {
        return round(most, Long.MAX_VALUE, call);
    }

    private Round round(int most, long end, Call call) throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Future<List<Double>>> working = new ArrayList<>();
        long start = System.nanoTime();
        for (int client = 0; client < number; client++) {
            int own = client;
            working.add(threads.submit(() -> {
                List<Double> took = new ArrayList<>();
                for (int n = next.getAndIncrement(); n < most; n = next.getAndIncrement()) {
                    long before = System.nanoTime();
                    // Nanoseconds may begin anywhere: only differences count.
                    if (end != Long.MAX_VALUE && before - end >= 0) {
                        break;
                    }
                    call.make(own, n);
                    took.add((System.nanoTime() - before) / 1e6);
                }
                return took;
            }));
        }
        List<Double> all = new ArrayList<>();
        for (Future<List<Double>> client : working) {
            all.addAll(client.get());
        }
        return new Round(all.size(), (System.nanoTime() - start) / 1e9, Sample.of(all));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
