package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a change of the rules allows, before anybody publishes it. */
class NewlyAllowedTest {
    @TempDir
    Path folder;

    private DraftRules changed;
    private RuleSet ours;

    @BeforeEach
    void copyOurs() {
        ours = DraftRules.ofOurs(folder.resolve("before")).load();
        changed = DraftRules.ofOurs(folder.resolve("now"));
    }

    @Test
    void isNothingWhereNothingHasChanged() {
        NewlyAllowed.Report report = NewlyAllowed.between(ours, changed.load());

        assertThat(report.changes()).isEmpty();
        assertThat(report.all()).isTrue();
        assertThat(report.told())
                .singleElement(STRING)
                .matches("Nothing new is allowed: checked [0-9,]+ combinations, all of them\\.");
    }

    @Test
    void isWhatATicketOfANewKindCanBeAskedWith() {
        changed.change("tickets.yaml", "OPS-1234}", "OPS-1234}\n  - {like: \"X{number}\", example: X1}");

        NewlyAllowed.Report report = NewlyAllowed.between(ours, changed.load());

        assertThat(report.changes())
                .allMatch(change -> change.change().startsWith("could not be asked for, and is given once"))
                .allMatch(change -> change.example().words().ticket().startsWith("X"))
                .extracting(NewlyAllowed.Change::entitlement)
                .containsOnly("orders-write", "orders-admin");
    }

    @Test
    void isNothingWhereARuleWasMadeStricter() {
        changed.change("duration/critical-one-hour-at-most.drl", "PT1H", "PT30M")
                .rule("a/b.drl", "SignedIn( mfa == false )", "guardrail.deny();");

        NewlyAllowed.Report report = NewlyAllowed.between(ours, changed.load());

        assertThat(report.changes()).isEmpty();
        assertThat(report.all()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contractors/never-critical.drl | belongsTo(\"contractors\") | belongsTo(\"contractors\"), withSponsor == false"
                        + " | orders-admin | was refused, and is given once 1 of manager",
                "tickets/production-changes-need-a-ticket.drl | environment == | masked, environment =="
                        + " | orders-write | was refused, and is given once 1 of manager",
                "duration/critical-one-hour-at-most.drl | PT1H | PT2H"
                        + " | orders-admin | for PT1H at most, and is given once 1 of manager and 2 of two-owners",
                "sensitivity/high-needs-manager-and-owner.drl | guardrail.requireApproval(\"owner\"); |"
                        + " | orders-write | was given once 1 of manager and 1 of owner had agreed",
                "masking/masked-columns.drl | masked == true | masked == true, personalData == false"
                        + " | orders-read | with masked-columns, and is given automatically",
                "levels.yaml | quorum: 2 | quorum: 1" + " | orders-admin | 2 of two-owners",
                "catalog.yaml | limit: PT4H | limit: PT6H"
                        + " | orders-admin | could not be asked for, and is given once",
                "catalog.yaml | id: orders-admin | id: orders-owner"
                        + " | orders-owner | could not be asked for, and is given once",
                "calendar.yaml | \"18:00\" | \"20:00\"" + " | orders-read | had agreed",
            })
    void isToldByKindWithAnExample(String file, String what, String with, String entitlement, String told) {
        changed.change(file, what, with == null ? "" : with);

        NewlyAllowed.Report report = NewlyAllowed.between(ours, changed.load());

        assertThat(report.all()).isTrue();
        assertThat(report.changes())
                .extracting(NewlyAllowed.Change::entitlement)
                .contains(entitlement);
        assertThat(report.changes())
                .anyMatch(change -> change.entitlement().equals(entitlement)
                        && change.change().contains(told)
                        && change.combinations() > 0);
        assertThat(report.told()).last(STRING).startsWith("Nothing else is newly allowed: checked ");
    }
}
