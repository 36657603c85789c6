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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

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
     */
    public record Result(List<PublicationProblem> problems, int guardrails, int cases) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /** Checks the folder, the one that holds {@code catalog.yaml}. */
    public static Result of(Path folder) {
        return of(new RuleFiles(folder));
    }

    /** Checks these. */
    static Result of(RuleFiles files) {
        return new RulesCheck(files).run();
    }

    private Result run() {
        Optional<Catalog> catalog = part(() -> new Catalog(files));
        Optional<BusinessCalendar> calendar = part(() -> new BusinessCalendar(files));
        Optional<LevelDefinitions> levels = part(() -> new LevelDefinitions(files));
        Optional<OnCall> onCall = calendar.flatMap(read -> part(() -> new OnCall(files, read)));
        Optional<TicketNumbers> tickets = part(() -> new TicketNumbers(files));
        if (catalog.isEmpty() || calendar.isEmpty() || levels.isEmpty() || onCall.isEmpty() || tickets.isEmpty()) {
            return new Result(List.copyOf(problems), 0, 0);
        }
        part(() -> new AgreeingFiles(files, catalog.get(), calendar.get(), levels.get(), onCall.get()));
        RuleWords words = RuleWords.of(catalog.get(), levels.get(), tickets.get());
        part(() -> files.list(".drl"))
                .ifPresent(all -> all.forEach(file -> part(() -> RuleInspection.read(file, files.text(file), words))));
        if (!problems.isEmpty()) {
            return new Result(List.copyOf(problems), 0, 0);
        }
        return part(() -> new Rulebook(files, words))
                .map(rulebook ->
                        run(new RuleCases(files, catalog.get(), calendar.get(), tickets.get(), rulebook), rulebook))
                .orElseGet(() -> new Result(List.copyOf(problems), 0, 0));
    }

    private Result run(RuleCases cases, Rulebook rulebook) {
        RuleCases.Outcome outcome = cases.run();
        problems.addAll(outcome.problems());
        return new Result(List.copyOf(problems), rulebook.ids().size(), outcome.cases());
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
