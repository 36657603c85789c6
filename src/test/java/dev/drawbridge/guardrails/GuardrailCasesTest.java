package dev.drawbridge.guardrails;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.Entitlement;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.Sensitivity;
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
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .registerModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
    private static final Instant TUESDAY_MORNING = Instant.parse("2027-01-12T10:00:00Z");

    /**
     * A case names what matters to it; the rest is an ordinary request on an ordinary morning. What is said of the
     * entitlement, of what is held and of the moment beside their names stands instead of what the catalog and the
     * calendar say.
     */
    record Case(
            String when,
            String entitlement,
            String resource,
            AccessLevel level,
            Sensitivity sensitivity,
            String environment,
            Boolean personalData,
            Boolean masked,
            String requester,
            Set<String> requesterGroups,
            Duration duration,
            String ticket,
            boolean startsLater,
            Instant at,
            Boolean officeHours,
            Boolean holiday,
            Boolean changeFreeze,
            String method,
            boolean mfa,
            Duration signedInAgo,
            String address,
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

    @Test
    void aCaseSetsEveryWordOfTheVocabulary() throws JsonProcessingException {
        Case example = YAML.readValue("""
                when: everything is different
                entitlement: app-logs-read
                resource: ledger
                level: ADMIN
                sensitivity: CRITICAL
                environment: test
                personalData: true
                masked: true
                requester: erin
                requesterGroups: [owners]
                duration: PT3H
                ticket: OPS-1
                startsLater: true
                officeHours: false
                holiday: true
                changeFreeze: true
                method: basic
                mfa: true
                signedInAgo: PT13H
                address: 10.0.0.1
                held: [orders-write]
                automaticGrants: 7
                """, Case.class);

        assertThat(facts(example))
                .containsExactly(
                        new Asked(Duration.ofHours(3), "A case", true, true),
                        new Wanted(
                                "app-logs-read", "ledger", AccessLevel.ADMIN, Sensitivity.CRITICAL, "test", true, true),
                        new Requester("erin", Set.of("owners")),
                        new SignedIn("basic", true, Duration.ofHours(13), "10.0.0.1"),
                        new Moment(false, true, true),
                        new History(7),
                        new Held("orders-write", "orders", AccessLevel.WRITE));
        // A fact that grows a word makes this stale: then a case has to be able to set it.
        assertThat(Vocabulary.Fact.values())
                .extracting(fact -> fact.words().size())
                .containsExactly(3, 7, 2, 4, 3, 3, 1);
    }

    private static Cases cases(String id) {
        Path file = Path.of(id + ".cases.yaml");
        assertThat(FILES.list(".cases.yaml")).as("the cases of " + id).contains(file);
        try {
            // Read as strictly as what is judged by: a case that says something else than it seems to proves nothing.
            return YAML.treeToValue(FILES.read(file.toString(), new TypeReference<JsonNode>() {}), Cases.class);
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
        BusinessCalendar.Moment moment = CALENDAR.at(requireNonNullElse(example.at(), TUESDAY_MORNING));
        List<Object> facts = new ArrayList<>(List.of(
                new Asked(
                        requireNonNullElse(example.duration(), Duration.ofMinutes(30)),
                        "A case",
                        example.ticket() != null,
                        example.startsLater()),
                new Wanted(
                        wanted.id(),
                        requireNonNullElse(example.resource(), wanted.resource()),
                        requireNonNullElse(example.level(), wanted.level()),
                        requireNonNullElse(example.sensitivity(), wanted.sensitivity()),
                        requireNonNullElse(example.environment(), wanted.environment()),
                        requireNonNullElse(example.personalData(), wanted.personalData()),
                        requireNonNullElse(example.masked(), wanted.masked())),
                new Requester(
                        requireNonNullElse(example.requester(), "somebody"),
                        requireNonNullElse(example.requesterGroups(), Set.of("engineers"))),
                new SignedIn(
                        requireNonNullElse(example.method(), "form"),
                        example.mfa(),
                        requireNonNullElse(example.signedInAgo(), Duration.ofMinutes(5)),
                        requireNonNullElse(example.address(), "127.0.0.1")),
                new Moment(
                        requireNonNullElse(example.officeHours(), moment.officeHours()),
                        requireNonNullElse(example.holiday(), moment.holiday()),
                        requireNonNullElse(example.changeFreeze(), moment.changeFreeze())),
                new History(example.automaticGrants())));
        requireNonNullElse(example.held(), List.<String>of()).stream()
                .map(held -> CATALOG.find(held).orElseThrow())
                .map(held -> new Held(held.id(), held.resource(), held.level()))
                .forEach(facts::add);
        return facts;
    }
}
