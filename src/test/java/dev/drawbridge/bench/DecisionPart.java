package dev.drawbridge.bench;

import dev.drawbridge.guardrails.BenchedInvariants;
import dev.drawbridge.guardrails.BenchedReplay;
import dev.drawbridge.guardrails.BenchedRules;
import dev.drawbridge.guardrails.Finding;
import dev.drawbridge.guardrails.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** One judgement, in process and on one thread: the facts given, the rules consulted, the findings combined. */
final class DecisionPart implements Part {
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration MEASURED = Duration.ofSeconds(4);
    private static final int REPLAYED = 100_000;
    /** So that looking at the clock costs little beside what is measured. */
    private static final int AT_A_TIME_BY_HAND = 200;

    private static final int TIMES_TO_WARM_UP = 20;

    /** Whatever is judged counts, so that nothing is left out as useless. */
    @SuppressWarnings("UnusedVariable")
    private static volatile int sink;

    @Override
    public String name() {
        return "decision";
    }

    @Override
    public void measure(Report report) throws Exception {
        TwentyRules.Facts facts = TwentyRules.ORDINARY;
        double hand = microseconds(AT_A_TIME_BY_HAND, () -> BenchedRules.combine(TwentyRules.consult(facts)))
                .median();
        report.add("20 rules as a programmer would write them, p50", hand, "µs");
        for (int rules : List.of(20, 200, 1_000)) {
            BenchedRules rulebook = new BenchedRules(write(rules));
            requireTheSame(rulebook.consult(facts.all()), TwentyRules.consult(facts));
            Sample took = microseconds(1, () -> BenchedRules.combine(rulebook.consult(facts.all())));
            report.add(rules + " rules", took, "µs");
            if (rules == 20) {
                report.add("20 rules : as a programmer would write them", took.median() / hand, "");
            }
        }
        BenchedInvariants demo = new BenchedInvariants(Path.of("rules"));
        report.add("the demo's invariants, cold", milliseconds(demo::check), "ms");
        for (int times = 0; times < TIMES_TO_WARM_UP; times++) {
            demo.check();
        }
        report.add("the demo's invariants, warm", milliseconds(demo::check), "ms");
        report.add("what is newly allowed, warm", milliseconds(demo::compare), "ms");
        replay(report);
    }

    private static double milliseconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    /** On all threads that the product would take; reading them from the database comes to it. */
    private static void replay(Report report) throws Exception {
        BenchedReplay replay = new BenchedReplay(REPLAYED);
        List<Double> seconds = new ArrayList<>();
        for (int times = 0; times < 5; times++) {
            long before = System.nanoTime();
            if (replay.run() != 0) {
                throw new IllegalStateException("The same rules say something else.");
            }
            seconds.add((System.nanoTime() - before) / 1e9);
        }
        report.add("100,000 judgements tried on other rules", Sample.of(seconds), "s");
    }

    private static Sample microseconds(int atATime, Supplier<Verdict> judgement) {
        run(atATime, judgement, WARM_UP);
        return Sample.of(run(atATime, judgement, MEASURED));
    }

    private static List<Double> run(int atATime, Supplier<Verdict> judgement, Duration time) {
        List<Double> took = new ArrayList<>();
        long start = System.nanoTime();
        while (System.nanoTime() - start < time.toNanos() && took.size() < 1_000_000) {
            long before = System.nanoTime();
            int seen = 0;
            for (int n = 0; n < atATime; n++) {
                seen += judgement.get().findings().size();
            }
            took.add((System.nanoTime() - before) / 1e3 / atATime);
            sink = seen;
        }
        return took;
    }

    private static void requireTheSame(List<Finding> one, List<Finding> other) {
        if (one.isEmpty() || !Set.copyOf(one).equals(Set.copyOf(other))) {
            throw new IllegalStateException("The rules say " + one + ", but by hand " + other);
        }
    }

    /** The twenty, and of what is beyond them one for each of many other things that can be asked for. */
    private static Path write(int rules) throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "bench")), "rules");
        for (String file : List.of("levels.yaml", "catalog.yaml", "calendar.yaml", "on-call.yaml", "tickets.yaml")) {
            Files.copy(Path.of("rules", file), folder.resolve(file));
        }
        Files.createDirectories(folder.resolve("bench"));
        for (int number = 0; number < rules; number++) {
            boolean known = number < TwentyRules.ALL.size();
            TwentyRules.Rule rule = TwentyRules.ALL.get(number % TwentyRules.ALL.size());
            Files.writeString(
                    folder.resolve(TwentyRules.id(number) + ".drl"),
                    "rule \"" + TwentyRules.sentence(number) + "\"\nwhen\n    "
                            + (known
                                    ? rule.when()
                                    : "Wanted( id == \"thing-" + number + "\" ) Moment( officeHours == false )")
                            + "\nthen\n    guardrail." + rule.then() + ";\nend\n");
        }
        return folder;
    }
}
