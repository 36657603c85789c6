package dev.drawbridge.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL that goes on running on the data directory after its application was killed. */
final class LeftRunning {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private LeftRunning() {}

    /** Stops it cleanly, since two servers on one directory would destroy it. */
    static void stop(Path postgres) throws IOException {
        Path pidFile = postgres.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> left = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(pidFile).get(0).strip()))
                // After a reboot the number may belong to somebody else.
                .filter(process ->
                        process.info().command().map(LeftRunning::isPostgres).orElse(false));
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
