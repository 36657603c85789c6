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
        Optional<ProcessHandle> left = ofFile(Files.readAllLines(pidFile), postgres);
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
     * The server that wrote the file: the process with its number that was told to serve this directory, or that began
     * when the file says. After a reboot the number may be anybody's, and a PostgreSQL of somebody else is not ours to
     * stop. The times alone do not tell: they part where a machine's clock was set after the server had started, and then
     * the server would be left running and the start refused.
     */
    private static Optional<ProcessHandle> ofFile(List<String> lines, Path postgres) {
        return number(lines, PID)
                .flatMap(ProcessHandle::of)
                .filter(process ->
                        process.info().command().map(LeftRunning::isPostgres).orElse(false))
                .filter(process -> serves(process, postgres) || beganThen(process, lines));
    }

    /** Whether its arguments name the directory. They are not known everywhere, and a relative one says nothing. */
    private static boolean serves(ProcessHandle process, Path postgres) {
        List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
        int directory = arguments.indexOf("-D") + 1;
        return directory > 0
                && directory < arguments.size()
                && arguments.get(directory).equals(postgres.toAbsolutePath().toString());
    }

    private static boolean beganThen(ProcessHandle process, List<String> lines) {
        Optional<Instant> began = number(lines, BEGAN).map(Instant::ofEpochSecond);
        Optional<Instant> start = process.info().startInstant();
        return began.isPresent()
                && start.isPresent()
                && Duration.between(start.get(), began.get()).abs().compareTo(ABOUT_THEN) <= 0;
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
