package dev.drawbridge.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;

/** Sings when something runs that a hostile file brought along; a shell leaves a file instead. */
public class Canary implements JavaDelegate, ExecutionListener, TaskListener {
    private static final Path FILES = Path.of("target", "canaries");
    private static final String SUNG = "drawbridge.canary";

    public Canary() {
        sing();
    }

    /** One that is silent until it is called. */
    private Canary(boolean silent) {}

    static Canary silent() {
        return new Canary(true);
    }

    static void hush() {
        System.clearProperty(SUNG);
        try {
            Files.createDirectories(FILES);
            try (Stream<Path> left = Files.list(FILES)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static boolean hasSung() {
        try (Stream<Path> left = Files.list(FILES)) {
            return System.getProperty(SUNG) != null || left.findAny().isPresent();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public final String sing() {
        System.setProperty(SUNG, "sung");
        return "sung";
    }

    @Override
    public void execute(DelegateExecution execution) {
        sing();
    }

    @Override
    public void notify(DelegateExecution execution) {
        sing();
    }

    @Override
    public void notify(DelegateTask task) {
        sing();
    }
}
