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
import dev.drawbridge.catalog.TicketNumbers;
import dev.drawbridge.directory.Employment;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Held;
import dev.drawbridge.guardrails.facts.HeldByOthers;
import dev.drawbridge.guardrails.facts.History;
import dev.drawbridge.guardrails.facts.Holdings;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import dev.drawbridge.guardrails.facts.Wanted;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Walks {@code rules/}, and those of a company of the tests, and runs every guardrail's cases, in the file beside it. */
class GuardrailCasesTest {
    private static final Rules OURS = Rules.in(Path.of("rules"));

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
            String target,
            AccessLevel level,
            Sensitivity sensitivity,
            String environment,
            Boolean personalData,
            Boolean masked,
            String requester,
            Set<String> requesterGroups,
            String zone,
            Employment employment,
            boolean withManager,
            boolean withSponsor,
            Duration duration,
            String ticket,
            String ticketSystem,
            boolean startsLater,
            Duration startsIn,
            Instant at,
            Boolean officeHours,
            Boolean holiday,
            Boolean changeFreeze,
            Boolean maintenanceWindow,
            Boolean weekend,
            DayOfWeek dayOfWeek,
            LocalTime time,
            String method,
            boolean mfa,
            Duration signedInAgo,
            String address,
            List<String> held,
            Map<String, Integer> heldByOthers,
            int automaticGrants) {}

    record Cases(List<Case> fires, List<Case> silent) {}

    /** The rules of a folder, and what their cases speak of. */
    private record Rules(
            RuleFiles files, Catalog catalog, BusinessCalendar calendar, TicketNumbers tickets, Rulebook rulebook) {
        static Rules in(Path folder) {
            RuleFiles files = new RuleFiles(folder);
            return new Rules(
                    files,
                    new Catalog(files),
                    new BusinessCalendar(files),
                    new TicketNumbers(files),
                    new Rulebook(files, new Catalog(files), new LevelDefinitions(files), new TicketNumbers(files)));
        }
    }

    @TestFactory
    Stream<DynamicNode> everyGuardrailDoesWhatItsCasesSay() {
        return cases(OURS);
    }

    @TestFactory
    Stream<DynamicNode> everyGuardrailOfACompanyDoesWhatItsCasesSay() {
        return cases(Rules.in(Path.of("src", "test", "resources", "company", "rules")));
    }

    private static Stream<DynamicNode> cases(Rules rules) {
        return rules.rulebook().ids().stream().sorted().map(id -> {
            Cases cases = cases(rules, id);
            List<DynamicNode> tests = new ArrayList<>();
            cases.fires()
                    .forEach(example -> tests.add(DynamicTest.dynamicTest(
                            "fires: " + example.when(),
                            () -> assertThat(fired(rules, id, example))
                                    .as("rules/%s.drl should fire: %s", id, example.when())
                                    .isTrue())));
            cases.silent()
                    .forEach(example -> tests.add(DynamicTest.dynamicTest(
                            "stays silent: " + example.when(),
                            () -> assertThat(fired(rules, id, example))
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
        assertThat(OURS.files().list(".cases.yaml"))
                .extracting(file -> file.toString().replace('\\', '/').replace(".cases.yaml", ""))
                .containsExactlyInAnyOrderElementsOf(OURS.rulebook().ids());
    }

    @Test
    void thereAreTenGuardrailsAtLeast() {
        assertThat(OURS.rulebook().ids()).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void aCaseSetsEveryWordOfTheVocabulary() throws JsonProcessingException {
        Case example = YAML.readValue("""
                when: everything is different
                entitlement: app-logs-read
                resource: ledger
                target: books
                level: ADMIN
                sensitivity: CRITICAL
                environment: test
                personalData: true
                masked: true
                requester: erin
                requesterGroups: [owners]
                zone: America/New_York
                employment: INTERN
                withManager: true
                withSponsor: true
                duration: PT3H
                ticket: OPS-1
                ticketSystem: jira
                startsIn: P2D
                officeHours: false
                holiday: true
                changeFreeze: true
                maintenanceWindow: true
                weekend: true
                dayOfWeek: FRIDAY
                time: "23:30"
                method: basic
                mfa: true
                signedInAgo: PT13H
                address: 10.0.0.1
                held: [orders-write]
                heldByOthers: {orders-admin: 2}
                automaticGrants: 7
                """, Case.class);

        assertThat(facts(OURS, example))
                .containsExactly(
                        new Asked(Duration.ofHours(3), "A case", "OPS-1", "jira", Duration.ofDays(2)),
                        new Wanted(
                                "app-logs-read",
                                "ledger",
                                "books",
                                AccessLevel.ADMIN,
                                Sensitivity.CRITICAL,
                                "test",
                                true,
                                true),
                        new Requester("erin", Set.of("owners"), "America/New_York", Employment.INTERN, true, true),
                        new SignedIn("basic", true, Duration.ofHours(13), "10.0.0.1"),
                        new Moment(false, true, true, true, true, DayOfWeek.FRIDAY, LocalTime.of(23, 30)),
                        new History(7),
                        new Held("orders-write", "orders", "orders", AccessLevel.WRITE),
                        new Holdings(1, 0, 0, 0),
                        new HeldByOthers("orders-admin", "orders", "orders", AccessLevel.ADMIN, 2));
        // A fact that grows a word makes this stale: then a case has to be able to set it.
        assertThat(Vocabulary.Fact.values())
                .extracting(fact -> fact.words().size())
                .containsExactly(6, 8, 6, 5, 7, 4, 5, 4, 1);
    }

    private static Cases cases(Rules rules, String id) {
        Path file = Path.of(id + ".cases.yaml");
        assertThat(rules.files().list(".cases.yaml")).as("the cases of " + id).contains(file);
        try {
            // Read as strictly as what is judged by: a case that says something else than it seems to proves nothing.
            return YAML.treeToValue(rules.files().read(file.toString(), new TypeReference<JsonNode>() {}), Cases.class);
        } catch (JsonProcessingException wrong) {
            throw new AssertionError("rules/" + file + ": " + wrong.getMessage(), wrong);
        }
    }

    private static boolean fired(Rules rules, String id, Case example) {
        return rules.rulebook().consult(facts(rules, example)).stream()
                .anyMatch(finding -> finding.rule().equals(id) && finding.effect() != Finding.Effect.FAILED);
    }

    private static List<Object> facts(Rules rules, Case example) {
        Entitlement wanted = rules.catalog().find(example.entitlement()).orElseThrow();
        BusinessCalendar.Moment moment = rules.calendar().at(requireNonNullElse(example.at(), TUESDAY_MORNING), wanted);
        Wanted asked = new Wanted(
                wanted.id(),
                requireNonNullElse(example.resource(), wanted.resource()),
                requireNonNullElse(example.target(), wanted.target().system()),
                requireNonNullElse(example.level(), wanted.level()),
                requireNonNullElse(example.sensitivity(), wanted.sensitivity()),
                requireNonNullElse(example.environment(), wanted.environment()),
                requireNonNullElse(example.personalData(), wanted.personalData()),
                requireNonNullElse(example.masked(), wanted.masked()));
        List<Object> facts = new ArrayList<>(List.of(
                new Asked(
                        requireNonNullElse(example.duration(), Duration.ofMinutes(30)),
                        "A case",
                        requireNonNullElse(example.ticket(), ""),
                        requireNonNullElse(
                                example.ticketSystem(),
                                rules.tickets().systemOf(requireNonNullElse(example.ticket(), ""))),
                        requireNonNullElse(
                                example.startsIn(), example.startsLater() ? Duration.ofDays(1) : Duration.ZERO)),
                asked,
                new Requester(
                        requireNonNullElse(example.requester(), "somebody"),
                        requireNonNullElse(example.requesterGroups(), Set.of("engineers")),
                        requireNonNullElse(
                                example.zone(),
                                rules.calendar()
                                        .zoneOfMember(
                                                requireNonNullElse(example.requesterGroups(), Set.of("engineers")))
                                        .getId()),
                        example.employment(),
                        example.withManager(),
                        example.withSponsor()),
                new SignedIn(
                        requireNonNullElse(example.method(), "form"),
                        example.mfa(),
                        requireNonNullElse(example.signedInAgo(), Duration.ofMinutes(5)),
                        requireNonNullElse(example.address(), "127.0.0.1")),
                new Moment(
                        requireNonNullElse(example.officeHours(), moment.officeHours()),
                        requireNonNullElse(example.holiday(), moment.holiday()),
                        requireNonNullElse(example.changeFreeze(), moment.changeFreeze()),
                        requireNonNullElse(example.maintenanceWindow(), moment.maintenanceWindow()),
                        requireNonNullElse(example.weekend(), moment.weekend()),
                        requireNonNullElse(example.dayOfWeek(), moment.local().getDayOfWeek()),
                        requireNonNullElse(example.time(), moment.local().toLocalTime())),
                new History(example.automaticGrants())));
        List<Held> held = requireNonNullElse(example.held(), List.<String>of()).stream()
                .map(one -> rules.catalog().find(one).orElseThrow())
                .map(one -> new Held(one.id(), one.resource(), one.target().system(), one.level()))
                .toList();
        facts.addAll(held);
        facts.add(GatherFacts.holdings(asked, held));
        requireNonNullElse(example.heldByOthers(), Map.<String, Integer>of()).forEach((id, people) -> {
            Entitlement other = rules.catalog().find(id).orElseThrow();
            facts.add(new HeldByOthers(
                    other.id(), other.resource(), other.target().system(), other.level(), people));
        });
        return facts;
    }
}
