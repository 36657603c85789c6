package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.guardrails.Constraint.Operator;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.Vocabulary.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    private static Rule read(String text) {
        return RuleInspection.read(FILE, text, AnyWords.withLevels("manager"));
    }

    @Test
    void takesARuleWithinTheVocabulary() {
        Rule rule = read(rule(
                "Wanted( $r : resource, sensitivity == Sensitivity.LOW || level != AccessLevel.READ )\n"
                        + "    not Held( resource == $r )\n    Asked( longerThan(\"PT1H\") == false )",
                "guardrail.allow();\n    guardrail.limit(\"PT2H\");"));

        Operand.Property resource = new Operand.Property("resource", Kind.TEXT);
        assertThat(rule)
                .isEqualTo(new Rule(
                        "A rule",
                        List.of(
                                new Clause.Pattern(
                                        Fact.WANTED,
                                        List.of(
                                                new Constraint.Naming("$r", resource),
                                                new Constraint.Any(List.of(
                                                        new Constraint.Compared(
                                                                new Operand.Property("sensitivity", Kind.SENSITIVITY),
                                                                Operator.IS,
                                                                new Operand.Constant("Sensitivity", "LOW")),
                                                        new Constraint.Compared(
                                                                new Operand.Property("level", Kind.ACCESS_LEVEL),
                                                                Operator.IS_NOT,
                                                                new Operand.Constant("AccessLevel", "READ")))))),
                                new Clause.Not(new Clause.Pattern(
                                        Fact.HELD,
                                        List.of(new Constraint.Compared(
                                                resource, Operator.IS, new Operand.Named("$r", Kind.TEXT))))),
                                new Clause.Pattern(
                                        Fact.ASKED,
                                        List.of(new Constraint.Compared(
                                                new Operand.Lasting("longerThan", Duration.ofHours(1)),
                                                Operator.IS,
                                                new Operand.Truth(false))))),
                        List.of(
                                new Rule.Consequence(Finding.Effect.ALLOW, null),
                                new Rule.Consequence(Finding.Effect.LIMIT, "PT2H"))));
    }

    @Test
    void writesNothingOfTheFileButWhatTheTreeSays() {
        Rule rule = read(rule(
                        "Wanted( $secret : id, !masked ) // words of the file\n    not ( Held( id == $secret ) or Moment( holiday ) )",
                        "guardrail.oblige(\"masked-columns\");")
                .replace("A rule", "A sentence // with */ more #"));

        assertThat(RuleWriter.write(17, rule)).isEqualTo("""
                package rules;
                import dev.drawbridge.guardrails.facts.*;
                import dev.drawbridge.catalog.*;
                import dev.drawbridge.directory.Employment;
                import java.time.DayOfWeek;
                global dev.drawbridge.guardrails.facts.Firing firing;
                rule "rule_17"
                when
                Wanted($v0 : id, !(masked))
                not (Held(id == $v0) or Moment(holiday))
                then
                firing.of(17);
                end
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Asked() // always",
                "Asked() # always",
                "/* for \n ever */ Asked( /* and */ )",
                "Asked() // \\u006a */ \"",
                "Asked() /* // */",
                "Asked() //"
            })
    void takesCommentsAndForgetsThem(String condition) {
        assertThat(read(rule(condition, "guardrail.allow();"))).isEqualTo(read(rule("Asked()", "guardrail.allow();")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Look at https://example.org/#top first", "# 1 // of all", "/* none of this */"})
    void takesNothingInASentenceForAComment(String sentence) {
        assertThat(read(rule("Asked()", "guardrail.allow();").replace("A rule", sentence))
                        .sentence())
                .isEqualTo(sentence);
    }

    @Test
    void needsNeitherPackageNorImportsNorGlobalAndSkipsAByteOrderMark() {
        Rule plain = read(rule("Asked()", "guardrail.allow();"));

        assertThat(read("rule \"A rule\" when Asked() then guardrail.allow(); end"))
                .isEqualTo(plain);
        assertThat(read("\uFEFF" + rule("Asked()", "guardrail.allow();").replace("\n", "\r\n")))
                .isEqualTo(plain);
        assertThatThrownBy(() -> read("rule \"A\uFEFF rule\" when Asked() then guardrail.allow(); end"))
                .hasMessage("rules/evil/rule.drl, line 1: the character U+FEFF cannot be seen.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    Wanted( masked > false ) | 'masked' is true or false, which '>' cannot compare.
                    Wanted( id < "b" ) | 'id' is a text, which '<' cannot compare.
                    Wanted( id == 3 ) | 'id' is a text and is compared with a number.
                    Wanted( level == Sensitivity.LOW ) | 'level' is an AccessLevel and is compared with a Sensitivity.
                    Wanted( id ) | 'id' is a text, so it must be compared with something.
                    Wanted( mfa ) | 'mfa' is not part of the vocabulary; 'Wanted' has environment, id, level, masked, personalData, resource, sensitivity, target.
                    Wanted( longerThan("PT1H") ) | 'longerThan' is not part of the vocabulary; 'Wanted' has environment, id, level, masked, personalData, resource, sensitivity, target.
                    Asked( longerThan("1h") ) | '1h' is not a duration such as PT1H.
                    Asked( longerThan("PT-1H") ) | 'PT-1H' is not a duration such as PT1H.
                    SignedIn( addressIn("10.1.0.0") ) | '10.1.0.0' is not a network such as 10.1.0.0/16 or 2001:db8::/32.
                    SignedIn( addressIn("10.1.2.3/16") ) | '10.1.2.3/16' says more than its /16 keeps; write 10.1.0.0/16.
                    SignedIn( addressIn("example.org/16") ) | 'example.org/16' is not a network such as 10.1.0.0/16 or 2001:db8::/32.
                    Moment( between("22-6") ) | '22-6' is not a span of the day such as 22:00-06:00.
                    Moment( between("00:00-24:00") ) | '00:00-24:00' is not a span of the day such as 22:00-06:00.
                    Moment( dayOfWeek > DayOfWeek.MONDAY ) | 'dayOfWeek' is a DayOfWeek, which '>' cannot compare.
                    Moment( dayOfWeek == DayOfWeek.SUNDY ) | 'SUNDY' is none of DayOfWeek: MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY.
                    Requester( belongsTo("") ) | 'belongsTo' takes the name of a group.
                    Held( id == $id ) | nothing that can be seen from here is named '$id'.
                    not Wanted( $id : id ) Held( id == $id ) | nothing that can be seen from here is named '$id'.
                    ( Wanted( $id : id ) or Moment() ) Held( id == $id ) | nothing that can be seen from here is named '$id'.
                    Wanted( $id : id ) or Held( id == $id ) | nothing that can be seen from here is named '$id'.
                    Wanted( $id : id ) Held( $id : id ) | the name '$id' is given twice.
                    Wanted( $id : id ) History( automaticGrants > $id ) | 'automaticGrants' is a number and is compared with a text.
                    Wanted( id in ("a", 1) ) | 'id' is looked for among what is not a text.
                    Wanted( id in ( resource ) ) | 'id' is looked for among what is not a text.
                    History( automaticGrants > 010 ) | a number has one to nine digits, no leading zero, and nothing but digits.
                    History( automaticGrants > 1L ) | a number has one to nine digits, no leading zero, and nothing but digits.
                    History( automaticGrants > 9999999999 ) | a number has one to nine digits, no leading zero, and nothing but digits.
                    Wanted( id == "a*b" ) | a text in a condition has letters from a to z, digits, spaces and . _ : @ / + - only, 100 at most.
                    $w : Wanted() | '$w' is not part of the vocabulary; a condition speaks of Asked, Wanted, Requester, SignedIn, Moment, Held, HeldByOthers, Holdings, History.
                    Held() Held() Held() Held() Held() | a condition speaks of at most 32 facts, and of at most 3 that are held.
                    | the rule has no condition; for one that always holds, write Asked().
                    """)
    void refusesWithASentenceWhatTheWordsAreNotFor(String condition, String told) {
        assertThatThrownBy(() -> read(rule(condition == null ? "" : condition, "guardrail.allow();")))
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/evil/rule.drl, line ")
                .hasMessageEndingWith(": " + told);
    }

    @Test
    void boundsHowLongHowDeepAndHowWideARuleIs() {
        String or = "( Moment( holiday ) or Moment( officeHours ) )\n";
        assertThat(read(rule(or.repeat(5), "guardrail.deny();")).when()).hasSize(5);

        assertThatThrownBy(() -> read(rule(or.repeat(6), "guardrail.deny();")))
                .hasMessageContaining("more than 32 ways");
        assertThatThrownBy(() -> read(rule("(".repeat(17) + "Asked()" + ")".repeat(17), "guardrail.deny();")))
                .hasMessageContaining("nested more than 16 deep");
        assertThatThrownBy(() ->
                        read(rule("Wanted(" + "(".repeat(17) + "masked" + ")".repeat(17) + ")", "guardrail.deny();")))
                .hasMessageContaining("nested more than 16 deep");
        assertThatThrownBy(() -> read(rule("Asked()".repeat(33), "guardrail.deny();")))
                .hasMessageContaining("at most 32 facts");
        assertThatThrownBy(() -> read(rule("Asked()", "guardrail.deny();".repeat(17))))
                .hasMessageContaining("at most 16");
        assertThatThrownBy(() -> read(rule("Asked() //" + "x".repeat(20_000), "guardrail.deny();")))
                .hasMessageContaining("at most 16384 characters");
        assertThatThrownBy(() -> read(rule("Wanted( masked" + " || masked".repeat(64) + ")", "guardrail.deny();")))
                .hasMessageContaining("at most 64 comparisons");
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
                "Asked() \\u002f\\u002f a comment",
                "Asked( \\u006aava.lang.System.exit(1) )",
                "Asked( longerThan(\"PT1H\"); )"
            })
    void refusesAConditionThatReachesBeyondTheVocabulary(String condition) {
        assertThatThrownBy(() -> read(rule(condition, "guardrail.allow();")))
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
        assertThatThrownBy(() -> read(rule("Asked()", effect))).isInstanceOf(RulesException.class);
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
        assertThatThrownBy(() -> read(text)).isInstanceOf(RulesException.class);
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
        assertThatThrownBy(() -> read(text)).isInstanceOf(RulesException.class);
    }

    @Test
    void refusesTwoRulesInAFile() {
        String second = "rule \"Another\"\nwhen\n    Asked()\nthen\n    guardrail.deny();\nend\n";
        assertThatThrownBy(() -> read(rule("Asked()", "guardrail.allow();") + second))
                .isInstanceOf(RulesException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    Asked()~    Wanted( toString() == "x" ) | guardrail.allow(); | 10: 'toString' is not
                    Asked()~    Asked( $x( 1 ) ) | guardrail.allow(); | 10: a comparison begins with a word
                    Asked()~    Wanted( level.name ) | guardrail.allow(); | 10: 'level' is an AccessLevel, so it must
                    Asked()~    Wanted( masked.name ) | guardrail.allow(); | 10: ',' or ')' is missing before '.'.
                    Wanted( sensitivity == Sensitivity.LOW )~    Wanted( $a : level, $a.b ) | guardrail.allow(); | 10: a comparison begins with a word
                    Asked()~    Asked( `id` ) | guardrail.allow(); | 10: the condition or effect uses '`' (U+0060)
                    Asked()~    Asked() | guardrail.allow();~    guardrail.halt(); | 13: 'halt' is more
                    Asked()~    Asked() | | 13: the rule does nothing
                    Asked()~    Asked() /* always | guardrail.allow(); | 10: this comment has no end
                    Asked()~    Asked() | guardrail.allow();~    ? always | 13: the condition or effect uses
                    Asked()~    Asked() | guardrail.allow();~    requireApproval("manager"); | 13: 'requireApproval' is more
                    Asked()~    Asked() | guardrail.requireApproval("wizard"); | 12: there is no level 'wizard'
                    Asked()~    Asked() | guardrail.oblige("a b"); | 12: an obligation has letters
                    Asked()~    Asked() | guardrail.limit("PT0S"); | 12: 'PT0S' is not a duration
                    Asked()~    Asked( "\\u0041" ) | guardrail.allow(); | 10: a text ends with
                    """)
    void namesTheLineOfTheMistake(String condition, String effect, String told) {
        String text = rule(condition.replace('~', '\n'), effect == null ? "" : effect.replace('~', '\n'));

        assertThatThrownBy(() -> read(text)).hasMessageStartingWith("rules/evil/rule.drl, line " + told);
    }

    @Test
    void namesTheLineOfAnImportBeyondTheVocabulary() {
        String text = rule("Asked()", "guardrail.allow();")
                .replace("import dev.drawbridge.catalog.*;", "import java.util.List;");

        assertThatThrownBy(() -> read(text))
                .hasMessage("rules/evil/rule.drl, line 4: 'java.util.List' is not part of the vocabulary.");
    }
}
