package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.catalog.Sensitivity;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Held;
import dev.drawbridge.guardrails.facts.History;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import dev.drawbridge.guardrails.facts.Wanted;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were written to run code, to deceive or to wear down: none runs anything, whatever becomes of it. */
class HostileRulesTest {
    private static final Path CORPUS = Path.of("src", "test", "resources", "hostile", "rules");
    private static final String SING = "dev.drawbridge.guardrails.Canary.sing()";

    /** Facts by which each condition of the corpus that is a condition holds. */
    static final List<Object> FACTS = List.of(
            new Asked(Duration.ofHours(2), "why", "OPS-1", "", Duration.ofHours(1)),
            new Wanted(
                    "orders-write", "orders", "orders", AccessLevel.WRITE, Sensitivity.HIGH, "production", true, true),
            new Requester("erin", Set.of("engineers")),
            new SignedIn("form", true, Duration.ofHours(13), "10.0.0.1"),
            new Moment(true, true, true, true, false, DayOfWeek.TUESDAY, LocalTime.NOON),
            new Held("logs-read", "logs", "orders", AccessLevel.READ),
            new History(3));

    @TempDir
    Path rules;

    @BeforeEach
    void levels() throws IOException {
        Files.copy(Path.of("rules", "levels.yaml"), rules.resolve("levels.yaml"));
        Canary.hasSung();
    }

    @AfterEach
    void canaryHasNotSung() {
        assertThat(Canary.hasSung()).as("something of the file ran").isFalse();
    }

    private void write(String file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String file, byte[] content) throws IOException {
        Path path = rules.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, content);
    }

    private Rulebook load() {
        RuleFiles files = new RuleFiles(rules);
        return new Rulebook(files, AnyWords.ofOurs());
    }

    private static String rule(String condition) {
        return "rule \"A rule\" when " + condition + " then guardrail.allow(); end\n";
    }

    private static Stream<Path> corpus(String folder) throws IOException {
        try (Stream<Path> files = Files.list(CORPUS.resolve(folder))) {
            return files.sorted().toList().stream();
        }
    }

    static Stream<String> refused() throws IOException {
        return corpus("refused").map(file -> file.getFileName().toString());
    }

    @Test
    void corpusIsThere() throws IOException {
        assertThat(refused()).hasSizeGreaterThan(150);
        assertThat(corpus("harmless")).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesEachFileOfTheCorpusByItsName(String file) throws IOException {
        write("evil/rule.drl", Files.readAllBytes(CORPUS.resolve("refused").resolve(file)));

        assertThatThrownBy(this::load)
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/evil/rule.drl, line ");
    }

    @Test
    void judgesByWhatIsHarmlessAfterAllAndRunsNothingOfIt() throws IOException {
        List<Path> harmless = corpus("harmless").toList();
        for (Path file : harmless) {
            write("harmless/" + file.getFileName(), Files.readAllBytes(file));
        }

        Rulebook rulebook = load();

        assertThat(rulebook.consult(FACTS))
                .allMatch(finding -> finding.effect() == Finding.Effect.ALLOW)
                .extracting(Finding::rule)
                .containsExactlyInAnyOrderElementsOf(harmless.stream()
                        .map(file -> "harmless/" + file.getFileName().toString().replace(".drl", ""))
                        .toList());
    }

    static Stream<Arguments> oddBytes() {
        String fine = rule("Asked()");
        return Stream.of(
                Arguments.of("a NUL", fine.replace("Asked()", "Asked(\0)").getBytes(StandardCharsets.UTF_8)),
                Arguments.of("a NUL in a comment", (fine + "// \0").getBytes(StandardCharsets.UTF_8)),
                Arguments.of(
                        "a lone carriage return",
                        rule("Asked() // harmless\r eval( " + SING + " )").getBytes(StandardCharsets.UTF_8)),
                Arguments.of(
                        "a carriage return in the name",
                        fine.replace("A rule", "A\rrule").getBytes(StandardCharsets.UTF_8)),
                Arguments.of("a lone surrogate in UTF-8", bytes(fine, 0xED, 0xA0, 0x80)),
                Arguments.of("an overlong quotation mark", bytes(fine, 0xC0, 0xA2)),
                Arguments.of("a cut character", bytes(fine, 0xE2, 0x82)),
                Arguments.of("Latin-1", "// \u00e4\n".concat(fine).getBytes(StandardCharsets.ISO_8859_1)),
                Arguments.of("UTF-16", fine.getBytes(StandardCharsets.UTF_16)),
                Arguments.of("two byte order marks", ("\uFEFF\uFEFF" + fine).getBytes(StandardCharsets.UTF_8)),
                Arguments.of("a class", new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61}));
    }

    private static byte[] bytes(String text, int... more) {
        byte[] before = (text + "// ").getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(before, before.length + more.length);
        for (int at = 0; at < more.length; at++) {
            all[before.length + at] = (byte) more[at];
        }
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddBytes")
    void refusesBytesThatEditorsShowDifferently(String what, byte[] content) throws IOException {
        write("evil/rule.drl", content);

        assertThatThrownBy(this::load)
                .as(what)
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/evil/rule.drl");
    }

    @Test
    void refusesALoneSurrogateHoweverItCameIn() {
        assertThatThrownBy(() ->
                        RuleInspection.read(Path.of("evil", "rule.drl"), rule("Asked() // \uD800"), AnyWords.ofOurs()))
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/evil/rule.drl, line 1: the character U+D800");
    }

    static Stream<Arguments> tooMuch() {
        return Stream.of(
                Arguments.of("a megabyte of comment", rule("Asked() // " + "x".repeat(1_000_000))),
                Arguments.of("a megabyte of spaces", rule("Asked()" + " ".repeat(1_000_000))),
                Arguments.of("a long name", rule("Asked()").replace("A rule", "A".repeat(10_000))),
                Arguments.of("a long text", rule("Wanted( id == \"" + "a".repeat(10_000) + "\" )")),
                Arguments.of("a long word", rule("A".repeat(10_000) + "()")),
                Arguments.of("5,000 deep in clauses", rule("(".repeat(5_000) + "Asked()" + ")".repeat(5_000))),
                Arguments.of("5,000 deep in nots", rule("not(".repeat(3_000) + "Asked()" + ")".repeat(3_000))),
                Arguments.of(
                        "5,000 deep in a fact",
                        rule("Wanted( " + "(".repeat(5_000) + "masked" + ")".repeat(5_000) + " )")),
                Arguments.of(
                        "5,000 times !", rule("Wanted( " + "!(".repeat(3_000) + "masked" + ")".repeat(3_000) + " )")),
                Arguments.of("a thousand comparisons", rule("Wanted( masked" + " || masked".repeat(1_000) + " )")),
                Arguments.of("a thousand facts", rule("Asked() ".repeat(1_000))),
                Arguments.of("every pair of what is held", rule("Held() ".repeat(8))),
                Arguments.of("2^20 ways", rule("( Asked() or Moment() ) ".repeat(20))),
                Arguments.of("2^20 ways, hidden", rule("not ( ( Asked() or Moment() ) and Wanted() ) ".repeat(20))),
                Arguments.of("a thousand texts", rule("Wanted( id in (\"a\"" + ", \"a\"".repeat(1_000) + ") )")),
                Arguments.of(
                        "a thousand effects",
                        rule("Asked()").replace("guardrail.allow();", "guardrail.allow();".repeat(900))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooMuch")
    void refusesWhatIsTooLongTooDeepOrTooWide(String what, String text) throws IOException {
        write("evil/rule.drl", text);

        assertThatThrownBy(this::load)
                .as(what)
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/evil/rule.drl")
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(600));
    }

    @Test
    void refusesMoreRulesThanAnybodyWrites() throws IOException {
        for (int number = 0; number <= 1_000; number++) {
            write("many/r" + number + ".drl", rule("Asked()").replace("A rule", "Rule " + number));
        }

        assertThatThrownBy(this::load)
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/many/")
                .hasMessageContaining("more than 1000 guardrails");
    }

    @Test
    void refusesTwoFilesWithOneName() throws IOException {
        write("a/rule.drl", rule("Asked()"));
        write("b/rule.drl", rule("Moment()"));

        assertThatThrownBy(this::load)
                .hasMessageStartingWith("rules/b/rule.drl: ")
                .hasMessageContaining("a/rule");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\"b.drl",
                "a\"); " + SING + "; (\".drl",
                "\" + " + SING + " + \".drl",
                "a'b.drl",
                "a\\u0022 + " + SING + " + \\u0022.drl",
                "a\\42.drl",
                "*.drl",
                "a\nb.drl",
                "a\r.drl",
                "a\tb.drl",
                "a b.drl",
                "a__b.drl",
                "a;b.drl",
                "a$b.drl",
                "a{b}.drl",
                "-->.drl",
                "a%2e.drl",
                "A.drl",
                "rule_0.drl",
                "..drl",
                "a.b.drl",
                "a.java.drl",
                ".drl",
                ".hidden.drl",
                "\u0430.drl",
                "\u202edrl.drl",
                "Folder/a.drl",
                "a\"; " + SING + "; \"/a.drl",
                "META-INF/a.drl",
                "deep/deep/deep/deep/deep/deep/deep/deep/deep/a.drl"
            })
    void refusesNamesOfFilesThatAreMoreThanPlain(String file) throws IOException {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Charset.forName(System.getProperty("sun.jnu.encoding"))
                        .newEncoder()
                        .canEncode(file),
                "the file system cannot hold this name");
        write(file, rule("Asked()"));

        assertThatThrownBy(this::load)
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith("rules/" + file.replaceAll("\\p{C}", "?"))
                .hasMessageContaining("letters a to z, digits and '-'");
    }
}
