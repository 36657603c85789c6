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
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CanonicalEntryTest {
    private static final CanonicalEntry ENTRY = CanonicalEntry.of(
            42,
            Instant.parse("2035-06-05T10:00:00.0501Z"),
            "engineer",
            "request-submitted",
            UUID.fromString("0b6ff1d4-6a5c-4d0e-9a54-0a4d5d4f2d11"),
            "Erika “E.” (engineer) asked for it:\n\"why\" \\ </b> é",
            "{\"mfa\": false, \"address\": \"127.0.0.1\", \"times\": 10, \"ratio\": 1.50, \"a\": [null, {}, -0.0]}");

    @Test
    void isWrittenInOneWay() {
        assertThat(ENTRY.json())
                .isEqualTo("{\"actor\":\"engineer\",\"at\":\"2035-06-05T10:00:00.050100Z\","
                        + "\"details\":{\"a\":[null,{},0],\"address\":\"127.0.0.1\",\"mfa\":false,\"ratio\":1.5,\"times\":10},"
                        + "\"id\":42,\"kind\":\"request-submitted\","
                        + "\"request\":\"0b6ff1d4-6a5c-4d0e-9a54-0a4d5d4f2d11\","
                        + "\"sentence\":\"Erika “E.” (engineer) asked for it:\\n\\\"why\\\" \\\\ </b> é\"}");
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

        assertThat(guide).contains(ENTRY.json()).contains(Base64.getEncoder().encodeToString(ENTRY.leafHash()));
    }

    @Test
    void fitsIntoABundleWhateverItHolds() throws Exception {
        String long1 = "x".repeat(70_000);
        CanonicalEntry details = of("short", "{\"all\": \"" + long1 + "\"}");
        CanonicalEntry sentence = of(long1, "{}");
        CanonicalEntry whole = of("y".repeat(60_000), "{}");

        assertThat(new String(details.leaf(), StandardCharsets.UTF_8))
                .hasSizeLessThan(500)
                .contains("\"details\":{\"sha256\":\"")
                .contains("\"sentence\":\"short\"");
        assertThat(new String(sentence.leaf(), StandardCharsets.UTF_8))
                .hasSizeLessThan(500)
                .contains("\"sentence\":{\"sha256\":\"");
        assertThat(whole.leaf()).hasSizeGreaterThan(60_000);
        assertThat(CanonicalEntry.of(CanonicalJson.read(details.json())).leafHash())
                .isEqualTo(details.leafHash());
        assertThat(of("short", "{\"all\": \"" + long1 + "y\"}").leafHash()).isNotEqualTo(details.leafHash());
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
        return CanonicalEntry.of(1, Instant.EPOCH, "a", "k", null, sentence, details);
    }
}
