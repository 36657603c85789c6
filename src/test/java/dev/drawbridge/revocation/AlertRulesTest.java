package dev.drawbridge.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Alert rules that name a figure which nobody reports would never fire. */
class AlertRulesTest {
    private static final Path RULES = Path.of("src/docs/operations/drawbridge.rules.yml");
    private static final Pattern METRIC = Pattern.compile("\\bdrawbridge_[a-z_]+");
    private static final Pattern REPORTED = Pattern.compile("(?m)^drawbridge_[a-z_]+");

    @Test
    void nameOnlyWhatIsReported() throws Exception {
        Set<String> reported = names(REPORTED, scrape());

        assertThat(rules())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(names(METRIC, rule.path("expr").asText()))
                        .as(rule.path("alert").asText())
                        .isSubsetOf(reported));
        assertThat(rules().stream()
                        .flatMap(rule -> names(METRIC, rule.path("expr").asText()).stream()))
                .contains(
                        "drawbridge_grants_overdue",
                        "drawbridge_grants_overdue_oldest_seconds",
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

    private static String scrape() {
        Revocations revocations = mock(Revocations.class);
        when(revocations.exposure(any())).thenReturn(new Exposure(0, 0, 0, 0, 0, null));
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Clock clock = Clock.systemUTC();
        new RevocationMetrics(new ExposureNow(revocations, clock), registry, clock);
        return registry.scrape();
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
