package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.catalog.RuleFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Facts, written and read again. */
class FactsOnRecordTest {
    private static final RuleSet OURS = RuleSet.of(new RuleFiles(Path.of("rules")));

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void readAsTheyWereWhateverTheyWere(@ForAll long seed) throws JsonProcessingException {
        SeenFacts facts = AnyFacts.any(seed);

        assertThat(FactsOnRecord.read(FactsOnRecord.written(facts))).isEqualTo(facts);
    }

    @Example
    void holdThePartsOfEachFactAndNotWhatElseARuleCallsThem() {
        JsonNode written = FactsOnRecord.shown(
                FactsOnRecord.written(AnyFacts.ordinary(OURS, "orders-read", "PT30M", AnyFacts.TUESDAY_MORNING)));

        assertThat(names(written))
                .containsExactlyInAnyOrder(
                        "when",
                        "already",
                        "asked",
                        "wanted",
                        "requester",
                        "signedIn",
                        "moment",
                        "history",
                        "holdings",
                        "held",
                        "heldByOthers",
                        "belonging",
                        "limits");
        assertThat(names(written.path("asked")))
                .containsExactlyInAnyOrder("duration", "justification", "ticket", "ticketSystem", "startsIn");
        assertThat(written.path("asked").path("duration").asText()).isEqualTo("PT30M");
        assertThat(written.path("moment").path("time").asText()).isEqualTo("11:00:00");
        assertThat(written.path("when").asText()).isEqualTo("2027-01-12T10:00:00Z");
    }

    @Example
    void areUnderstoodThoughALaterReleaseHasAddedToThem() throws JsonProcessingException {
        SeenFacts facts = AnyFacts.ordinary(OURS, "orders-read", "PT30M", AnyFacts.TUESDAY_MORNING);

        assertThat(FactsOnRecord.read(FactsOnRecord.written(facts).replaceFirst("\\{", "{\"weather\":\"rain\",")))
                .isEqualTo(facts);
    }

    @Example
    void areReadFromATimeWhenThereWereNoLimits() throws JsonProcessingException {
        SeenFacts facts = AnyFacts.ordinary(OURS, "orders-read", "PT30M", AnyFacts.TUESDAY_MORNING);
        assertThat(facts.limits()).containsEntry("longestHighAccess", "PT4H");
        String before = FactsOnRecord.written(facts).replaceFirst(",\"limits\":\\{[^}]*}", "");

        assertThat(before).doesNotContain("limits");
        assertThat(FactsOnRecord.read(before).limits()).isEmpty();
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
