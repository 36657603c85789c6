package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.catalog.RulesException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever writes a rule writes Java, unless it is read first. */
class RuleInspectionTest {
    private static final Path FILE = Path.of("evil", "rule.drl");
    private static final String HEAD = "package rules;\n\nimport dev.drawbridge.guardrails.facts.*;\n"
            + "import dev.drawbridge.catalog.*;\nglobal dev.drawbridge.guardrails.facts.Guardrail guardrail;\n\n";

    private static String rule(String condition, String effect) {
        return HEAD + "rule \"A rule\"\nwhen\n    " + condition + "\nthen\n    " + effect + "\nend\n";
    }

    @Test
    void takesARuleWithinTheVocabulary() {
        assertThat(RuleInspection.requireHarmless(
                        FILE,
                        rule(
                                "Wanted( $r : resource, sensitivity == Sensitivity.LOW || level != AccessLevel.READ )\n"
                                        + "    not Held( resource == $r )\n    Asked( longerThan(\"PT1H\") == false )",
                                "guardrail.allow();\n    guardrail.limit(\"PT2H\");")))
                .isEqualTo("A rule");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eval( Runtime.getRuntime().exec(\"id\") != null )",
                "Asked( java.lang.System.exit(1) == null )",
                "Asked( justification.getClass().forName(\"java.lang.Runtime\") != null )",
                "Asked( this.class.classLoader != null )",
                "Asked( justification matches \"(a+)+$\" )",
                "Asked() from new java.util.ArrayList()",
                "Asked( System.exit(1) )",
                "java.lang.Object()",
                "Asked( (new java.io.File(\"x\")).delete() )",
                "Asked( longerThan(justification.toString()) )",
                "accumulate( Asked(); $x : count(1) )",
                "Asked() @Watch(*)",
                "Asked( duration.toMillis() > 5 )",
                "Wanted( level.declaringClass.protectionDomain.codeSource.location.content != null )",
                "Wanted( level.class != null )",
                "Asked( duration != null )",
                "Asked( justification == \"x\" )",
                "Requester( groups.size > 1 )",
                "Wanted( sensitivity == Sensitivity.NUCLEAR )",
                "Wanted( sensitivity == Thread.MAX )",
                "Wanted( $x : level, $x . declaringClass != null )",
                "Asked( withTicket == { true } )",
                "Asked() // a comment",
                "Asked( \\u006aava.lang.System.exit(1) )",
                "Asked( longerThan(\"PT1H\"); )"
            })
    void refusesAConditionThatReachesBeyondTheVocabulary(String condition) {
        assertThatThrownBy(() -> RuleInspection.requireHarmless(FILE, rule(condition, "guardrail.allow();")))
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/evil/rule.drl, line ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Runtime.getRuntime().exec(\"id\");",
                "guardrail.allow(); System.exit(1);",
                "guardrail.limit(\"PT1H\" + System.getenv(\"HOME\"));",
                "modify(this) { }",
                "insert(new Object());",
                "guardrail.getClass();",
                "kcontext.getKieRuntime().halt();",
                "drools.halt();",
                "guardrail.oblige(\"a\");}} class X { static { System.exit(1); } } //",
                ""
            })
    void refusesAnEffectThatIsMoreThanAFinding(String effect) {
        assertThatThrownBy(() -> RuleInspection.requireHarmless(FILE, rule("Asked()", effect)))
                .isInstanceOf(RulesException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package rules;\nimport java.util.*;\n",
                "package rules;\nimport static java.lang.System.exit;\n",
                "package evil;\n",
                "package rules;\nfunction int f() { return 1; }\n",
                "package rules;\ndialect \"mvel\"\n",
                "package rules;\ndeclare X end\n",
                "package rules;\nquery q() end\n"
            })
    void refusesAHeadWithMoreThanTheImportsOfTheVocabulary(String head) {
        String text = head + "global dev.drawbridge.guardrails.facts.Guardrail guardrail;\n"
                + "rule \"A rule\"\nwhen\n    Asked()\nthen\n    guardrail.allow();\nend\n";
        assertThatThrownBy(() -> RuleInspection.requireHarmless(FILE, text)).isInstanceOf(RulesException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rule \"A rule\" salience 10",
                "rule \"A rule\" no-loop",
                "rule \"A rule\" agenda-group \"x\"",
                "rule \"A rule\" extends \"Another\"",
                "rule \"A rule\" enabled (System.exit(1) == null)",
                "rule \"A rule\"\n@Expr(System.exit(1))"
            })
    void refusesAttributesOfARule(String start) {
        String text = HEAD + start + "\nwhen\n    Asked()\nthen\n    guardrail.allow();\nend\n";
        assertThatThrownBy(() -> RuleInspection.requireHarmless(FILE, text)).isInstanceOf(RulesException.class);
    }

    @Test
    void refusesTwoRulesInAFile() {
        String second = "rule \"Another\"\nwhen\n    Asked()\nthen\n    guardrail.deny();\nend\n";
        assertThatThrownBy(() -> RuleInspection.requireHarmless(FILE, rule("Asked()", "guardrail.allow();") + second))
                .isInstanceOf(RulesException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    Asked()~    Wanted( toString() == "x" ) | guardrail.allow(); | 10: 'toString' is not
                    Asked()~    Asked( $x( 1 ) ) | guardrail.allow(); | 10: '$x(' is not
                    Asked()~    Wanted( level.name ) | guardrail.allow(); | 10: nothing is reached
                    Wanted( sensitivity == Sensitivity.LOW )~    Wanted( $a : level, $a.b ) | guardrail.allow(); | 10: nothing is
                    Asked()~    Asked( `id` ) | guardrail.allow(); | 10: the condition uses '`'
                    Asked()~    Asked() | guardrail.allow();~    guardrail.halt(); | 13: 'guardrail.halt();' is more
                    Asked()~    Asked() | | 11: the rule does nothing
                    Asked()~    Asked() // always | guardrail.allow(); | 10: comments
                    Asked()~    Asked() | guardrail.allow();~    # always | 13: comments
                    Asked() | guardrail.allow();~    /* always */ | 12: comments
                    Asked()~    Asked( "\\u0041" ) | guardrail.allow(); | 10: comments
                    """)
    void namesTheLineOfTheMistake(String condition, String effect, String told) {
        String text = rule(condition.replace('~', '\n'), effect == null ? "" : effect.replace('~', '\n'));

        assertThatThrownBy(() -> RuleInspection.requireHarmless(FILE, text))
                .hasMessageStartingWith("rules/evil/rule.drl, line " + told);
    }

    @Test
    void namesTheLineOfAnImportBeyondTheVocabulary() {
        String text = rule("Asked()", "guardrail.allow();")
                .replace("import dev.drawbridge.catalog.*;", "import java.util.List;");

        assertThatThrownBy(() -> RuleInspection.requireHarmless(FILE, text))
                .hasMessage("rules/evil/rule.drl, line 4: 'java.util.List' is not part of the vocabulary.");
    }
}
