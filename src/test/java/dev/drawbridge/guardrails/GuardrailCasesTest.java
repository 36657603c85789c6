package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Catalog;
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
import java.time.LocalTime;
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

    /** The rules of a folder, and what their cases speak of. */
    private record Rules(
            RuleFiles files, Catalog catalog, BusinessCalendar calendar, TicketNumbers tickets, Rulebook rulebook) {
        RuleCases cases() {
            return new RuleCases(files, catalog, calendar, tickets, rulebook);
        }

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
        return rules.rulebook().ids().stream()
                .sorted()
                .map(id -> DynamicContainer.dynamicContainer(
                        id,
                        rules.cases().of(id).stream()
                                .map(example -> DynamicTest.dynamicTest(
                                        (example.fires() ? "fires: " : "stays silent: ")
                                                + example.request().when(),
                                        () -> assertThat(rules.cases().isTrue(example))
                                                .as("rules/%s.drl: %s", id, example)
                                                .isTrue()))));
    }

    @Test
    void everyFileOfCasesBelongsToAGuardrail() {
        assertThat(OURS.files().list(".cases.yaml"))
                .extracting(file -> file.toString().replace('\\', '/').replace(".cases.yaml", ""))
                .containsExactlyInAnyOrderElementsOf(OURS.rulebook().ids().stream()
                        .map(id -> id.replaceAll("#.*", ""))
                        .distinct()
                        .toList());
    }

    @Test
    void thereAreTenGuardrailsAtLeast() {
        assertThat(OURS.rulebook().ids()).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void aCaseSetsEveryWordOfTheVocabulary() throws JsonProcessingException {
        RuleCase example = new YAMLMapper().registerModule(new JavaTimeModule()).readValue("""
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
                """, RuleCase.class);

        assertThat(OURS.cases().facts(new RuleCases.Example("rule", true, 0, example)))
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
}
