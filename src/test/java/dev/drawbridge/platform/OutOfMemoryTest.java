package dev.drawbridge.platform;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class OutOfMemoryTest {
    @Test
    void knowsAnErrorOfMemoryHoweverItIsWrapped() {
        assertThat(OutOfMemory.isWhy(new OutOfMemoryError())).isTrue();
        assertThat(OutOfMemory.isWhy(new ServletException("Handler dispatch failed", new OutOfMemoryError())))
                .isTrue();
        assertThat(OutOfMemory.isWhy(new IllegalStateException(new StackOverflowError())))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncaught", "logged"})
    void endsTheProcessThatHasNoMemoryLeftInsteadOfGoingOnWithHalfOfIt(String how) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UsesAllMemory.class.getName(),
                        how)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isEqualTo(3);
        assertThat(output).contains("has run out of memory, and ends so that it can be started anew");
    }

    /** Would wait for ever, as a node does whose one thread has died. */
    static final class UsesAllMemory {
        public static void main(String[] how) {
            OutOfMemory.endsTheProcess();
            ExecutorService thread = Executors.newSingleThreadExecutor();
            thread.execute(() -> {
                List<byte[]> all = new ArrayList<>();
                try {
                    while (true) {
                        all.add(new byte[1 << 20]);
                    }
                } catch (OutOfMemoryError error) {
                    all.clear();
                    if (how[0].equals("uncaught")) {
                        throw error;
                    }
                    LoggerFactory.getLogger("somebody").debug("This did not work", new IllegalStateException(error));
                }
            });
        }
    }
}
