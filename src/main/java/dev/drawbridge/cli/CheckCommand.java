package dev.drawbridge.cli;

import dev.drawbridge.guardrails.RulesCheck;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code java -jar drawbridge.jar check [folder] [--against folder|number@url] [--json|--github]}: whether a start would take the rules of a
 * folder, whether its guardrails do what their cases say, and whether what must never happen cannot; and what it allows that another
 * folder does not. Needs no server and no database.
 */
public final class CheckCommand {
    /** The first argument that asks for it. */
    public static final String NAME = "check";

    private static final String AGAINST = "--against";
    private static final String USAGE =
            "Name one folder: java -jar drawbridge.jar check [folder] [--against folder|number@url] [--json|--github]";
    private static final int FINE = 0;
    private static final int PROBLEMS = 1;
    private static final int MISUSED = 2;

    private final PrintStream out;
    private final PublishedRules published;

    /** {@code out}: where people, or programs, read what came of it; {@code environment}: that of the process. */
    public CheckCommand(PrintStream out, Map<String, String> environment) {
        this.out = out;
        this.published = new PublishedRules(environment);
    }

    /**
     * Runs it.
     *
     * @param arguments those behind {@value #NAME}: the folder that has {@code rules/}, or that folder itself, none: this one;
     *     {@value #AGAINST} with another such folder, or with the number of a publication, {@code @}, and the address of a running
     *     Drawbridge; {@code --json} for programs, {@code --github} for what annotates a pull request
     * @return how the process is to exit: 0 where all is well, 1 where something is not, 2 where there are no rules to check
     */
    public int run(List<String> arguments) {
        List<String> folders = new ArrayList<>(arguments);
        CheckReport report = CheckReport.asked(folders);
        int against = folders.indexOf(AGAINST);
        Optional<String> other = Optional.empty();
        if (against >= 0 && against + 1 < folders.size()) {
            other = Optional.of(folders.remove(against + 1));
            folders.remove(against);
        }
        if (folders.size() > 1 || folders.stream().anyMatch(one -> one.startsWith("--"))) {
            out.println(USAGE);
            return MISUSED;
        }
        Optional<Path> rules = rules(folders.isEmpty() ? "." : folders.get(0));
        Optional<Path> before = other.flatMap(this::before);
        if (rules.isEmpty() || before.isEmpty() && other.isPresent()) {
            return MISUSED;
        }
        RulesCheck.Result result =
                before.map(folder -> RulesCheck.of(rules.get(), folder)).orElseGet(() -> RulesCheck.of(rules.get()));
        report.lines(result).forEach(out::println);
        return result.problems().isEmpty() ? FINE : PROBLEMS;
    }

    private Optional<Path> before(String name) {
        if (!PublishedRules.isNamedBy(name)) {
            return rules(name);
        }
        try {
            return rules(published.fetch(name).toString());
        } catch (PublishedRules.Unreachable unreachable) {
            out.println(unreachable.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Path> rules(String name) {
        Path folder = Path.of(name);
        Path rules = Files.isDirectory(folder.resolve("rules")) ? folder.resolve("rules") : folder;
        if (!Files.isRegularFile(rules.resolve("catalog.yaml"))) {
            out.println("There are no rules in " + folder.toAbsolutePath().normalize()
                    + ": name a folder that has rules/catalog.yaml.");
            return Optional.empty();
        }
        return Optional.of(rules);
    }
}
