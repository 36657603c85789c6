package dev.drawbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** A data directory of its own for each application that a test starts. */
class FreshDataDirectory implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "run");
            TestPropertyValues.of("drawbridge.data-directory=" + directory).applyTo(context);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
