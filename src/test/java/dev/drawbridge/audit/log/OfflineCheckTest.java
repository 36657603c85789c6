package dev.drawbridge.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineCheckTest {
    private static final SignerKey KEY = SignerKey.make("here", VerifierKey.LOG);
    private static final SignerKey WITNESS = SignerKey.make("there", VerifierKey.WITNESS);

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();
    private String checkpoint = "";

    @BeforeEach
    void export() {
        Growth growth = new Growth();
        for (int index = 0; index < 20; index++) {
            CanonicalEntry entry = entry(index + 100, "Entry é " + index);
            growth.add(entry.leafHash());
            lines.add("{\"index\":" + index + ",\"leafHash\":\""
                    + Base64.getEncoder().encodeToString(entry.leafHash()) + "\",\"entry\":" + entry.json() + "}");
        }
        Note note = new Checkpoint("here", 20, growth.root()).signed(List.of(KEY));
        checkpoint = note.with(WITNESS.cosign(note.text(), Instant.EPOCH)).toString();
    }

    @Test
    void findsAWholeExportAsItWasSealedInAnyOrder() throws Exception {
        assertThat(check(String.join("\n", lines)).lines().get(0)).startsWith("20 entries are as they were sealed");
        Collections.shuffle(lines, new Random(1));
        lines.add("{\"index\":null,\"leafHash\":null,\"entry\":"
                + entry(200, "Later").json() + "}");
        OfflineCheck.Result result = check(String.join("\n", lines));
        assertThat(result.ok()).isTrue();
        assertThat(result.lines()).anyMatch(line -> line.startsWith("1 entries are younger"));
    }

    @Test
    void findsEachByteThatIsAnother() throws Exception {
        byte[] whole = String.join("\n", lines.subList(0, 3)).getBytes(StandardCharsets.UTF_8);
        byte[] rest = ("\n" + String.join("\n", lines.subList(3, 20))).getBytes(StandardCharsets.UTF_8);
        Random random = new Random(14);
        for (int place = 0; place < whole.length; place++) {
            byte[] flipped = new byte[whole.length + rest.length];
            System.arraycopy(whole, 0, flipped, 0, whole.length);
            System.arraycopy(rest, 0, flipped, whole.length, rest.length);
            flipped[place] ^= (byte) (1 << random.nextInt(7));
            OfflineCheck.Result result = check(flipped);
            assertThat(result.ok())
                    .as("byte %d: %s", place, new String(flipped, 0, whole.length, StandardCharsets.UTF_8))
                    .isFalse();
        }
    }

    @Test
    void namesWhatIsAnother() throws Exception {
        lines.set(7, lines.get(7).replace("Entry é 7", "Entry é 8"));
        assertThat(check(String.join("\n", lines)).lines())
                .containsExactly("Line 8, entry 107, is not what was sealed at place 7.");
    }

    @Test
    void findsWhatIsMissingTwiceOrWithAHashOfItsOwn() throws Exception {
        List<String> without = new ArrayList<>(lines);
        without.remove(4);
        assertThat(check(String.join("\n", without)).lines().get(0)).contains("the first at place 4");
        without.add(lines.get(5));
        assertThat(check(String.join("\n", without)).ok()).isFalse();

        CanonicalEntry other = entry(104, "Nothing");
        lines.set(
                4,
                "{\"index\":4,\"leafHash\":\"" + Base64.getEncoder().encodeToString(other.leafHash()) + "\",\"entry\":"
                        + other.json() + "}");
        assertThat(check(String.join("\n", lines)).lines().get(0)).contains("do not come to the root");
    }

    @Test
    void trustsNoOtherKeyAndNoWitnessThatHasNotSigned() throws Exception {
        Path file = Files.writeString(folder.resolve("export"), String.join("\n", lines));
        String other = SignerKey.make("here", VerifierKey.LOG).verifier().toString();
        String otherWitness =
                SignerKey.make("there", VerifierKey.WITNESS).verifier().toString();
        String key = KEY.verifier().toString();

        assertThat(OfflineCheck.of(file, checkpoint, List.of(other), List.of()).ok())
                .isFalse();
        assertThat(OfflineCheck.of(file, checkpoint, List.of(key), List.of(otherWitness))
                        .ok())
                .isFalse();
        assertThat(OfflineCheck.of(
                                file,
                                checkpoint,
                                List.of(key),
                                List.of(WITNESS.verifier().toString()))
                        .ok())
                .isTrue();
        assertThat(OfflineCheck.of(file, checkpoint.replace("\n20\n", "\n19\n"), List.of(key), List.of())
                        .ok())
                .isFalse();
        assertThat(OfflineCheck.of(file, "", List.of(key), List.of()).ok()).isFalse();
        assertThat(check("").ok()).isFalse();
    }

    private static CanonicalEntry entry(long id, String sentence) {
        return CanonicalEntry.of(
                new CanonicalEntry.Told(id, Instant.EPOCH, "engineer", "kind", null, sentence),
                "{\"n\": 1}",
                new java.util.UUID(0, id));
    }

    private OfflineCheck.Result check(String export) throws Exception {
        return check(export.getBytes(StandardCharsets.UTF_8));
    }

    private OfflineCheck.Result check(byte[] export) throws Exception {
        Path file = Files.write(folder.resolve("export"), export);
        return OfflineCheck.of(file, checkpoint, List.of(KEY.verifier().toString()), List.of());
    }
}
