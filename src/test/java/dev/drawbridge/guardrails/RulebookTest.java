package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.catalog.Sensitivity;
import dev.drawbridge.catalog.TicketNumbers;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Held;
import dev.drawbridge.guardrails.facts.HeldByOthers;
import dev.drawbridge.guardrails.facts.History;
import dev.drawbridge.guardrails.facts.Holdings;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import dev.drawbridge.guardrails.facts.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulebookTest {
    @TempDir
    Path rules;

    @BeforeEach
    void levels() throws IOException {
        Files.copy(Path.of("rules", "levels.yaml"), rules.resolve("levels.yaml"));
    }

    private void write(String file, String name, String condition, String effect) throws IOException {
        Path path = rules.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(
                path,
                "package rules;\nimport dev.drawbridge.guardrails.facts.*;\nimport dev.drawbridge.catalog.*;\n"
                        + "global dev.drawbridge.guardrails.facts.Guardrail guardrail;\nrule \"" + name
                        + "\"\nwhen\n    " + condition + "\nthen\n    " + effect + "\nend\n");
    }

    private Rulebook load() {
        RuleFiles files = new RuleFiles(rules);
        return new Rulebook(files, AnyWords.ofOurs());
    }

    @Test
    void saysTheNameOfTheRuleThatFired() throws IOException {
        write("some/where.drl", "Ten is enough", "History( automaticGrants >= 10 )", "guardrail.deny();");

        assertThat(load().consult(List.of(new History(10))))
                .containsExactly(new Finding("some/where", Finding.Effect.DENY, "Ten is enough.", null));
        assertThat(load().consult(List.of(new History(9)))).isEmpty();
    }

    /** Facts of which every part reads differently from those of {@link #OTHERS}. */
    private static final List<Object> FACTS = List.of(
            new Asked(Duration.ofHours(2), "why", "OPS-1", "jira", Duration.ofDays(2)),
            new Wanted("orders-write", "orders", "shop", AccessLevel.WRITE, Sensitivity.HIGH, "production", true, true),
            new Requester("erin", Set.of("engineers")),
            new SignedIn("form", true, Duration.ofHours(13), "10.0.0.1"),
            new Moment(true, true, true, true, true, DayOfWeek.SATURDAY, LocalTime.of(23, 30)),
            new Held("logs-read", "logs", "shop", AccessLevel.READ),
            new HeldByOthers("orders-admin", "orders", "shop", AccessLevel.ADMIN, 2),
            new Holdings(3, 2, 1, 1),
            new History(3));

    private static final List<Object> OTHERS = List.of(
            new Asked(Duration.ofHours(1), "why", "", "", Duration.ZERO),
            new Wanted("x", "x", "x", AccessLevel.READ, Sensitivity.LOW, "test", false, false),
            new Requester("otto", Set.of("owners")),
            new SignedIn("basic", false, Duration.ofHours(12), "10.0.0.2"),
            new Moment(false, false, false, false, false, DayOfWeek.TUESDAY, LocalTime.NOON),
            new Held("x", "x", "x", AccessLevel.ADMIN),
            new HeldByOthers("x", "x", "x", AccessLevel.READ, 1),
            new Holdings(0, 0, 0, 0),
            new History(2));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Asked( longerThan(\"PT1H\") )",
                "Asked( withTicket )",
                "Asked( startsLater == true )",
                "Asked( startsAfter(\"P1D\") )",
                "Asked( ticket == \"OPS-1\" )",
                "Asked( ticketSystem == \"jira\" )",
                "Wanted( id == \"orders-write\" )",
                "Wanted( resource == \"orders\" )",
                "Wanted( target == \"shop\" )",
                "Wanted( level == AccessLevel.WRITE )",
                "Wanted( sensitivity == Sensitivity.HIGH )",
                "Wanted( environment == \"production\" )",
                "Wanted( personalData )",
                "Wanted( masked )",
                "Requester( id == \"erin\" )",
                "Requester( belongsTo(\"engineers\") )",
                "SignedIn( method == \"form\" )",
                "SignedIn( mfa )",
                "SignedIn( olderThan(\"PT12H\") )",
                "SignedIn( address == \"10.0.0.1\" )",
                "SignedIn( addressIn(\"10.0.0.0/31\") )",
                "Moment( officeHours )",
                "Moment( holiday )",
                "Moment( changeFreeze )",
                "Moment( maintenanceWindow )",
                "Moment( weekend )",
                "Moment( dayOfWeek == DayOfWeek.SATURDAY )",
                "Moment( dayOfWeek in ( DayOfWeek.SATURDAY, DayOfWeek.SUNDAY ) )",
                "Moment( between(\"22:00-06:00\") )",
                "Held( id == \"logs-read\" )",
                "Held( resource == \"logs\" )",
                "Held( level == AccessLevel.READ )",
                "Held( target == \"shop\" )",
                "HeldByOthers( id == \"orders-admin\" )",
                "HeldByOthers( resource == \"orders\" )",
                "HeldByOthers( target == \"shop\" )",
                "HeldByOthers( level == AccessLevel.ADMIN )",
                "HeldByOthers( people >= 2 )",
                "Wanted( $resource : resource ) HeldByOthers( resource == $resource, level == AccessLevel.ADMIN )",
                "Holdings( count >= 3 )",
                "Holdings( sameResource > 1 )",
                "Holdings( sameTarget == 1 )",
                "Holdings( sameLevel != 0 )",
                "History( automaticGrants > 2 )"
            })
    void letsARuleReadEveryWordOfTheVocabulary(String condition) throws IOException {
        write("a/b.drl", "Reads", condition, "guardrail.deny();");
        Rulebook rulebook = load();

        assertThat(rulebook.consult(FACTS)).hasSize(1);
        assertThat(rulebook.consult(OTHERS)).isEmpty();
    }

    @Test
    void stopsWithFileAndLineAtARuleThatWouldNotCompile() throws IOException {
        write("a/fine.drl", "Fine", "History()", "guardrail.allow();");
        write("b/broken.drl", "Broken", "History( masked == true )", "guardrail.allow();");

        assertThatThrownBy(this::load)
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/b/broken.drl, line 7: 'masked' is not part of the vocabulary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Wanted( environment == \"prodution\" ); no environment 'prodution'; production",
                "Wanted( environment not in ( \"production\", \"tets\" ) ); no environment 'tets'; production",
                "Wanted( id == \"order-read\" ); no entitlement 'order-read'; orders-read",
                "Wanted( resource != \"order\" ); no resource 'order'; orders",
                "Wanted( target == \"order\" ); no target 'order'; orders",
                "Held( id == \"order-read\" ); no entitlement 'order-read'; orders-read",
                "HeldByOthers( resource == \"order\" ); no resource 'order'; orders",
                "Requester( belongsTo(\"enginers\") ); no group 'enginers'; engineers",
                "SignedIn( method == \"from\" ); no way to sign in 'from'; basic, form",
                "Asked( ticketSystem == \"jira\" ); no system of tickets 'jira'; none"
            })
    void stopsAtANameThatNoFileKnows(String condition, String told, String instead) throws IOException {
        for (String file : List.of("catalog.yaml", "tickets.yaml")) {
            Files.copy(Path.of("rules", file), rules.resolve(file));
        }
        write("a/b.drl", "A slip", condition, "guardrail.deny();");
        RuleFiles files = new RuleFiles(rules);
        RuleWords words = RuleWords.of(new Catalog(files), new LevelDefinitions(files), new TicketNumbers(files));

        assertThatThrownBy(() -> new Rulebook(files, words))
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/a/b.drl, line 7: ")
                .hasMessageContaining(told)
                .hasMessageContaining(instead);
    }

    @Test
    void stopsAtAnObligationThatNoFileKnows() throws IOException {
        Files.copy(Path.of("rules", "catalog.yaml"), rules.resolve("catalog.yaml"));
        write("a/b.drl", "A slip", "Asked()", "guardrail.oblige(\"masked-colums\");");
        RuleFiles files = new RuleFiles(rules);
        RuleWords words = RuleWords.of(new Catalog(files), new LevelDefinitions(files), new TicketNumbers(files));

        assertThatThrownBy(() -> new Rulebook(files, words))
                .hasMessageContaining(
                        "rules/catalog.yaml knows no obligation 'masked-colums'; there are masked-columns.");
    }

    @Test
    void stopsAtALevelThatNobodyDefined() throws IOException {
        write("a/b.drl", "Needs a wizard", "History()", "guardrail.requireApproval(\"wizard\");");

        assertThatThrownBy(this::load).hasMessageContaining("rules/a/b.drl").hasMessageContaining("'wizard'");
    }

    @Test
    void stopsAtADurationThatIsNone() throws IOException {
        write("a/b.drl", "For an hour", "History()", "guardrail.limit(\"1h\");");

        assertThatThrownBy(this::load).hasMessageContaining("rules/a/b.drl").hasMessageContaining("'1h'");
    }

    @Test
    void stopsAtTwoRulesOfOneName() throws IOException {
        write("a/one.drl", "The same", "History()", "guardrail.allow();");
        write("b/two.drl", "The same", "History()", "guardrail.deny();");

        assertThatThrownBy(this::load).hasMessageContaining("also that of a/one");
    }

    @Test
    void stopsWhereThereIsNoRuleAtAll() {
        assertThatThrownBy(this::load).hasMessageContaining("no guardrail");
    }

    @Test
    void countsARuleThatBreaksAsADenial() throws IOException {
        write("a/b.drl", "Breaks", "Asked( longerThan(\"PT1H\") == false )", "guardrail.allow();");

        List<Finding> findings = load().consult(List.of(new Asked(null, "No duration", "", "", Duration.ZERO)));

        assertThat(findings).extracting(Finding::effect).containsExactly(Finding.Effect.FAILED);
        assertThat(Combining.verdict(findings, java.time.Duration.ZERO, "x", required -> List.of()))
                .isInstanceOf(Verdict.Denied.class);
    }

    @Test
    void namesTheRuleThatBrokeAndNotTheLastThatFired() throws IOException {
        write("a/fires.drl", "Fires", "History()", "guardrail.allow();");
        write("b/breaks.drl", "Breaks", "Asked( longerThan(\"PT2H\") )", "guardrail.allow();");
        write("c/breaks-too.drl", "Breaks too", "Moment() Asked( longerThan(\"PT2H\") )", "guardrail.deny();");
        write("d/also.drl", "Fires also", "Moment()", "guardrail.allow();");

        List<Finding> findings = load().consult(
                        List.of(new History(1), FACTS.get(4), new Asked(null, "", "OPS-1", "", Duration.ofDays(1))));

        assertThat(findings)
                .filteredOn(finding -> finding.effect() == Finding.Effect.FAILED)
                .extracting(Finding::rule)
                .containsExactly("b/breaks", "c/breaks-too");
    }

    @Test
    void saysOfEachEffectWhatTheFileSaysThere() throws IOException {
        write(
                "a/b.drl",
                "Look at https://example.org/#top */ first",
                "History()",
                "guardrail.requireApproval(\"manager\"); guardrail.limit(\"PT60M\");\n    guardrail.oblige(\"masked-columns\");");

        String message = "Look at https://example.org/#top */ first.";
        assertThat(load().consult(List.of(new History(0))))
                .containsExactly(
                        new Finding("a/b", Finding.Effect.REQUIRE_APPROVAL, message, "manager"),
                        new Finding("a/b", Finding.Effect.LIMIT, message, "PT60M"),
                        new Finding("a/b", Finding.Effect.OBLIGE, message, "masked-columns"));
    }

    @Test
    void keepsTwoRulebooksApart() throws IOException {
        write("a/b.drl", "Limit", "History()", "guardrail.limit(\"PT1H\");");
        Rulebook one = load();
        write("a/b.drl", "Limit", "Moment()", "guardrail.limit(\"PT1H\");");
        Rulebook other = load();

        assertThat(one.consult(List.of(new History(0)))).hasSize(1);
        assertThat(one.consult(List.of(FACTS.get(4)))).isEmpty();
        assertThat(other.consult(List.of(new History(0)))).isEmpty();
        assertThat(other.consult(List.of(FACTS.get(4)))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A.drl", "a b.drl", "a_b.drl", "a.b.drl", "Folder/a.drl", "a'b.drl", "a;b.drl", ".drl"})
    void refusesNamesOfFilesThatAreMoreThanPlain(String file) throws IOException {
        write(file, "Fine", "History()", "guardrail.allow();");

        assertThatThrownBy(this::load)
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/" + file + ": ")
                .hasMessageContaining("letters a to z, digits and '-'");
    }

    @Test
    void hasAnotherFingerprintOnceARuleHasChanged() throws IOException {
        write("a/b.drl", "Limit", "History()", "guardrail.limit(\"PT1H\");");
        String before = load().fingerprint();
        write("a/b.drl", "Limit", "History()", "guardrail.limit(\"PT2H\");");

        assertThat(load().fingerprint()).isNotEqualTo(before).hasSize(64);
    }

    private static List<Object> holding(int accesses) {
        return Stream.concat(
                        FACTS.stream().filter(fact -> !(fact instanceof Held)),
                        IntStream.range(0, accesses)
                                .mapToObj(number -> new Held("id" + number, "r" + number, "t", AccessLevel.READ)))
                .toList();
    }

    @Test
    void takesAsManyRulesAsItSays() throws IOException {
        for (int number = 0; number < 1_000; number++) {
            write(
                    "many/r" + number + ".drl",
                    "Rule " + number,
                    "Held( level == AccessLevel.READ )",
                    "guardrail.allow();");
        }

        // Each fires for each of what is held: often, and not without an end.
        assertThat(load().consult(holding(25)))
                .hasSize(1_000)
                .allMatch(finding -> finding.effect() == Finding.Effect.ALLOW);
    }

    @Test
    void weighsAllThatIsHeldAgainstOneAnotherAsFarAsMemoryReaches() throws IOException {
        write(
                "a/b.drl",
                "Three at once",
                "Held( $a : id ) Held( id != $a, $b : id ) Held( id != $a, id != $b )",
                "guardrail.deny();");
        Rulebook rulebook = load();

        assertThat(rulebook.consult(holding(2))).isEmpty();
        assertThat(rulebook.consult(holding(60))).extracting(Finding::effect).containsExactly(Finding.Effect.DENY);
        assertThat(rulebook.consult(holding(5_000)))
                .as("no memory would hold it, so it is refused")
                .containsExactly(new Finding(
                        "rulebook",
                        Finding.Effect.FAILED,
                        "So much access is held at once that the guardrails cannot weigh it, so this is refused. Hand back"
                                + " what is needed no more.",
                        null));
    }

    @Test
    void countsAccessOfOneKindOnceHoweverOftenItIsHeld() throws IOException {
        write("a/b.drl", "Two", "Held( $a : id ) Held( id == $a ) Held( id == $a )", "guardrail.deny();");
        List<Object> same = new ArrayList<>(FACTS);
        same.addAll(Collections.nCopies(500, new Held("x", "x", "x", AccessLevel.READ)));

        assertThat(load().consult(same)).extracting(Finding::effect).containsExactly(Finding.Effect.DENY);
    }

    @Test
    void refusesMoreThanCanBeCompiledInTime() throws IOException {
        String texts =
                IntStream.range(0, 60).mapToObj(number -> "\"t" + number + "\"").collect(Collectors.joining(", "));
        for (int number = 0; number < 100; number++) {
            write(
                    "a/r" + number + ".drl",
                    "Rule " + number,
                    ("Wanted( id in (" + texts + ") )\n").repeat(10),
                    "guardrail.allow();");
        }

        assertThatThrownBy(this::load)
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/a/r")
                .hasMessageContaining("more facts and comparisons than can be compiled in time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"combining", "rulebook"})
    void leavesToTheProductTheNamesByWhichItSpeaksItself(String id) throws IOException {
        write(id + ".drl", "No guardrail allows this, so it is refused", "History()", "guardrail.deny();");

        assertThatThrownBy(this::load).hasMessageStartingWith("rules/" + id + ".drl: what the product itself says");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.000000001S", "PT59S", "PT2562047788015215H", "-PT1H", "PT-1H", "PT0S"})
    void refusesALimitThatNoAccessCouldHave(String limit) throws IOException {
        write("a/b.drl", "Limit", "History()", "guardrail.limit(\"" + limit + "\");");

        assertThatThrownBy(this::load)
                .hasMessageStartingWith("rules/a/b.drl, line 9: '" + limit + "' is not a duration");
    }

    @Test
    void fingerprintsWhatItJudgesByThoughTheFilesChangeMeanwhile() throws IOException {
        write("a/b.drl", "Limit", "History()", "guardrail.limit(\"PT1H\");");
        RuleFiles files = new RuleFiles(rules);
        Rulebook before = new Rulebook(files, AnyWords.ofOurs());
        write("a/b.drl", "Limit", "History()", "guardrail.limit(\"PT2H\");");

        Rulebook after = new Rulebook(files, AnyWords.ofOurs());

        assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
        assertThat(after.consult(List.of(new History(0)))).isEqualTo(before.consult(List.of(new History(0))));
    }

    @Test
    void hasAnotherFingerprintWhereTicketNumbersLookDifferent() throws IOException {
        write("a/b.drl", "Ticket", "Asked( withTicket )", "guardrail.allow();");
        String before = load().fingerprint();
        Files.copy(Path.of("rules", "tickets.yaml"), rules.resolve("tickets.yaml"));

        assertThat(load().fingerprint()).isNotEqualTo(before);
    }
}
