package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.publication.PublicationProblem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guardrails that stand in a table, one a row, as a spreadsheet saves it. */
class DecisionTableTest {
    private static final String OURS = "duration/by-sensitivity";
    private static final String TABLE = "a/table.csv";

    @TempDir
    Path folder;

    private DraftRules rules;

    @BeforeEach
    void copy() {
        rules = DraftRules.ofOurs(folder.resolve("rules"));
    }

    private List<String> problems() {
        return RulesCheck.of(rules.folder()).problems().stream()
                .map(PublicationProblem::told)
                .toList();
    }

    /** What is wrong with a table of this text, beside the cases that it has not got. */
    private List<String> wrong(String text) {
        rules.write(TABLE, text);
        return problems().stream()
                .filter(problem -> !problem.contains("its cases are missing"))
                .toList();
    }

    /** The one rule of a table with this column and cell, as it would be written in a file of its own. */
    private Rule read(String column, String cell) {
        rules.write(TABLE, "name;" + column + ";deny\nA sentence;" + cell + ";yes\n");
        return rule("a/table#a-sentence");
    }

    private Rule rule(String id) {
        return rules.load().rulebook().sources().stream()
                .filter(source -> source.id().equals(id))
                .map(RuleFindings.Source::rule)
                .findFirst()
                .orElseThrow();
    }

    private static Rule typed(String when) {
        return RuleInspection.read(
                Path.of("a.drl"),
                "rule \"A sentence\" when " + when + " then guardrail.deny(); end",
                AnyWords.ofOurs());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "sensitivity ~ HIGH ~ Wanted( sensitivity == Sensitivity.HIGH )",
                "sensitivity ~ >= HIGH ~ Wanted( sensitivity >= Sensitivity.HIGH )",
                "sensitivity ~ <CRITICAL ~ Wanted( sensitivity < Sensitivity.CRITICAL )",
                "level ~ WRITE, ADMIN ~ Wanted( level in (AccessLevel.WRITE, AccessLevel.ADMIN) )",
                "level ~ not WRITE, ADMIN ~ Wanted( level not in (AccessLevel.WRITE, AccessLevel.ADMIN) )",
                "environment ~ not production ~ Wanted( environment != \"production\" )",
                "entitlement ~ orders-write ~ Wanted( id == \"orders-write\" )",
                "personalData ~ yes ~ Wanted( personalData == true )",
                "officeHours ~ FALSE ~ Moment( officeHours == false )",
                "dayOfWeek ~ SATURDAY, SUNDAY ~ Moment( dayOfWeek in (DayOfWeek.SATURDAY, DayOfWeek.SUNDAY) )",
                "between ~ 22:00-06:00 ~ Moment( between(\"22:00-06:00\") )",
                "longerThan ~ PT1H ~ Asked( longerThan(\"PT1H\") )",
                "longerThan ~ not PT1H ~ Asked( !(longerThan(\"PT1H\")) )",
                "longerThan ~ longestHighAccess ~ Asked( longerThan(\"PT4H\") )",
                "group ~ engineers, contractors ~ Requester( belongsTo(\"engineers\") || belongsTo(\"contractors\") )",
                "group ~ not engineers ~ Requester( !(belongsTo(\"engineers\")) )",
                "requester ~ erin ~ Requester( id == \"erin\" )",
                "employment ~ INTERN ~ Requester( employment == Employment.INTERN )",
                "addressIn ~ not 10.0.0.0/8 ~ SignedIn( !(addressIn(\"10.0.0.0/8\")) )",
                "olderThan ~ PT12H ~ SignedIn( olderThan(\"PT12H\") )",
                "held ~ orders-write, orders-admin ~ exists Held( id in (\"orders-write\", \"orders-admin\") )",
                "held ~ not orders-write ~ not Held( id == \"orders-write\" )",
                "heldByOthers ~ orders-admin ~ exists HeldByOthers( id == \"orders-admin\" )",
                "heldAtOnce ~ >= 3 ~ Holdings( count >= 3 )",
                "automaticGrants ~ >= 10 ~ History( automaticGrants >= 10 )"
            })
    void saysInACellWhatAGuardrailSays(String column, String cell, String condition) {
        assertThat(read(column, cell)).isEqualTo(typed(condition));
    }

    @Test
    void isReadAsAnySpreadsheetSavesIt() {
        String[][] cells = {
            {"name", "level", "sensitivity", "limit", "comment"},
            {"Changing data lasts three hours at most", "WRITE, ADMIN", ">= HIGH", "PT3H", "asked for by \"audit\""}
        };
        for (String separator : List.of(",", ";", "\t")) {
            for (String end : List.of("\n", "\r\n")) {
                for (String start : List.of("", "\uFEFF")) {
                    StringBuilder text = new StringBuilder(start);
                    for (String[] row : cells) {
                        text.append(String.join(
                                        separator,
                                        List.of(row).stream()
                                                .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
                                                .toList()))
                                .append(end);
                    }
                    text.append(separator.repeat(4)).append(end).append(end);
                    rules.write(TABLE, text.toString());

                    Rule rule = rule("a/table#changing-data-lasts-three-hours-at-most");
                    assertThat(rule.then()).containsExactly(new Rule.Consequence(Finding.Effect.LIMIT, "PT3H"));
                    assertThat(rule.when()).hasSize(1);
                }
            }
        }
    }

    @Test
    void isAGuardrailForEachRow() {
        RuleSet loaded = rules.load();

        assertThat(loaded.rulebook().ids())
                .contains(
                        OURS + "#high-sensitivity-access-lasts-at-most",
                        OURS + "#moderate-access-for-longer-than-an-hour-needs-your-manager");
        assertThat(new GuardrailsInForce(loaded.rulebook()).all())
                .contains(new GuardrailsInForce.Shown(
                        OURS + "#high-sensitivity-access-lasts-at-most",
                        "rules/" + OURS + ".csv",
                        "duration",
                        "High-sensitivity access lasts four hours at most",
                        List.of("at most four hours")));
    }

    @Test
    void changesTheFingerprint() {
        String before = rules.load().rulebook().fingerprint();

        assertThat(rules.change(OURS + ".csv", "PT1H", "PT2H").load().rulebook().fingerprint())
                .isNotEqualTo(before);
    }

    @Test
    void isHeldToItsCases() {
        rules.change(OURS + ".csv", "MODERATE,PT1H", "MODERATE,PT3H");

        assertThat(problems())
                .containsExactly(
                        "rules/" + OURS + ".cases.yaml, line 25: at 'guardrails' [1] 'fires' [0]: the guardrail"
                                + " should fire, and does not: two hours in office hours");
    }

    @Test
    void hasCasesForEachRowAndForNoOther() {
        rules.change(OURS + ".cases.yaml", "Moderate access for", "Moderate access, for");
        assertThat(problems()).isEmpty();

        rules.change(OURS + ".cases.yaml", "Moderate access, for", "Modest access for");
        assertThat(problems())
                .containsExactly(
                        "rules/" + OURS + ".cases.yaml: there is to be one name that is that of the row"
                                + " 'moderate-access-for-longer-than-an-hour-needs-your-manager', with its cases.",
                        "rules/" + OURS + ".cases.yaml, line 22: at 'guardrails' [1] 'name': no row of rules/" + OURS
                                + ".csv has this name.");

        rules.without(OURS + ".cases.yaml");
        assertThat(problems())
                .containsExactly("rules/" + OURS + ".csv: its cases are missing; they belong into rules/" + OURS
                        + ".cases.yaml.");
    }

    @Test
    void isHeldToWhatItsCasesSayThatItDoes() {
        rules.change(OURS + ".cases.yaml", "then: [requireApproval manager]", "then: [requireApproval owner]");

        assertThat(problems())
                .containsExactly(
                        "rules/" + OURS + ".cases.yaml, line 25: at 'guardrails' [1] 'fires' [0]: the guardrail"
                                + " should do requireApproval owner, and does requireApproval manager: two hours in office"
                                + " hours");
    }

    @Test
    void isToldWhereItNeverCounts() {
        rules.write(TABLE, "name,sensitivity,limit\nHigh lasts five hours at most,HIGH,PT5H\n");

        assertThat(IdleRules.of(rules.load()))
                .containsExactly(
                        "rules/a/table.csv: this guardrail never changes a verdict; wherever it fires, others say"
                                + " as much.");
    }

    @Test
    void isHeldToWhatMustNeverHappen() {
        rules.write(TABLE, "name,sensitivity,allow\nAll is well,CRITICAL,yes\n")
                .without("sensitivity/critical-needs-manager-owners-security.drl")
                .without("sensitivity/critical-needs-manager-owners-security.cases.yaml");

        assertThat(Invariants.check(rules.load()).told())
                .anyMatch(told -> told.contains("'Nobody gets CRITICAL without two people' does not hold.")
                        && told.contains("rules/a/table.csv"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "name,sensitivty,deny ~ column 'sensitivty': this column is not known",
                "Name,level,deny ~ column 'Name': this column is not known",
                "name,level,level,deny ~ column 'level': this column is there twice.",
                "level,deny ~ column 'name': this column is missing",
                "name,deny,level ~ column 'level': columns that say when stand before",
                "name,,deny ~ column one without a name: this column is not known",
                "name,level;deny ~ stands one of ',', ';' and tabs",
                "name ~ stands one of ',', ';' and tabs",
                "name,level,salience ~ column 'salience': this column is not known",
                "name,level == AccessLevel.READ) eval(true) //,deny ~ this column is not known",
                "sep=;,name ~ stands one of"
            })
    void refusesColumnsThatNothingReads(String first, String sentence) {
        long cells = first.chars().filter(one -> one == ',' || one == ';').count();

        List<String> told = wrong(first + "\nA sentence" + ",".repeat((int) cells) + "\n");

        assertThat(told)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("rules/a/table.csv, line 1: ")
                .contains(sentence.startsWith("a spread") ? "is not known" : sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "sensitivity ~ HIHG ~ 'HIHG' is none of Sensitivity",
                "sensitivity ~ Sensitivity.HIGH ~ a word of capital letters",
                "sensitivity ~ high ~ a word of capital letters",
                "sensitivity ~ > LOW > HIGH ~ a word of capital letters",
                "environment ~ prodution ~ knows no environment 'prodution'",
                "environment ~ >= production ~ is not more than another",
                "environment ~ production\" || true || \"a\" == \"a ~ cannot be told apart",
                "environment ~ production' or 'a ~ letters from a to z",
                "environment ~ a); end rule x ~ letters from a to z",
                "environment ~ $x ~ letters from a to z",
                "environment ~ pro\\u0064uction ~ letters from a to z",
                "group ~ nobodies ~ knows no group 'nobodies'",
                "group ~ < engineers ~ is not more than another",
                "personalData ~ maybe ~ here belongs yes or no",
                "personalData ~ > yes ~ is not more than another",
                "automaticGrants ~ ten ~ knows no parameter 'ten'",
                "automaticGrants ~ 1e9 ~ here belongs a number",
                "automaticGrants ~ 010 ~ here belongs a number",
                "automaticGrants ~ longestHighAccess ~ is a duration",
                "automaticGrants ~ >= 3 || true ~ here belongs a number",
                "longerThan ~ PT ~ is not a duration",
                "longerThan ~ P1Y ~ is not a duration",
                "longerThan ~ 3 hours ~ here belongs a duration",
                "longerThan ~ > PT1H ~ is not more than another",
                "between ~ 25:00-26:00 ~ is not a span of the day",
                "addressIn ~ 10.0.0.0/99 ~ column 'addressIn'",
                "level ~ READ, READ ~ each once",
                "level ~ READ,, WRITE ~ a word of capital letters",
                "level ~ not ~ a word of capital letters",
                "level ~ not not READ ~ a word of capital letters",
                "held ~ no-such-thing ~ knows no entitlement",
                "ticket ~ a\"b ~ cannot be told apart"
            })
    void refusesCellsThatAreNoValueOfTheColumn(String column, String cell, String sentence) {
        List<String> told = wrong("name;" + column + ";deny\n\nA sentence;"
                + (cell.matches(".*[\";].*") ? "\"" + cell + "\"" : cell) + ";yes\n");

        assertThat(told)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("rules/a/table.csv, line 3: ")
                .contains(sentence);
        if (!sentence.contains("told apart")) {
            assertThat(told.get(0)).contains("column '" + column + "': ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "limit ~ 4h ~ here belongs a duration",
                "limit ~ PT1S ~ of a minute at least",
                "limit ~ nobodyKnows ~ knows no parameter 'nobodyKnows'",
                "requireApproval ~ boss ~ there is no level 'boss'",
                "requireApproval ~ manager\"); guardrail.allow(); // ~ cannot be told apart",
                "requireApproval ~ manager') ~ letters from a to z",
                "oblige ~ no-such ~ knows no obligation",
                "deny ~ perhaps ~ here belongs yes or no",
                "deny ~ no ~ says what it does"
            })
    void refusesWhatARowCannotDo(String column, String cell, String sentence) {
        List<String> told = wrong("name;level;" + column + "\nA sentence;READ;"
                + (cell.contains("\"") ? "\"" + cell + "\"" : cell) + "\n");

        assertThat(told)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("rules/a/table.csv, line 2: ")
                .contains(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "=cmd|' /C calc'!A0",
                "+1",
                "-1",
                "@SUM(A1)",
                " =HYPERLINK(1)",
                "\"=1\"",
                "\"two\nlines\"",
                "\"a\tb\""
            })
    void refusesWhatASpreadsheetWouldCalculateOrShowOtherwise(String cell) {
        for (String row :
                List.of(cell + ";READ;yes;", "A sentence;" + cell + ";yes;", "A sentence;READ;" + cell + ";")) {
            assertThat(wrong("name;level;deny;comment\n" + row + "\n"))
                    .as(row)
                    .isNotEmpty()
                    .first()
                    .asString()
                    .startsWith("rules/a/table.csv, line 2: ");
        }
        assertThat(wrong("name;level;deny;comment\nA sentence;READ;yes;" + cell + "\n"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A \"\" when guardrail.allow(); end",
                "Say \\\\",
                "Слово",
                "\u202Eevil",
                "   ",
                "{longestHighAccess} at most",
                "A {nobodyKnows}"
            })
    void refusesNamesThatAreNoSentence(String name) {
        assertThat(wrong("name;level;deny\n\"" + name + "\";READ;yes\n"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("rules/a/table.csv, line 2: ");
    }

    @Test
    void refusesRowsOfAnotherLengthAndTellsAllThatIsWrong() {
        assertThat(wrong("name;level;deny\nOne;READ\n"))
                .containsExactly("rules/a/table.csv, line 2: this row has 2" + " cells, and the first has 3.");
        assertThat(wrong("name;level;deny\nOne;READ;yes;yes\n")).hasSize(1);
        assertThat(wrong("name;level;deny\nOne;RAED;yes\n\nTwo;READ;yes\nThree;WRITE;maybe\nFour;;yes\n"))
                .hasSize(3)
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("rules/a/table.csv, line 2: column 'level': "),
                        one -> assertThat(one).startsWith("rules/a/table.csv, line 5: column 'deny': "),
                        one -> assertThat(one)
                                .startsWith("rules/a/table.csv, line 6: column 'name': no cell of this row says when"));
    }

    @Test
    void refusesTwoNamesThatReadAlike() {
        assertThat(wrong("name;level;deny\nÉcrire est clos;WRITE;yes\nEcrire, est clos!;ADMIN;yes\n"))
                .containsExactly("rules/a/table.csv, line 3: column 'name': this reads like the name in line 2.");
    }

    @Test
    void refusesTheNameOfAnotherGuardrail() {
        assertThat(wrong("name;level;deny\nPersonal columns stay masked;WRITE;yes\n"))
                .hasSize(1)
                .first()
                .asString()
                .contains("the name of this rule is also that of");
    }

    @Test
    void refusesTheNameOfAFileBesideIt() {
        rules.rule("a/table.drl", "Wanted( masked )", "guardrail.deny();");

        assertThat(wrong("name;level;deny\nOne;WRITE;yes\n"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("rules/a/table.")
                .contains("a table has the same name");
    }

    @Test
    void refusesWhatIsTooMuchOrCannotBeSeen() {
        assertThat(wrong("name;level;deny\n" + "x".repeat(501) + ";READ;yes\n")).hasSize(1);
        assertThat(wrong("name;level;deny\n" + "x".repeat(300_000) + ";READ;yes\n"))
                .hasSize(1);
        assertThat(wrong("name;level;deny\n" + "x;READ;yes\n".repeat(501))).hasSize(1);
        assertThat(wrong("name;level;deny" + ";comment".repeat(40) + "\nx;READ;yes" + ";".repeat(40) + "\n"))
                .hasSize(1);
        assertThat(wrong("name;level;deny\nOne\u0000;READ;yes\n"))
                .containsExactly("rules/a/table.csv, line 2: the character U+0000 cannot be seen.");
        assertThat(wrong("name;level;deny\n\"One;READ;yes\n")).hasSize(1);
        assertThat(wrong("")).hasSize(1);
        assertThat(wrong("name;level;deny\n")).hasSize(1);
    }

    @Test
    void leavesEveryOtherGuardrailAsItIs() {
        List<RuleFindings.Source> before = rules.load().rulebook().sources();
        rules.write(
                TABLE,
                "name;environment;ticket;requester;requireApproval;comment\n"
                        + "Then end rule guardrail.allow() when Asked();production;x:y / z;a@b+c;manager, owner;"
                        + "\"\"\"; guardrail.allow(); // ${7*7} #{grantAccess}\"\n");

        List<RuleFindings.Source> now = rules.load().rulebook().sources();
        assertThat(now).containsAll(before).hasSize(before.size() + 1);
        assertThat(rule("a/table#then-end-rule-guardrail-allow-when-asked").then())
                .containsExactly(
                        new Rule.Consequence(Finding.Effect.REQUIRE_APPROVAL, "manager"),
                        new Rule.Consequence(Finding.Effect.REQUIRE_APPROVAL, "owner"));
    }
}
