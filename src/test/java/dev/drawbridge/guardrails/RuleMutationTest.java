package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.Sensitivity;
import dev.drawbridge.guardrails.facts.Asked;
import dev.drawbridge.guardrails.facts.Held;
import dev.drawbridge.guardrails.facts.History;
import dev.drawbridge.guardrails.facts.Holdings;
import dev.drawbridge.guardrails.facts.Moment;
import dev.drawbridge.guardrails.facts.Requester;
import dev.drawbridge.guardrails.facts.SignedIn;
import dev.drawbridge.guardrails.facts.Wanted;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The cases of the delivered guardrails find slips of the pen: of all {@link RuleMutants} at least 95 % do other than some case says.
 * They are asked by their meaning, which a property holds to be that of the compiled rules, so that thousands take no time.
 *
 * <p>Not counted are mutants that mean the same, as {@code sensitivity >= CRITICAL} where nothing is more than critical: those that
 * say the same of each of 20,000 facts, in which every word takes values at and around every constant that stands in a guardrail,
 * drawn with the same seed each time.
 */
class RuleMutationTest {
    private static final int FACTS = 20_000;
    private static final double ENOUGH = 0.95;

    private final RuleSet rules = RuleSet.of(new RuleFiles(Path.of("rules")));
    private final RuleCases cases =
            new RuleCases(rules.files(), rules.catalog(), rules.calendar(), rules.tickets(), rules.rulebook());
    private final List<FactTable> pool = pool();

    @Test
    void killsAtLeastNinetyFiveOfAHundredSlipsOfThePen() {
        List<String> alive = new ArrayList<>();
        int all = 0;
        for (RuleFindings.Source source : rules.rulebook().sources()) {
            List<RuleCases.Example> examples = cases.of(source.id());
            List<FactTable> facts = examples.stream()
                    .map(example -> FactTable.of(cases.facts(example)))
                    .toList();
            for (Rule mutant : RuleMutants.of(source.rule())) {
                if (means(source.rule(), mutant)) {
                    continue;
                }
                all++;
                if (!isKilled(mutant, examples, facts)) {
                    alive.add(source.id() + ": "
                            + mutant.when().stream().map(RuleWriter::told).toList() + " " + mutant.then());
                }
            }
        }
        System.out.println("Mutants of the delivered guardrails: " + all + ", alive: " + alive.size());
        assertThat(all).isGreaterThan(250);
        assertThat(alive.size() / (double) all).as(String.join("\n", alive)).isLessThanOrEqualTo(1 - ENOUGH);
    }

    private static boolean isKilled(Rule mutant, List<RuleCases.Example> examples, List<FactTable> facts) {
        RuleMeaning meaning = new RuleMeaning(mutant.when());
        return IntStream.range(0, examples.size()).anyMatch(at -> {
            boolean fires = meaning.holds(facts.get(at)) && !mutant.then().isEmpty();
            RuleCases.Example example = examples.get(at);
            return fires != example.fires() || fires && !example.isDone(mutant.then().stream());
        });
    }

    /** Whether nothing tells them apart. */
    private boolean means(Rule rule, Rule mutant) {
        if (!rule.then().equals(mutant.then())) {
            return false;
        }
        RuleMeaning one = new RuleMeaning(rule.when());
        RuleMeaning other = new RuleMeaning(mutant.when());
        return pool.stream().allMatch(facts -> one.holds(facts) == other.holds(facts));
    }

    private List<FactTable> pool() {
        Random random = new Random(17);
        List<RuleFindings.Source> sources = rules.rulebook().sources();
        Mentions mentions =
                new Mentions(sources.stream().map(source -> source.rule().when()));
        List<Duration> lengths = Stream.concat(
                        Stream.of(Duration.ofMinutes(5)),
                        mentions.all(Operand.Lasting.class, Operand.Lasting::than).stream())
                .flatMap(length -> Stream.of(-1, 0, 1, 2).map(length::plusSeconds))
                .toList();
        List<Integer> numbers = Stream.concat(
                        Stream.of(1), mentions.all(Operand.Number.class, Operand.Number::value).stream())
                .flatMap(number -> Stream.of(number - 1, number, number + 1))
                .toList();
        List<String> texts = Stream.concat(
                        Stream.of("other", "another", ""),
                        mentions.all(Operand.Text.class, Operand.Text::value).stream())
                .toList();
        List<String> groups = Stream.concat(
                        Stream.of("other", "another"),
                        mentions.all(Operand.Belonging.class, Operand.Belonging::group).stream())
                .toList();
        return IntStream.range(0, FACTS)
                .mapToObj(unused -> FactTable.of(facts(random, lengths, numbers, texts, groups)))
                .toList();
    }

    private static List<Object> facts(
            Random random, List<Duration> lengths, List<Integer> numbers, List<String> texts, List<String> groups) {
        List<Object> facts = new ArrayList<>(List.of(
                new Asked(of(random, lengths), "", random.nextBoolean() ? "" : "OPS-1", "", Duration.ZERO),
                new Wanted(
                        of(random, texts),
                        of(random, List.of("one", "two")),
                        of(random, texts),
                        of(random, List.of(AccessLevel.values())),
                        of(random, List.of(Sensitivity.values())),
                        of(random, texts),
                        random.nextBoolean(),
                        random.nextBoolean()),
                new Requester("somebody", Set.of(of(random, groups))),
                new SignedIn("form", random.nextBoolean(), of(random, lengths), "127.0.0.1"),
                new Moment(
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        DayOfWeek.MONDAY,
                        LocalTime.NOON),
                new History(of(random, numbers)),
                new Holdings(of(random, numbers), 0, 0, 0)));
        IntStream.range(0, random.nextInt(3))
                .forEach(unused -> facts.add(new Held(
                        of(random, texts),
                        of(random, List.of("one", "two")),
                        of(random, texts),
                        of(random, List.of(AccessLevel.values())))));
        return facts;
    }

    private static <T> T of(Random random, List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
