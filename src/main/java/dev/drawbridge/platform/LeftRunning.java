package dev.drawbridge.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL that goes on running on the data directory after its application was killed. */
final class LeftRunning {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The lines of the file: the number of the process, and the second in which it began. */
    private static final int PID = 0;

    private static final int BEGAN = 2;
    /** The one is counted by the system in ticks since it started, the other read from the clock a moment later. */
    private static final Duration ABOUT_THEN = Duration.ofSeconds(5);

    private LeftRunning() {}

    /** Stops it cleanly, since two servers on one directory would destroy it. */
    static void stop(Path postgres) throws IOException {
        Path pidFile = postgres.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> left = ofFile(Files.readAllLines(pidFile));
        if (left.isEmpty()) {
            return;
        }
        interrupt(left.get());
        if (!ended(left.get())) {
            left.get().destroyForcibly();
            if (!ended(left.get())) {
                throw new IllegalStateException("A PostgreSQL left running on " + postgres + " (process "
                        + left.get().pid() + ") does not stop.");
            }
        }
    }

    /**
     * The server that wrote the file: the process with its number that began when the file says. After a reboot the number
     * may be anybody's, and a PostgreSQL of somebody else is not ours to stop.
     */
    private static Optional<ProcessHandle> ofFile(List<String> lines) {
        Optional<Long> pid = number(lines, PID);
        Optional<Instant> began = number(lines, BEGAN).map(Instant::ofEpochSecond);
        return pid.flatMap(ProcessHandle::of)
                .filter(process ->
                        process.info().command().map(LeftRunning::isPostgres).orElse(false))
                .filter(process -> began.isPresent()
                        && process.info()
                                .startInstant()
                                .map(start -> Duration.between(start, began.get())
                                                .abs()
                                                .compareTo(ABOUT_THEN)
                                        <= 0)
                                .orElse(false));
    }

    private static Optional<Long> number(List<String> lines, int line) {
        return lines.stream()
                .skip(line)
                .findFirst()
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::valueOf);
    }

    private static boolean isPostgres(String command) {
        return Path.of(command).getFileName().toString().startsWith("postgres");
    }

    /** PostgreSQL's fast shutdown: it ends sessions and writes everything down. Java itself can only ask for the slow one. */
    private static void interrupt(ProcessHandle process) throws IOException {
        if (!DataDirectory.isPosix()) {
            process.destroy();
            return;
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
