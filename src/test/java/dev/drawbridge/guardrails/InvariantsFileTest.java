package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be meant in {@code rules/invariants.yaml} is told with its line. */
class InvariantsFileTest {
    @TempDir
    Path folder;

    private DraftRules rules;
    private RuleSet loaded;

    @BeforeEach
    void copyOurs() {
        rules = DraftRules.ofOurs(folder.resolve("rules"));
        loaded = rules.load();
    }

    private Invariants.Report check(String file) {
        rules.write("invariants.yaml", file);
        return Invariants.check(new RuleSet(
                new dev.drawbridge.catalog.RuleFiles(rules.folder()),
                loaded.catalog(),
                loaded.levels(),
                loaded.calendar(),
                loaded.tickets(),
                loaded.rulebook()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "when: {sensitive: HIGH} | 3 | this name is not known here; there are address, addressIn, between",
                "when: {sensitivity: high} | 3 | 'high' is none of Sensitivity: LOW, MODERATE, HIGH, CRITICAL.",
                "when: {sensitivity: [LOW, 3]} | 3 | '3' is none of Sensitivity",
                "when: {group: contractor} | 3 | there is no group 'contractor' in rules/catalog.yaml; it knows contractors,",
                "when: {entitlement: orders} | 3 | there is no entitlement 'orders' in rules/catalog.yaml; it knows app-logs-read,",
                "when: {officeHours: no} | 3 | here belongs true or false.",
                "when: {longerThan: 1h} | 3 | '1h' is not a duration such as PT1H.",
                "when: {addressIn: 10.1.0.1/16} | 3 | '10.1.0.1/16' says more than its /16 keeps",
                "when: {between: nights} | 3 | 'nights' is not a span of the day such as 22:00-06:00.",
                "when: HIGH | 3 | here belong names with their values",
                "when: {level: []} | 3 | here belongs a list, such as [one, other].",
                "if: {level: ADMIN} | 3 | this name is not known here; there are name, needs, never, unless, when.",
                "never: given | 4 | 'never'",
            })
    void tellsWhatIsNotMeant(String line, int number, String sentence) {
        Invariants.Report report = check("invariants:\n  - name: one\n    " + line + "\n    never: automatic\n");

        assertThat(report.told())
                .singleElement(STRING)
                .startsWith("rules/invariants.yaml, line " + number + ": ")
                .contains(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "never: sometimes | here belongs 'automatic' (without a human) or 'given' (at all).",
                "needs: {people: 0} | here belongs a number of people, from 1 to 20.",
                "needs: {people: two} | here belongs a number of people, from 1 to 20.",
                "needs: {persons: 2} | this name is not known here; there are levels, limit, obligations, people.",
                "needs: {levels: [owners]} | there is no level 'owners' in rules/levels.yaml; it knows manager,",
                "needs: {obligations: [mask]} | there is no obligation 'mask' in rules/catalog.yaml; it knows masked-columns.",
                "needs: {limit: short} | here belongs a duration such as PT1H.",
                "needs: {} | here belongs what is needed",
                "when: {level: ADMIN} | it says either what is never so",
            })
    void tellsWhatCannotBeAskedFor(String line, String sentence) {
        Invariants.Report report = check("invariants:\n  - name: one\n    " + line + "\n");

        assertThat(report.told())
                .singleElement(STRING)
                .startsWith("rules/invariants.yaml, line ")
                .contains(sentence);
    }

    @Test
    void tellsANameThatIsThereTwiceAndOneThatIsMissing() {
        String one = "  - {name: one, never: given, when: {entitlement: orders-admin}}\n";
        assertThat(check("invariants:\n" + one + one).told())
                .containsExactly(
                        "rules/invariants.yaml, line 3: at 'invariants' [1] 'name': this name is there twice.");
        assertThat(check("invariants:\n  - {never: given}\n").told())
                .containsExactly("rules/invariants.yaml, line 2: at 'invariants' [0]: 'name' is missing.");
        assertThat(check("rules: []\n").told())
                .containsExactly(
                        "rules/invariants.yaml, line 1: at 'rules': this name is not known here; there are invariants.");
    }

    @Test
    void takesEachWordThatARuleMayUseOfTheseFacts() {
        assertThat(check("""
                        invariants:
                          - name: everything at once
                            when:
                              {longerThan: PT1M, startsAfter: PT1H, withTicket: true, ticket: OPS-1234, ticketSystem: "",
                               startsLater: true, entitlement: orders-write, resource: orders, target: orders, level: WRITE,
                               sensitivity: HIGH, environment: production, personalData: true, masked: false, requester: erin,
                               group: [engineers, contractors], employment: [EMPLOYEE, INTERN], withManager: true,
                               withSponsor: false, zone: Europe/Berlin, method: form, mfa: true, olderThan: PT1H,
                               address: 10.1.2.3, addressIn: 10.1.0.0/16, officeHours: false, holiday: true, weekend: false,
                               dayOfWeek: MONDAY, between: "22:00-06:00", changeFreeze: false, maintenanceWindow: false,
                               held: app-logs-read, heldByOthers: orders-admin}
                            never: automatic
                        """).told()).isEmpty();
    }
}
