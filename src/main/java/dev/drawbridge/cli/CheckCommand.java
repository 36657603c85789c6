package dev.drawbridge.cli;

import dev.drawbridge.guardrails.RulesCheck;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code java -jar drawbridge.jar check [folder]}: whether a start would take the rules of a folder, and whether its guardrails do
 * what their cases say. Needs no server and no database.
 */
public final class CheckCommand {
    /** The first argument that asks for it. */
    public static final String NAME = "check";

    private static final int FINE = 0;
    private static final int PROBLEMS = 1;
    private static final int MISUSED = 2;

    private final PrintStream out;

    /** {@code out}: where people read what came of it. */
    public CheckCommand(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param arguments those behind {@value #NAME}: the folder that has {@code rules/}, or that folder itself; none: this one
     * @return how the process is to exit: 0 where all is well, 1 where something is not, 2 where there are no rules to check
     */
    public int run(List<String> arguments) {
        if (arguments.size() > 1) {
            out.println("Name one folder: java -jar drawbridge.jar check [folder]");
            return MISUSED;
        }
        Path folder = Path.of(arguments.isEmpty() ? "." : arguments.get(0));
        Path rules = Files.isDirectory(folder.resolve("rules")) ? folder.resolve("rules") : folder;
        if (!Files.isRegularFile(rules.resolve("catalog.yaml"))) {
            out.println("There are no rules in " + folder.toAbsolutePath().normalize()
                    + ": name a folder that has rules/catalog.yaml.");
            return MISUSED;
        }
        RulesCheck.Result result = RulesCheck.of(rules);
        result.problems().forEach(problem -> out.println(problem.told()));
        if (!result.problems().isEmpty()) {
            out.println(
                    result.problems().size() == 1
                            ? "1 problem."
                            : result.problems().size() + " problems.");
            return PROBLEMS;
        }
        out.println(result.guardrails() + " guardrails do what their " + result.cases()
                + " cases say. Processes are checked when they are published.");
        return FINE;
    }
}
