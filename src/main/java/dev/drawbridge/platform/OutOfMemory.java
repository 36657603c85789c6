package dev.drawbridge.platform;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Ends the process once memory has run out: what an error has torn a hole into half works, and whatever watches over the
 * process starts it anew. Java does so by itself where it is told to ({@code -XX:+ExitOnOutOfMemoryError}); this is for
 * where it was not.
 */
public final class OutOfMemory {
    /** As Java's own exit for this reason. */
    private static final int EXIT = 3;

    private static final int DEEPEST = 20;

    private OutOfMemory() {}

    /** Watches every thread: errors that nobody caught, and those that were caught and logged. */
    public static void endsTheProcess() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failed) -> {
            look(failed);
            LoggerFactory.getLogger(OutOfMemory.class).error("The thread '{}' has ended", thread.getName(), failed);
        });
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
            log.addTurboFilter(new InTheLog());
        }
    }

    /** Ends the process, at once and without a farewell, where this is what happens when memory has run out. */
    public static void look(Throwable failed) {
        if (isWhy(failed)) {
            System.err.println("Drawbridge has run out of memory, and ends so that it can be started anew.");
            Runtime.getRuntime().halt(EXIT);
        }
    }

    static boolean isWhy(@Nullable Throwable failed) {
        Throwable cause = failed;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static final class InTheLog extends TurboFilter {
        @Override
        public FilterReply decide(
                @Nullable Marker marker,
                Logger logger,
                Level level,
                @Nullable String format,
                Object @Nullable [] parameters,
                @Nullable Throwable failed) {
            if (failed != null) {
                look(failed);
            }
            return FilterReply.NEUTRAL;
        }
    }
}
