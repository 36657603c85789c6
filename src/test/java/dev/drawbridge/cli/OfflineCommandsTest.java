package dev.drawbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineCommandsTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

    @Test
    void sayHowTheyAreCalledWhereSomethingIsMissing() {
        assertThat(new VerifyCommand(out).run(List.of("export"))).isEqualTo(2);
        assertThat(new VerifyCommand(out).run(List.of("export", "--key", "k", "--other", "o")))
                .isEqualTo(2);
        assertThat(new WitnessCommand(out).run(List.of("--port", "0"))).isEqualTo(2);
        assertThat(text().lines()).allMatch(line -> line.startsWith("Name "));
    }

    @Test
    void nameAFileThatIsNotThere() {
        assertThat(new VerifyCommand(out)
                        .run(List.of("export", "--key", folder.resolve("none").toString())))
                .isEqualTo(2);
        assertThat(text()).contains("none");
    }

    @Test
    void startNoWitnessForSomethingThatIsNoKey() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "no key\n");
        assertThat(new WitnessCommand(out).run(List.of("--log", key.toString(), "--folder", folder.toString())))
                .isEqualTo(2);
        assertThat(text()).startsWith("The witness could not be started: No public key");
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
