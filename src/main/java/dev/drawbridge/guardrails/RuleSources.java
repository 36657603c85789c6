package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.RuleFiles;
import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.guardrails.RuleFindings.Source;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads all guardrails of a folder: of each file that holds one, and of each table. */
final class RuleSources {
    /** How the file of one guardrail ends. */
    static final String ENDING = ".drl";

    private static final int MOST_RULES = 1_000;

    /** How much the compiler is given: about half a minute of a start. */
    private static final long MOST_TO_COMPILE = 40_000;

    /** The product's own findings in a verdict have these names. */
    private static final Set<String> OURS = Set.of("combining", "rulebook");

    private static final Pattern FILE_NAME =
            Pattern.compile("(?:[a-z0-9-]{1,100}/){0,8}[a-z0-9-]{1,100}\\.(?:drl|csv)");

    private final RuleFiles files;
    private final RuleWords words;
    private final Parameters parameters;
    private final List<Source> sources = new ArrayList<>();
    private final Map<String, String> idsBySentence = new HashMap<>();
    private long toCompile;

    private RuleSources(RuleFiles files, RuleWords words, Parameters parameters) {
        this.files = files;
        this.words = words;
        this.parameters = parameters;
    }

    /** All, in the order of their files; refuses the first that is wrong, or too much. */
    static List<Source> all(RuleFiles files, RuleWords words, Parameters parameters) {
        RuleSources read = new RuleSources(files, words, parameters);
        List<Path> paths = paths(files);
        if (paths.isEmpty()) {
            throw new RulesException(
                    "There is no guardrail (.drl, or a table, .csv) in the folder of the rules, so nothing"
                            + " could ever be allowed.");
        }
        paths.forEach(read::add);
        parameters.unused().forEach(wrong -> {
            throw wrong;
        });
        return List.copyOf(read.sources);
    }

    /** All that is wrong with any of them, taken by itself. */
    static List<RulesException> problems(RuleFiles files, RuleWords words, Parameters parameters) {
        List<RulesException> problems = new ArrayList<>();
        for (Path file : paths(files)) {
            try {
                problems.addAll(of(file, files, words, parameters).problems());
            } catch (RulesException wrong) {
                problems.add(wrong);
            }
        }
        problems.addAll(parameters.unused());
        return problems;
    }

    private static List<Path> paths(RuleFiles files) {
        return Stream.of(ENDING, DecisionTable.ENDING)
                .flatMap(ending -> files.list(ending).stream())
                .sorted()
                .toList();
    }

    private static DecisionTable.Outcome of(Path file, RuleFiles files, RuleWords words, Parameters parameters) {
        String path = file.toString().replace(File.separatorChar, '/');
        String id = path.substring(0, path.lastIndexOf('.'));
        return path.endsWith(ENDING)
                ? new DecisionTable.Outcome(
                        List.of(new Source(id, RuleInspection.read(file, files.text(file), words, parameters))),
                        List.of())
                : DecisionTable.read(file, id, files.text(file), words, parameters);
    }

    private void add(Path file) {
        String path = file.toString().replace(File.separatorChar, '/');
        if (!FILE_NAME.matcher(path).matches()) {
            throw new RulesException(
                    file,
                    0,
                    "a guardrail's file, and the folders that it is in, have names of the letters a to z, digits and"
                            + " '-', 100 each at most.");
        }
        String id = path.substring(0, path.lastIndexOf('.'));
        if (OURS.contains(id)) {
            throw new RulesException(file, 0, "what the product itself says goes by this name; choose another.");
        }
        if (path.endsWith(ENDING) && files.list(DecisionTable.ENDING).contains(Path.of(id + DecisionTable.ENDING))) {
            throw new RulesException(
                    file, 0, "a table has the same name, so that their cases could not be told apart.");
        }
        if (sources.size() >= MOST_RULES) {
            throw tooMany(file);
        }
        DecisionTable.Outcome read = of(file, files, words, parameters);
        read.problems().forEach(wrong -> {
            throw wrong;
        });
        read.sources().forEach(source -> add(file, source));
    }

    private static RulesException tooMany(Path file) {
        return new RulesException(file, 0, "there are more than " + MOST_RULES + " guardrails.");
    }

    private void add(Path file, Source source) {
        if (sources.size() == MOST_RULES) {
            throw tooMany(file);
        }
        toCompile += RuleWork.of(source.rule().when()).toCompile();
        if (toCompile > MOST_TO_COMPILE) {
            throw new RulesException(
                    file,
                    0,
                    "with this one, the guardrails hold more facts and comparisons than can be compiled in time; ways"
                            + " through 'or' count as often as there are.");
        }
        String other = idsBySentence.put(source.rule().sentence(), source.id());
        if (other != null) {
            throw new RulesException(file, 0, "the name of this rule is also that of " + other + ".");
        }
        sources.add(source);
    }
}
