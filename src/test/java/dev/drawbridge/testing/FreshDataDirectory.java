package dev.drawbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
            TestPropertyValues.of("drawbridge.data-directory=" + directory).applyTo(context);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A JVM that mutates the product is killed again and again; each would leave its PostgreSQL running. */
    private static void stopWhatKilledTestsLeft() throws IOException {
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(ALL, "run*")) {
            for (Path run : runs) {
                Path testedBy = run.resolve(TESTED_BY);
                Path server = run.resolve("postgres").resolve("postmaster.pid");
                if (Files.exists(testedBy)
                        && Files.exists(server)
                        && ProcessHandle.of(number(testedBy)).isEmpty()) {
                    ProcessHandle.of(number(server)).ifPresent(ProcessHandle::destroy);
                }
            }
        }
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(Files.readAllLines(file).get(0).strip());
    }
}
