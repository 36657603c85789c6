package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.catalog.Sensitivity;
import dev.drawbridge.directory.Employment;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Firing;
import dev.drawbridge.guardrails.facts.Held;
import dev.drawbridge.guardrails.facts.HeldByOthers;
import dev.drawbridge.guardrails.facts.History;
import dev.drawbridge.guardrails.facts.Holdings;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import dev.drawbridge.guardrails.facts.Wanted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.kie.api.runtime.KieContainer;
import org.kie.api.runtime.KieSession;

/** The grammar of rules, held against rules that nobody thought of. */
class RuleGrammarTest {
    private static final Path FILE = Path.of("some", "rule.drl");
    private static final RuleWords KNOWN = AnyWords.ofOurs();

    /** Every word that may stand in what is written, outside of a text. */
    private static final Set<String> WORDS = Stream.of(
                    Stream.of(Vocabulary.Fact.values())
                            .flatMap(fact -> Stream.concat(Stream.of(fact.word), fact.words().stream())),
                    Vocabulary.CONSTANTS.keySet().stream(),
                    Vocabulary.CONSTANTS.values().stream().flatMap(List::stream),
                    Stream.of("not", "exists", "and", "or", "in", "true", "false"))
            .flatMap(words -> words)
            .collect(Collectors.toSet());

    private static final Pattern TEXT = Pattern.compile("\"[A-Za-z0-9 ._:@/+-]*\"");
    private static final Pattern WORD = Pattern.compile("\\$?[A-Za-z][A-Za-z0-9]*");

    private static final List<String> SNIPPETS = List.of(
            "dev.drawbridge.guardrails.Canary.sing()",
            "\"",
            "\\\"",
            "\\42",
            "\\u0022",
            "*/",
            "/*",
            "//",
            "#",
            "\n",
            "(",
            ")",
            "{",
            "}",
            ";",
            ",",
            ":",
            "$x",
            "==",
            "||",
            "&&",
            "!",
            "not",
            "exists",
            "or",
            "and",
            "in",
            "eval",
            "from",
            "this",
            "Asked",
            "Wanted",
            "withTicket",
            "masked",
            "longerThan(\"PT1H\")",
            "true",
            "0",
            "then",
            "end",
            "when",
            "rule",
            "guardrail.allow();",
            "System.exit(1);",
            "static",
            "import",
            "function",
            "@",
            "[",
            "]",
            "\0",
            "\u2028",
            "\uD800");

    private static final List<String> SEEDS = seeds();

    private static List<String> seeds() {
        try (Stream<Path> ours = Files.walk(Path.of("rules"));
                Stream<Path> hostile = Files.walk(Path.of("src", "test", "resources", "hostile", "rules"))) {
            return Stream.concat(ours, hostile)
                    .filter(file -> file.toString().endsWith(".drl"))
                    .sorted()
                    .map(RuleGrammarTest::text)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void readsEachRuleAsItWasMeantHoweverItWasTyped(@ForAll long seed) {
        Random random = new Random(seed);
        Rule rule = new RandomRule(random).rule("Any // rule */ # at all");
        String text = new RandomText(random).of(rule);

        assertThat(RuleInspection.read(FILE, text, KNOWN)).as(text).isEqualTo(rule);
    }

    @Property(tries = 3, shrinking = ShrinkingMode.OFF)
    void judgesByEachRuleAsTheTreeSays(@ForAll long seed) {
        Random random = new Random(seed);
        List<Rule> rules = IntStream.range(0, 40)
                .mapToObj(number -> new RandomRule(random).rule("Rule " + number))
                .toList();

        requireMeaning(rules, random);
    }

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void refusesOrUnderstandsWhateverBecomesOfAFile(@ForAll long seed) {
        mutant(new Random(seed));
    }

    @Property(tries = 2, shrinking = ShrinkingMode.OFF)
    void runsNothingButTheTreeOfWhatPasses(@ForAll long seed) {
        Random random = new Random(seed);
        Set<Rule> passed = new LinkedHashSet<>();
        for (int tries = 0; tries < 2_000 && passed.size() < 40; tries++) {
            Rule rule = mutant(random);
            if (rule != null) {
                passed.add(rule);
            }
        }
        Canary.hasSung();

        requireMeaning(List.copyOf(passed), random);

        assertThat(Canary.hasSung()).isFalse();
    }

    /** A file with a few edits, read; null where it was refused, which is the only other thing that may happen. */
    private static Rule mutant(Random random) {
        StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int edits = random.nextInt(4); edits >= 0; edits--) {
            edit(text, random);
        }
        Rule rule;
        try {
            rule = RuleInspection.read(FILE, text.toString(), KNOWN);
        } catch (RulesException refused) {
            assertThat(refused).hasMessageStartingWith("rules/some/rule.drl");
            return null;
        }
        requireOursAlone(RuleWriter.write(0, rule));
        assertThat(RuleInspection.read(FILE, new RandomText(random).of(rule), KNOWN))
                .isEqualTo(rule);
        return rule;
    }

    private static void edit(StringBuilder text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(12));
        String snippet = SNIPPETS.get(random.nextInt(SNIPPETS.size()));
        switch (random.nextInt(5)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, snippet);
            case 2 -> text.replace(at, end, snippet);
            case 3 -> text.insert(at, text.substring(at, end));
            default -> text.insert(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
        }
    }

    /** Nothing is written but the words of the vocabulary, numbers, names that were counted, and plain texts. */
    private static void requireOursAlone(String written) {
        int when = written.indexOf("\nwhen\n");
        int then = written.indexOf("\nthen\n", when);
        assertThat(written.substring(0, when)).isEqualTo("""
                package rules;
                import dev.drawbridge.guardrails.facts.*;
                import dev.drawbridge.catalog.*;
                import dev.drawbridge.directory.Employment;
                import java.time.DayOfWeek;
                global dev.drawbridge.guardrails.facts.Firing firing;
                rule "rule_0\"""");
        assertThat(written.substring(then)).isEqualTo("\nthen\nfiring.of(0);\nend\n");
        String rest = TEXT.matcher(written.substring(when + "\nwhen\n".length(), then))
                .replaceAll("");
        assertThat(WORD.matcher(rest).results().map(MatchResult::group))
                .as(written)
                .allMatch(word -> WORDS.contains(word) || word.matches("\\$v[0-9]"));
        assertThat(WORD.matcher(rest).replaceAll("")).as(written).matches("[0-9(),:!.=<>&| \n]*");
    }

    private static void requireMeaning(List<Rule> rules, Random random) {
        List<String> written = IntStream.range(0, rules.size())
                .mapToObj(number -> RuleWriter.write(number, rules.get(number)))
                .toList();
        KieContainer container =
                RuleCompiler.compile(written, UUID.randomUUID().toString().replace("-", ""));
        for (int times = 0; times < 40; times++) {
            List<Object> facts = facts(random);
            Reference reference = new Reference(facts);
            Set<Integer> fired = fired(container, facts);
            for (int number = 0; number < rules.size(); number++) {
                assertThat(fired.contains(number))
                        .as(written.get(number) + " of " + facts)
                        .isEqualTo(reference.holds(rules.get(number)));
                assertThat(new RuleMeaning(rules.get(number).when()).holds(FactTable.of(facts)))
                        .as("what is worked out without a compiler, of " + written.get(number) + " of " + facts)
                        .isEqualTo(fired.contains(number));
            }
        }
    }

    private static Set<Integer> fired(KieContainer container, List<Object> facts) {
        Set<Integer> fired = new TreeSet<>();
        KieSession session = container.newKieSession();
        try {
            session.setGlobal("firing", (Firing) fired::add);
            facts.forEach(session::insert);
            session.fireAllRules();
        } finally {
            session.dispose();
        }
        return fired;
    }

    private static List<Object> facts(Random random) {
        List<Object> facts = new ArrayList<>(List.of(
                new Asked(
                        any(random, RandomRule.DURATIONS),
                        "",
                        text(random),
                        text(random),
                        random.nextBoolean() ? Duration.ZERO : any(random, RandomRule.DURATIONS)),
                new Wanted(
                        text(random),
                        text(random),
                        text(random),
                        any(random, List.of(AccessLevel.values())),
                        any(random, List.of(Sensitivity.values())),
                        text(random),
                        random.nextBoolean(),
                        random.nextBoolean()),
                new Requester(
                        text(random),
                        Set.of(text(random)),
                        text(random),
                        random.nextInt(4) == 0 ? null : any(random, List.of(Employment.values())),
                        random.nextBoolean(),
                        random.nextBoolean()),
                new SignedIn(text(random), random.nextBoolean(), any(random, RandomRule.DURATIONS), text(random)),
                new Moment(
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        any(random, List.of(DayOfWeek.values())),
                        any(random, RandomRule.TIMES)),
                new Holdings(random.nextInt(4), random.nextInt(4), random.nextInt(4), random.nextInt(4)),
                new History(random.nextInt(4))));
        for (int held = random.nextInt(4); held > 0; held--) {
            facts.add(new Held(text(random), text(random), text(random), any(random, List.of(AccessLevel.values()))));
        }
        for (int held = random.nextInt(3); held > 0; held--) {
            facts.add(new HeldByOthers(
                    text(random),
                    text(random),
                    text(random),
                    any(random, List.of(AccessLevel.values())),
                    random.nextInt(4)));
        }
        return facts;
    }

    private static String text(Random random) {
        return any(random, RandomRule.TEXTS);
    }

    private static <T> T any(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
