package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must never happen cannot, or is shown by a request that one could send. */
class InvariantsTest {
    private static final String CRITICAL = "sensitivity/critical-needs-manager-owners-security.drl";
    private static final String CONTRACTORS = "contractors/never-critical.drl";
    private static final String OUTSIDE = "working-hours/moderate-outside-office-hours.drl";
    private static final String READING = "automatic/moderate-reading-in-office-hours.drl";
    private static final String TWO_PEOPLE = "Nobody gets CRITICAL without two people";
    private static final String NEVER_ADMIN = "A contractor never gets ADMIN";
    private static final String NOT_AT_NIGHT = "Outside office hours nothing with personal data is automatic";

    @TempDir
    Path folder;

    private DraftRules ours() {
        return DraftRules.ofOurs(folder.resolve("rules"));
    }

    /** Something wrong, and what a request comes to that shows it. */
    private record Planted(String what, Plant plant, String invariant, String told) {
        interface Plant {
            DraftRules in(DraftRules rules);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Planted> planted() {
        return Stream.of(
                new Planted(
                        "a rule that is gone, and one that allows instead",
                        rules -> rules.without(CRITICAL)
                                .rule("a/b.drl", "Wanted( id == \"orders-admin\" )", "guardrail.allow();"),
                        TWO_PEOPLE,
                        "is given automatically"),
                new Planted(
                        "levels that are taken out of a rule",
                        rules -> rules.change(CRITICAL, "guardrail.requireApproval(\"two-owners\");", "")
                                .change(CRITICAL, "guardrail.requireApproval(\"security\");", ""),
                        TWO_PEOPLE,
                        "is given once 1 of manager has agreed"),
                new Planted(
                        "a quorum that is lowered",
                        rules -> rules.change(CRITICAL, "guardrail.requireApproval(\"manager\");", "")
                                .change(CRITICAL, "guardrail.requireApproval(\"security\");", "")
                                .change("levels.yaml", "quorum: 2", "quorum: 1"),
                        TWO_PEOPLE,
                        "is given once 1 of two-owners has agreed"),
                new Planted(
                        "a quorum of one's own in the catalog",
                        rules -> rules.change(CRITICAL, "guardrail.requireApproval(\"manager\");", "")
                                .change(CRITICAL, "guardrail.requireApproval(\"security\");", "")
                                .change(
                                        "catalog.yaml",
                                        "limit: PT4H\n",
                                        "limit: PT4H\n    levels: {two-owners: {quorum: 1}}\n"),
                        TWO_PEOPLE,
                        "is given once 1 of two-owners has agreed"),
                new Planted(
                        "two levels that ask the same person",
                        rules -> rules.change(CRITICAL, "\"manager\"", "\"owner\"")
                                .change(CRITICAL, "guardrail.requireApproval(\"security\");", "")
                                .change("levels.yaml", "quorum: 2", "quorum: 1"),
                        TWO_PEOPLE,
                        "is given once 1 of owner has agreed"),
                new Planted(
                        "a prohibition that has gone",
                        rules -> rules.without(CONTRACTORS),
                        NEVER_ADMIN,
                        "is given once 1 of manager and 2 of two-owners and 1 of security have agreed"),
                new Planted(
                        "a prohibition with a hole for a way to sign in",
                        rules -> rules.change(CONTRACTORS, "then", "SignedIn( mfa == false )\nthen"),
                        NEVER_ADMIN,
                        "is given once"),
                new Planted(
                        "a prohibition with a hole in a network",
                        rules -> rules.change(
                                CONTRACTORS,
                                "then",
                                "SignedIn( !addressIn(\"10.1.0.0/16\") || addressIn(\"10.1.7.0/24\") )\nthen"),
                        NEVER_ADMIN,
                        "is given once"),
                new Planted(
                        "a prohibition with a hole on holidays that fall on a Monday",
                        rules -> rules.change(
                                CONTRACTORS, "then", "Moment( !holiday || dayOfWeek != DayOfWeek.MONDAY )\nthen"),
                        NEVER_ADMIN,
                        "is given once"),
                new Planted(
                        "a prohibition with a hole for who holds something else",
                        rules -> rules.change(CONTRACTORS, "then", "not Held( resource == \"app-logs\" )\nthen"),
                        NEVER_ADMIN,
                        "is given once"),
                new Planted(
                        "a rule that allows at any hour, and one that holds only at weekends",
                        rules -> rules.change(READING, "Moment( officeHours == true )", "")
                                .change(OUTSIDE, "officeHours == false", "officeHours == false, weekend"),
                        NOT_AT_NIGHT,
                        "is given automatically, with masked-columns"),
                new Planted(
                        "an entitlement that is said to be harmless",
                        rules -> rules.change("catalog.yaml", "sensitivity: MODERATE", "sensitivity: LOW"),
                        NOT_AT_NIGHT,
                        "is given automatically, with masked-columns"),
                new Planted(
                        "a window that the calendar opens at night",
                        rules -> rules.change(READING, "officeHours == true", "officeHours || maintenanceWindow")
                                .change(OUTSIDE, "officeHours == false", "officeHours == false, !maintenanceWindow")
                                .change(
                                        "calendar.yaml",
                                        "holidays:",
                                        "maintenanceWindows:\n  - {days: [SATURDAY], from: \"22:00\", to: \"23:00\"}\n"
                                                + "holidays:"),
                        NOT_AT_NIGHT,
                        "is given automatically, with masked-columns"));
    }

    @ParameterizedTest
    @MethodSource("planted")
    void findsWhatIsWrongAndARequestThatShowsIt(Planted planted) {
        RuleSet rules = planted.plant().in(ours()).load();

        Invariants.Report report = Invariants.check(rules);

        Invariants.Checked checked = report.checked().stream()
                .filter(one -> one.name().equals(planted.invariant()))
                .findFirst()
                .orElseThrow();
        assertThat(report.told())
                .allMatch(problem -> problem.matches("rules/invariants\\.yaml, line \\d+: .*"))
                .anyMatch(problem -> problem.contains("'" + planted.invariant() + "' does not hold. ")
                        && problem.contains(planted.told()));
        requireWrong(rules, planted, Objects.requireNonNull(checked.counterexample()));
    }

    /** The facts are made anew here, as a case of a guardrail makes them. */
    private static void requireWrong(RuleSet rules, Planted planted, ImaginedRequest request) {
        List<Object> facts = new RuleCases(
                        rules.files(), rules.catalog(), rules.calendar(), rules.tickets(), rules.rulebook())
                .facts(new RuleCases.Example("imagined", true, 0, asCase(request)));
        Verdict verdict = Combining.verdict(
                rules.rulebook().consult(facts),
                Duration.ZERO,
                "imagined",
                new FewestPeople(
                        rules.levels(),
                        rules.catalog().find(request.entitlement()).orElseThrow()));
        assertThat(Outcome.of(verdict).told()).startsWith(planted.told());
        assertThat(new ImaginedFacts(rules).refuses(request)).isFalse();
        switch (planted.invariant()) {
            case TWO_PEOPLE ->
                assertThat(Outcome.of(verdict).levels().stream()
                                .mapToInt(Level::quorum)
                                .sum())
                        .isLessThan(2);
            case NEVER_ADMIN -> assertThat(request.person().groups()).contains("contractors");
            default ->
                assertThat(rules.calendar()
                                .at(
                                        request.at(),
                                        rules.catalog()
                                                .find(request.entitlement())
                                                .orElseThrow())
                                .officeHours())
                        .isFalse();
        }
    }

    private static RuleCase asCase(ImaginedRequest request) {
        return new RuleCase(
                "imagined",
                request.entitlement(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                request.person().id(),
                request.person().groups(),
                null,
                request.person().employment(),
                request.person().withManager(),
                request.person().withSponsor(),
                request.words().duration(),
                request.words().ticket(),
                null,
                false,
                request.words().startsIn(),
                request.at(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                request.signIn().method(),
                request.signIn().mfa(),
                request.signIn().age(),
                request.signIn().address(),
                request.held(),
                request.heldByOthers(),
                request.automaticGrants());
    }

    @Test
    void provesTheThreeThatAreDelivered() {
        Invariants.Report report = Invariants.check(ours().load());

        assertThat(report.told()).isEmpty();
        assertThat(report.checked())
                .extracting(Invariants.Checked::name)
                .containsExactly(TWO_PEOPLE, NEVER_ADMIN, NOT_AT_NIGHT);
        assertThat(report.checked()).allMatch(Invariants.Checked::all).allMatch(one -> one.combinations() > 100);
        assertThat(report.proofs())
                .allMatch(proof -> proof.matches("'.*' holds: checked [0-9,]+ combinations, all of them\\."));
    }

    @Test
    void asksForNothingWhereThereIsNoSuchFile() {
        Invariants.Report report =
                Invariants.check(ours().without("invariants.yaml").load());

        assertThat(report.told()).isEmpty();
        assertThat(report.checked()).isEmpty();
    }

    @Test
    void saysWhatWasCoveredWhereNotEverythingCanBe() {
        RuleSet rules = ours().load();

        Invariants.Report report = Invariants.check(rules, 4);

        assertThat(report.told()).isEmpty();
        assertThat(report.checked()).anyMatch(one -> !one.all());
        assertThat(report.proofs())
                .anyMatch(proof -> proof.matches(
                        "'.*' is not proven: nothing against it was found in [0-9,]+ of" + " [0-9,]+ combinations\\."));
    }

    @Test
    void saysThatNotAllGroupsWereTriedTogetherWhereThereAreTooMany() {
        DraftRules rules = ours();
        StringBuilder groups = new StringBuilder();
        StringBuilder condition = new StringBuilder();
        for (int number = 0; number < 14; number++) {
            groups.append(", team-").append(number);
            condition.append("Requester( belongsTo(\"team-").append(number).append("\") )\n");
        }
        rules.change("catalog.yaml", "orders-owners, security]", "orders-owners, security" + groups + "]")
                .rule("a/many.drl", condition.toString(), "guardrail.deny();");

        Invariants.Report report = Invariants.check(rules.load());

        assertThat(report.told()).isEmpty();
        assertThat(report.proofs())
                .anyMatch(proof -> proof.contains("is not proven")
                        && proof.contains("; left out were people in more than 4 of the 15 groups that count"));
    }

    @Test
    void speaksOfTheCatalogAsItIs() {
        RuleSet rules = ours().change(
                        "invariants.yaml",
                        "sensitivity: CRITICAL",
                        "environment: production, level: ADMIN, masked: true")
                .load();

        assertThat(Invariants.check(rules).proofs())
                .contains("'" + TWO_PEOPLE + "' holds: nothing in the catalog is like that.");
    }

    @Test
    void canAskForLevelsObligationsAndALimitAndMakeExceptions() {
        DraftRules rules = ours().write("invariants.yaml", """
                invariants:
                  - name: security agrees to administration
                    when: {level: ADMIN}
                    needs: {levels: [security]}
                  - name: administration ends after an hour
                    when: {level: ADMIN}
                    needs: {limit: PT1H}
                  - name: masked stays masked
                    when: {masked: true}
                    needs: {obligations: masked-columns}
                  - name: security agrees to changes
                    when: {level: [WRITE, ADMIN]}
                    unless: {entitlement: orders-write}
                    needs: {levels: security}
                  - name: nothing high for more than two hours
                    when: {sensitivity: HIGH}
                    needs: {limit: PT2H}
                  - name: nothing high for more than two hours without a second factor
                    when: {sensitivity: HIGH, mfa: false}
                    needs: {limit: PT2H}
                """);

        Invariants.Report report = Invariants.check(rules.load());

        assertThat(report.told())
                .singleElement(STRING)
                .contains(
                        "rules/invariants.yaml, line 15: at 'invariants' [4]: 'nothing high for more than two hours' does not hold.")
                .contains("with a second factor", "for PT4H at most");
        assertThat(report.proofs()).hasSize(5);
    }
}
