package dev.drawbridge.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CanonicalEntryTest {
    private static final CanonicalEntry ENTRY = CanonicalEntry.of(
            new CanonicalEntry.Told(
                    42,
                    Instant.parse("2035-06-05T10:00:00.0501Z"),
                    "engineer",
                    "request-submitted",
                    UUID.fromString("0b6ff1d4-6a5c-4d0e-9a54-0a4d5d4f2d11"),
                    "Erika “E.” (engineer) asked for it:\n\"why\" \\ </b> é"),
            "{\"mfa\": false, \"address\": \"127.0.0.1\", \"times\": 10, \"ratio\": 1.50, \"a\": [null, {}, -0.0]}",
            UUID.fromString("7d2f6e4a-0c51-4a53-8a6e-2f0d1c9b8a70"));

    @Test
    void isWrittenInOneWay() {
        assertThat(ENTRY.json())
                .isEqualTo("{\"actor\":\"engineer\",\"at\":\"2035-06-05T10:00:00.050100Z\","
                        + "\"details\":{\"a\":[null,{},0],\"address\":\"127.0.0.1\",\"mfa\":false,\"ratio\":1.5,\"times\":10},"
                        + "\"id\":42,\"kind\":\"request-submitted\","
                        + "\"request\":\"0b6ff1d4-6a5c-4d0e-9a54-0a4d5d4f2d11\","
                        + "\"salt\":\"7d2f6e4a-0c51-4a53-8a6e-2f0d1c9b8a70\","
                        + "\"sentence\":\"Erika “E.” (engineer) asked for it:\\n\\\"why\\\" \\\\ </b> é\"}");
    }

    @Test
    void isProvenWithoutItsDetailsToo() throws Exception {
        String told = CanonicalJson.write(ENTRY.withoutDetails());

        assertThat(told).doesNotContain("127.0.0.1").doesNotContain("salt").contains("Erika");
        assertThat(CanonicalEntry.of(CanonicalJson.read(told)).leafHash()).isEqualTo(ENTRY.leafHash());
        assertThat(new String(ENTRY.leaf(), StandardCharsets.UTF_8)).isEqualTo(told);
    }

    @Test
    void isTheSameHoweverOthersWroteIt() throws Exception {
        ObjectNode reordered = new ObjectMapper().createObjectNode();
        reordered.setAll((ObjectNode) CanonicalJson.read(ENTRY.json()));
        reordered.set("actor", reordered.remove("actor"));
        String pretty =
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(reordered);

        assertThat(pretty).isNotEqualTo(ENTRY.json());
        assertThat(CanonicalEntry.of(CanonicalJson.read(pretty)).leafHash()).isEqualTo(ENTRY.leafHash());
    }

    @Test
    void isAsTheGuideShows() throws Exception {
        String guide = Files.readString(Path.of("src/docs/audit-log.md"));

        assertThat(guide)
                .contains(ENTRY.json())
                .contains(new String(ENTRY.leaf(), StandardCharsets.UTF_8))
                .contains(Base64.getEncoder().encodeToString(ENTRY.leafHash()));
    }

    @Test
    void fitsIntoABundleWhateverItHolds() throws Exception {
        String long1 = "x".repeat(70_000);
        CanonicalEntry details = of("short", "{\"all\": \"" + long1 + "\"}");
        CanonicalEntry sentence = of(long1, "{}");

        assertThat(details.leaf()).hasSizeLessThan(500);
        assertThat(new String(sentence.leaf(), StandardCharsets.UTF_8))
                .hasSizeLessThan(500)
                .contains("\"sentenceHash\":\"")
                .doesNotContain("\"sentence\"");
        assertThat(of("y".repeat(60_000), "{}").leaf()).hasSizeGreaterThan(60_000);
        for (CanonicalEntry entry : List.of(details, sentence)) {
            assertThat(CanonicalEntry.of(CanonicalJson.read(entry.json())).leafHash())
                    .isEqualTo(entry.leafHash());
        }
        assertThat(of("short", "{\"all\": \"" + long1 + "y\"}").leafHash()).isNotEqualTo(details.leafHash());
        assertThat(of(long1 + "y", "{}").leafHash()).isNotEqualTo(sentence.leafHash());
    }

    @Test
    void hasTheseMembersAndNoOther() {
        for (String json : new String[] {
            "{}",
            "[]",
            ENTRY.json().replace("\"id\":42,", ""),
            ENTRY.json().replace("\"id\":42,", "\"id\":42,\"more\":1,")
        }) {
            assertThatThrownBy(() -> CanonicalEntry.of(CanonicalJson.read(json)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> CanonicalJson.read("{\"a\":1,\"a\":2}")).isInstanceOf(Exception.class);
    }

    private static CanonicalEntry of(String sentence, String details) {
        return CanonicalEntry.of(new CanonicalEntry.Told(1, Instant.EPOCH, "a", "k", null, sentence), details, null);
    }
}
