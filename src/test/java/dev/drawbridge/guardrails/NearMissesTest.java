package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.catalog.RuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guardrails of whose condition all but one part held. */
class NearMissesTest {
    private static final RuleSet OURS = RuleSet.of(new RuleFiles(Path.of("rules")));

    @TempDir
    Path folder;

    private List<String> missing(String condition) throws IOException {
        for (String file : List.of("levels.yaml", "catalog.yaml", "calendar.yaml", "on-call.yaml", "tickets.yaml")) {
            Files.copy(Path.of("rules", file), folder.resolve(file));
        }
        Files.writeString(
                folder.resolve("one.drl"), "rule \"One\"\nwhen\n" + condition + "\nthen\n    guardrail.deny();\nend\n");
        RuleSet rules = RuleSet.of(new RuleFiles(folder));
        return NearMisses.of(
                        rules.rulebook(), AnyFacts.ordinary(rules, "orders-read", "PT30M", AnyFacts.TUESDAY_MORNING))
                .stream()
                .map(NearMiss::missing)
                .toList();
    }

    @Test
    void nameTheRuleAndWhatWasMissing() {
        assertThat(NearMisses.of(
                        OURS.rulebook(), AnyFacts.ordinary(OURS, "app-logs-read", "PT30M", AnyFacts.TUESDAY_MORNING)))
                .contains(new NearMiss(
                        "duration/low-longer-than-an-hour",
                        "Low-sensitivity access for longer than an hour needs your manager.",
                        "Asked",
                        "Asked(longerThan(\"PT1H\"))"))
                .extracting(NearMiss::rule)
                .doesNotContain(
                        "automatic/low-up-to-an-hour", "automatic/ten-a-day", "conflicts/one-way-to-change-at-a-time");
    }

    @Test
    void lackOnePartOfTwoOrMore() throws IOException {
        assertThat(missing("Wanted( sensitivity == Sensitivity.MODERATE, level == AccessLevel.WRITE )"))
                .containsExactly("Wanted(level == AccessLevel.WRITE)");
    }

    @Test
    void areNotThoseThatLackTwoParts() throws IOException {
        assertThat(missing("Wanted( sensitivity == Sensitivity.LOW, level == AccessLevel.WRITE )"))
                .isEmpty();
    }

    @Test
    void areNotThoseOfOnePartAlone() throws IOException {
        assertThat(missing("History( automaticGrants >= 10 )")).isEmpty();
    }

    @Test
    void takeAccessThatIsHeldAsAWhole() throws IOException {
        assertThat(
                        missing(
                                "Wanted( $resource : resource )\n Moment( officeHours )\n Held( resource == $resource, level == AccessLevel.WRITE )"))
                .containsExactly("Held(resource == $v0, level == AccessLevel.WRITE)");
    }

    @Test
    void lookIntoWhatIsNotToBe() throws IOException {
        assertThat(missing("Moment( officeHours )\n not Asked( withTicket == false )"))
                .containsExactly("not Asked(withTicket == false)");
    }
}
