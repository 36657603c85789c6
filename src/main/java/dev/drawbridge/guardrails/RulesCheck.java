package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.AgreeingFiles;
import dev.drawbridge.catalog.BusinessCalendar;
import dev.drawbridge.catalog.Catalog;
import dev.drawbridge.catalog.LevelDefinitions;
import dev.drawbridge.catalog.OnCall;
import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.catalog.TicketNumbers;
import dev.drawbridge.publication.PublicationProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads a folder of rules as a start does, and runs the cases of its guardrails: without a server or a database, and beyond the
 * first thing that is wrong.
 */
public final class RulesCheck {
    private final RuleFiles files;
    private final Set<PublicationProblem> problems = new LinkedHashSet<>();

    private RulesCheck(RuleFiles files) {
        this.files = files;
    }

    /**
     * What came of it.
     *
     * @param problems none: all is well
     * @param told sentences about what is not wrong: what is proven, what never counts, what is newly allowed
     */
    public record Result(List<PublicationProblem> problems, int guardrails, int cases, List<String> told) {
        public Result {
            problems = List.copyOf(problems);
            told = List.copyOf(told);
        }
    }

    /** Checks the folder, the one that holds {@code catalog.yaml}; and says which guardrails never count. */
    public static Result of(Path folder) {
        return new RulesCheck(new RuleFiles(folder)).run(RulesCheck::idle);
    }

    /** What is wrong with these, and nothing else. */
    static List<PublicationProblem> problems(RuleFiles files) {
        return new RulesCheck(files).run((check, rules) -> List.of()).problems();
    }

    /** Says what is not wrong, and worth a word. */
    private interface Further {
        List<String> told(RulesCheck check, RuleSet rules);
    }

    private static List<String> idle(RulesCheck check, RuleSet rules) {
        return IdleRules.of(rules);
    }

    /** As {@link #of(Path)}, and says what it allows that another folder does not. */
    public static Result of(Path folder, Path against) {
        return new RulesCheck(new RuleFiles(folder))
                .run((check, rules) -> Stream.concat(
                                idle(check, rules).stream(), check.newlyAllowed(against, rules).stream())
                        .toList());
    }

    private Result run(Further further) {
        Optional<RuleSet> rules = read();
        if (rules.isEmpty()) {
            return new Result(List.copyOf(problems), 0, 0, List.of());
        }
        RuleCases.Outcome outcome = new RuleCases(
                        files,
                        rules.get().catalog(),
                        rules.get().calendar(),
                        rules.get().tickets(),
                        rules.get().rulebook())
                .run();
        problems.addAll(outcome.problems());
        Invariants.Report invariants = Invariants.check(rules.get());
        problems.addAll(invariants.problems());
        List<String> told = new ArrayList<>(invariants.proofs());
        told.addAll(further.told(this, rules.get()));
        return new Result(List.copyOf(problems), rules.get().rulebook().ids().size(), outcome.cases(), told);
    }

    private List<String> newlyAllowed(Path against, RuleSet now) {
        RulesCheck other = new RulesCheck(new RuleFiles(against));
        Optional<RuleSet> before = other.read();
        other.problems.forEach(problem ->
                problems.add(new PublicationProblem("", null, "In the folder to compare with: " + problem.told())));
        return before.map(rules -> NewlyAllowed.between(rules, now).told()).orElse(List.of());
    }

    /** The rules, where a start would take them. */
    private Optional<RuleSet> read() {
        Optional<Catalog> catalog = part(() -> new Catalog(files));
        Optional<BusinessCalendar> calendar = part(() -> new BusinessCalendar(files));
        Optional<LevelDefinitions> levels = part(() -> new LevelDefinitions(files));
        Optional<OnCall> onCall = calendar.flatMap(read -> part(() -> new OnCall(files, read)));
        Optional<TicketNumbers> tickets = part(() -> new TicketNumbers(files));
        if (catalog.isEmpty() || calendar.isEmpty() || levels.isEmpty() || onCall.isEmpty() || tickets.isEmpty()) {
            return Optional.empty();
        }
        part(() -> new AgreeingFiles(files, catalog.get(), calendar.get(), levels.get(), onCall.get()));
        RuleWords words = RuleWords.of(catalog.get(), levels.get(), tickets.get());
        part(() -> Parameters.of(files))
                .flatMap(parameters -> part(() -> RuleSources.problems(files, words, parameters)))
                .ifPresent(wrong -> wrong.forEach(one -> problems.add(one.problem())));
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return part(() -> new Rulebook(files, words))
                .map(rulebook ->
                        new RuleSet(files, catalog.get(), levels.get(), calendar.get(), tickets.get(), rulebook));
    }

    /** What can be read; what cannot is a problem, and the next part is looked at all the same. */
    private <T> Optional<T> part(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (RulesException wrong) {
            problems.add(wrong.problem());
            return Optional.empty();
        }
    }
}
