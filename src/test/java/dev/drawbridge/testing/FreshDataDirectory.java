package dev.drawbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** A data directory of its own for each application that a test starts. */
class FreshDataDirectory implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final Path ALL = Path.of("target", "test-data");
    private static final String TESTED_BY = "tested-by";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            Files.createDirectories(ALL);
            stopWhatKilledTestsLeft();
            Path directory = Files.createTempDirectory(ALL, "run");
            Files.writeString(
                    directory.resolve(TESTED_BY),
                    Long.toString(ProcessHandle.current().pid()));
            Path token = Files.writeString(directory.resolve("metrics-token"), UUID.randomUUID() + "-of-this-test");
            TestPropertyValues.of("drawbridge.data-directory=" + directory, "drawbridge.metrics.token-file=" + token)
                    .applyTo(context);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A JVM that mutates the product is killed again and again; each would leave its PostgreSQL running. */
    private static void stopWhatKilledTestsLeft() throws IOException {
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(ALL, "run*")) {
            for (Path run : runs) {
                if (process(run.resolve(TESTED_BY)).isEmpty()) {
                    process(run.resolve("postgres").resolve("postmaster.pid"))
                            // After a reboot the number may belong to somebody else.
                            .filter(left -> left.info().command().orElse("").endsWith("postgres"))
                            .ifPresent(ProcessHandle::destroy);
                }
            }
        }
    }

    /** The process whose number the file begins with; none where it has ended, or the file is not there or half written. */
    private static Optional<ProcessHandle> process(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().map(String::strip).map(Long::valueOf).flatMap(ProcessHandle::of);
        } catch (IOException | UncheckedIOException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }
}
