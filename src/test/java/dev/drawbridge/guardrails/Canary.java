package dev.drawbridge.guardrails;

import java.util.concurrent.atomic.AtomicInteger;

/** Sings when anything from a rule file runs; hostile files call it. */
public final class Canary {
    private static final AtomicInteger SONGS = new AtomicInteger();

    private Canary() {}

    public static boolean sing() {
        SONGS.incrementAndGet();
        return true;
    }

    static boolean hasSung() {
        return SONGS.getAndSet(0) > 0;
    }
}
