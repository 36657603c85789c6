package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.publication.PublicationProblem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that guardrails name: changing one is a line in {@code rules/parameters.yaml}. */
class ParametersTest {
    private static final String FILE = "parameters.yaml";

    @TempDir
    Path folder;

    private DraftRules ours;

    @BeforeEach
    void copy() {
        ours = DraftRules.ofOurs(folder.resolve("rules"));
    }

    private List<String> problems() {
        return RulesCheck.of(ours.folder()).problems().stream()
                .map(PublicationProblem::told)
                .toList();
    }

    @Test
    void countWhereverTheyAreNamedInTheSentenceToo() {
        RuleSet rules = ours.change(FILE, "longestHighAccess: PT4H", "longestHighAccess: PT90M")
                .load();

        assertThat(rules.rulebook()
                        .consult(AnyFacts.ordinary(rules, "orders-read-unmasked", "PT2H", AnyFacts.TUESDAY_MORNING)
                                .all()))
                .contains(new Finding(
                        "duration/by-sensitivity#high-sensitivity-access-lasts-at-most",
                        Finding.Effect.LIMIT,
                        "High-sensitivity access lasts 1 hour 30 minutes at most.",
                        "PT1H30M"));
        assertThat(problems()).isEmpty();
    }

    @Test
    void areToldWithTheSentenceAsItWas() {
        assertThat(ours.load().rulebook().sources())
                .extracting(source -> source.rule().sentence())
                .contains(
                        "High-sensitivity access lasts four hours at most",
                        "High-sensitivity access without a second factor lasts two hours at most");
    }

    @Test
    void changeTheFingerprint() {
        String before = ours.load().rulebook().fingerprint();

        assertThat(ours.change(FILE, "PT4H", "PT5H").load().rulebook().fingerprint())
                .isNotEqualTo(before);
    }

    @Test
    void areCountedWhereACaseSaysThem() {
        ours.write(FILE, "grantsADay: 7\nlongestHighAccess: PT4H\nlongestHighWithoutSecondFactor: PT2H\n")
                .change(
                        "automatic/ten-a-day.drl",
                        "History( automaticGrants >= 10 )",
                        "Limits( $most : grantsADay ) History( automaticGrants >= $most )")
                .change("automatic/ten-a-day.drl", "After ten", "After {grantsADay}")
                .change("automatic/ten-a-day.cases.yaml", "automaticGrants: 10", "automaticGrants: grantsADay")
                .change("automatic/ten-a-day.cases.yaml", "automaticGrants: 9", "automaticGrants: grantsADay - 1");
        assertThat(problems()).isEmpty();

        assertThat(RulesCheck.of(ours.change(FILE, "grantsADay: 7", "grantsADay: 400")
                                .folder())
                        .problems())
                .isEmpty();
    }

    @Test
    void splitWhatIsTriedOfInvariants() {
        ours.write(
                        FILE,
                        "grantsADay: 7\nlongestHighAccess: PT4H\nlongestHighWithoutSecondFactor: PT2H\nlogsAtOnce: PT3H\n")
                .change(
                        "automatic/ten-a-day.drl",
                        "History( automaticGrants >= 10 )",
                        "Limits( $most : grantsADay ) History( automaticGrants >= $most )")
                .rule(
                        "automatic/more-logs.drl",
                        "Limits( $long : logsAtOnce, $seldom : grantsADay ) Wanted( sensitivity == Sensitivity.MODERATE )"
                                + " Asked( longerThan($long) ) History( automaticGrants == $seldom )",
                        "guardrail.deny();")
                .write("invariants.yaml", """
                        invariants:
                          - name: All of it is given
                            when: {sensitivity: MODERATE}
                            unless: {startsLater: true}
                            never: given
                        """);
        Invariants.Report report = Invariants.check(ours.load());
        assertThat(report.problems()).hasSize(1);

        // Only beyond three hours, and only at the seventh, is it refused: a class of its own each.
        ours.write("invariants.yaml", """
                invariants:
                  - name: Never
                    when: {sensitivity: MODERATE, longerThan: PT3H}
                    never: given
                """);
        ImaginedRequest found = Invariants.check(ours.load()).checked().get(0).counterexample();
        assertThat(found).isNotNull();
        assertThat(found.automaticGrants()).isNotEqualTo(7);
        assertThat(NewlyAllowed.between(
                                ours.load(),
                                ours.change(FILE, "grantsADay: 7", "grantsADay: 8")
                                        .load())
                        .told())
                .anyMatch(told -> told.contains("after 7 automatic grants"));
    }

    @Test
    void areOnRecordAsTheyWere() {
        assertThat(AnyFacts.ordinary(ours.load(), "orders-read", "PT1H", AnyFacts.TUESDAY_MORNING)
                        .limits())
                .containsEntry("longestHighAccess", "PT4H")
                .containsEntry("longestHighWithoutSecondFactor", "PT2H");
    }

    @Test
    void areRefusedWhereNoGuardrailNamesThem() {
        ours.write(FILE, "longestHighAccess: PT4H\n\nlongestHighWithoutSecondFactor: PT2H\n# Spare\nspare: 3\n");

        assertThat(problems())
                .containsExactly("rules/parameters.yaml, line 5: at 'spare': no guardrail names this; name it, as in"
                        + " Limits( $x : spare ), or take it out.");
        assertThatThrownBy(ours::load).isInstanceOf(RulesException.class).hasMessageContaining("line 5");
    }

    @Test
    void areRefusedWhereARuleNamesWhatIsNotThere() {
        ours.rule("a/one.drl", "Limits( $a : longestHihgAccess ) Asked( longerThan($a) )", "guardrail.deny();");

        assertThat(problems())
                .containsExactly("rules/a/one.drl, line 3: rules/parameters.yaml knows no parameter"
                        + " 'longestHihgAccess'; there are longestHighAccess, longestHighWithoutSecondFactor.");
    }

    @Test
    void areNoneWhereThereIsNoFile() {
        ours.without(FILE);

        assertThat(problems())
                .hasSize(2)
                .allMatch(problem -> problem.endsWith("knows no parameter 'longestHighAccess'; there are none.")
                        || problem.endsWith("knows no parameter 'longestHighWithoutSecondFactor'; there are none."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soon",
                "-1",
                "1.5",
                "1e3",
                "0x10",
                "010",
                "1000000000",
                "PT0S",
                "P1Y",
                "-PT1H",
                "P9999D",
                "[1]",
                "{a: 1}",
                "\"\"",
                "'1; guardrail.allow()'",
                "~",
                "1 + 1",
                "\"PT1H\\\") || true\""
            })
    void areRefusedWhereTheyAreNoNumberAndNoLengthOfTime(String value) {
        ours.write(FILE, "longestHighWithoutSecondFactor: PT2H\nlongestHighAccess: " + value + "\n");

        assertThat(problems()).isNotEmpty().anyMatch(problem -> problem.startsWith("rules/parameters.yaml, line 2: "));
        assertThatThrownBy(ours::load).isInstanceOf(RulesException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Asked",
                "$x",
                "a b",
                "\"x )\\nthen guardrail.allow(); end\"",
                "a-b",
                "a.b",
                "é",
                "x;",
                "\"a\\u0000\"",
                "1a"
            })
    void areRefusedWhereTheirNameIsMoreThanAName(String name) {
        ours.write(FILE, "longestHighAccess: PT4H\nlongestHighWithoutSecondFactor: PT2H\n" + name + ": 3\n");

        assertThat(problems()).isNotEmpty().allMatch(problem -> problem.startsWith("rules/parameters.yaml, line 3: "));
        assertThatThrownBy(ours::load).isInstanceOf(RulesException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not Limits( $a : longestHighAccess ) | stands in a line of its own",
                "Asked() or Limits( $a : longestHighAccess ) | stands in a line of its own",
                "( Limits( $a : longestHighAccess ) ) | stands in a line of its own",
                "Limits( longestHighAccess ) | only gives names",
                "Limits( longestHighAccess > 3 ) | only gives names",
                "Limits() | only gives names",
                "Limits( $a : longestHighAccess, $a : longestHighWithoutSecondFactor ) Asked( longerThan($a) ) | given twice",
                "Limits( $a : longestHighAccess ) Wanted( $a : resource ) | given twice",
                "Wanted( $a : resource ) Limits( $a : longestHighAccess ) | given twice",
                "Limits( $a : longestHighAccess ) Asked() | does not use it",
                "Limits( $a : longestHighAccess ) History( automaticGrants > $a ) | is a duration",
                "Asked( longerThan($a) ) Limits( $a : longestHighAccess ) | no duration that the rule has named",
                "Wanted( $a : resource ) Asked( longerThan($a) ) | no duration that the rule has named",
                "Limits( $a : \"longestHighAccess\" ) Asked( longerThan($a) ) | is no name of a parameter",
                "Limits( $a : longestHighAccess ) Requester( belongsTo($a) ) | takes one text"
            })
    void areNamedInOneWayOnly(String condition, String sentence) {
        ours.rule("a/one.drl", condition, "guardrail.deny();");

        assertThat(problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("rules/a/one.drl, line ")
                .contains(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"guardrail.requireApproval($a);", "guardrail.oblige($a);", "guardrail.limit($b);"})
    void standForALimitAlone(String effect) {
        ours.rule("a/one.drl", "Limits( $a : longestHighAccess ) Asked( longerThan($a) )", effect);

        assertThat(problems()).hasSize(1).first().asString().startsWith("rules/a/one.drl, line 5: ");
    }

    @Test
    void areRefusedWhereASentenceSaysOneByWhichTheRuleDoesNotGo() {
        ours.change("contractors/never-critical.drl", "Contractors are", "{longestHighAccess} contractors are");

        assertThat(problems())
                .containsExactly(
                        "rules/contractors/never-critical.drl, line 7: the sentence says {longestHighAccess}, and"
                                + " the rule names no such parameter in Limits( … ).");
    }
}
