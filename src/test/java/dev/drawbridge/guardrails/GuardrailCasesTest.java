package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Held;
import dev.drawbridge.guardrails.facts.History;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import dev.drawbridge.guardrails.facts.Wanted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Walks {@code rules/} and runs every guardrail's cases, in the file beside it. */
class GuardrailCasesTest {
    private static final RuleFiles FILES = new RuleFiles(Path.of("rules"));
    private static final Catalog CATALOG = new Catalog(FILES);
    private static final BusinessCalendar CALENDAR = new BusinessCalendar(FILES);
    private static final Rulebook RULEBOOK = new Rulebook(FILES, new LevelDefinitions(FILES));
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()).registerModule(new JavaTimeModule());
    private static final Instant TUESDAY_MORNING = Instant.parse("2027-01-12T10:00:00Z");

    /** A case names what matters to it; the rest is an ordinary request on an ordinary morning. */
    record Case(
            String when,
            String entitlement,
            Set<String> requesterGroups,
            Duration duration,
            String ticket,
            Instant at,
            boolean mfa,
            Duration signedInAgo,
            List<String> held,
            int automaticGrants) {}

    record Cases(List<Case> fires, List<Case> silent) {}

    @TestFactory
    Stream<DynamicNode> everyGuardrailDoesWhatItsCasesSay() {
        return RULEBOOK.ids().stream().sorted().map(id -> {
            Cases cases = cases(id);
            List<DynamicNode> tests = new ArrayList<>();
            cases.fires()
                    .forEach(example -> tests.add(DynamicTest.dynamicTest(
                            "fires: " + example.when(),
                            () -> assertThat(fired(id, example))
                                    .as("rules/%s.drl should fire: %s", id, example.when())
                                    .isTrue())));
            cases.silent()
                    .forEach(example -> tests.add(DynamicTest.dynamicTest(
                            "stays silent: " + example.when(),
                            () -> assertThat(fired(id, example))
                                    .as("rules/%s.drl should stay silent: %s", id, example.when())
                                    .isFalse())));
            tests.add(DynamicTest.dynamicTest("has a case that fires and one that stays silent", () -> {
                assertThat(cases.fires()).isNotEmpty();
                assertThat(cases.silent()).isNotEmpty();
            }));
            return DynamicContainer.dynamicContainer(id, tests);
        });
    }

    @Test
    void everyFileOfCasesBelongsToAGuardrail() {
        assertThat(FILES.list(".cases.yaml"))
                .extracting(file -> file.toString().replace('\\', '/').replace(".cases.yaml", ""))
                .containsExactlyInAnyOrderElementsOf(RULEBOOK.ids());
    }

    @Test
    void thereAreTenGuardrailsAtLeast() {
        assertThat(RULEBOOK.ids()).hasSizeGreaterThanOrEqualTo(10);
    }

    private static Cases cases(String id) {
        Path file = Path.of(id + ".cases.yaml");
        assertThat(FILES.list(".cases.yaml")).as("the cases of " + id).contains(file);
        try {
            return YAML.readValue(FILES.text(file), Cases.class);
        } catch (JsonProcessingException wrong) {
            throw new AssertionError("rules/" + file + ": " + wrong.getMessage(), wrong);
        }
    }

    private static boolean fired(String id, Case example) {
        return RULEBOOK.consult(facts(example)).stream()
                .anyMatch(finding -> finding.rule().equals(id) && finding.effect() != Finding.Effect.FAILED);
    }

    private static List<Object> facts(Case example) {
        Entitlement wanted = CATALOG.find(example.entitlement()).orElseThrow();
        BusinessCalendar.Moment moment = CALENDAR.at(Objects.requireNonNullElse(example.at(), TUESDAY_MORNING));
        List<Object> facts = new ArrayList<>(List.of(
                new Asked(
                        Objects.requireNonNullElse(example.duration(), Duration.ofMinutes(30)),
                        "A case",
                        example.ticket() != null,
                        false),
                new Wanted(
                        wanted.id(),
                        wanted.resource(),
                        wanted.level(),
                        wanted.sensitivity(),
                        wanted.environment(),
                        wanted.personalData(),
                        wanted.masked()),
                new Requester("somebody", Objects.requireNonNullElse(example.requesterGroups(), Set.of("engineers"))),
                new SignedIn(
                        "form",
                        example.mfa(),
                        Objects.requireNonNullElse(example.signedInAgo(), Duration.ofMinutes(5)),
                        "127.0.0.1"),
                new Moment(moment.officeHours(), moment.holiday(), moment.changeFreeze()),
                new History(example.automaticGrants())));
        Objects.requireNonNullElse(example.held(), List.<String>of()).stream()
                .map(held -> CATALOG.find(held).orElseThrow())
                .map(held -> new Held(held.id(), held.resource(), held.level()))
                .forEach(facts::add);
        return facts;
    }
}
