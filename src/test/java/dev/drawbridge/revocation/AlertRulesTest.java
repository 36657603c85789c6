package dev.drawbridge.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Alert rules that name a figure which nobody reports would never fire. */
@DrawbridgeTest
class AlertRulesTest {
    private static final Path RULES = Path.of("src/docs/operations/drawbridge.rules.yml");
    private static final Pattern METRIC = Pattern.compile("\\bdrawbridge_[a-z_]+");
    private static final Pattern REPORTED = Pattern.compile("(?m)^drawbridge_[a-z_]+");

    @Autowired
    World world;

    @Test
    void nameOnlyWhatIsReported() throws Exception {
        Set<String> reported =
                names(REPORTED, world.get("operator", "/actuator/prometheus").text());

        assertThat(rules())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(names(METRIC, rule.path("expr").asText()))
                        .as(rule.path("alert").asText())
                        .isSubsetOf(reported));
        assertThat(rules().stream()
                        .flatMap(rule -> names(METRIC, rule.path("expr").asText()).stream()))
                .contains(
                        "drawbridge_grants_failing",
                        "drawbridge_grants_overdue",
                        "drawbridge_grants_overdue_oldest_seconds",
                        "drawbridge_nodes_differing",
                        "drawbridge_revocations_failing",
                        "drawbridge_revocation_lag_seconds_bucket");
    }

    @Test
    void sayWhatIsWrongAndWhatToDo() throws Exception {
        assertThat(rules()).allSatisfy(rule -> {
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(rule.at("/annotations/summary").asText()).endsWith(".");
            assertThat(rule.at("/annotations/action").asText()).endsWith(".");
        });
    }

    @Test
    void tellTimesAsTimesAndNumbersAsNumbers() throws Exception {
        assertThat(rules()).allSatisfy(rule -> {
            String summary = rule.at("/annotations/summary").asText();
            // An expression has the value of the first figure in it: what is compared with "and" only decides.
            String figure = METRIC.matcher(rule.path("expr").asText())
                    .results()
                    .map(MatchResult::group)
                    .findFirst()
                    .orElse("up");
            if (summary.contains("{{ $value }}")) {
                assertThat(figure).as(summary).doesNotContain("seconds");
            }
            if (summary.contains("{{ $value | humanizeDuration }}")) {
                assertThat(figure).as(summary).contains("seconds");
            }
        });
    }

    private static List<JsonNode> rules() throws Exception {
        JsonNode groups =
                new ObjectMapper(new YAMLFactory()).readTree(RULES.toFile()).path("groups");
        return StreamSupport.stream(groups.spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
                .toList();
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
