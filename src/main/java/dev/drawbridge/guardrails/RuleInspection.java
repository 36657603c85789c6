package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.AccessLevel;
import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.catalog.Sensitivity;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses a rule file that uses more than the vocabulary. DRL is Java to whoever writes it, so the file's own text is
 * held against a small grammar before any compiler sees it: what is not known to be harmless does not pass.
 */
final class RuleInspection {
    private RuleInspection() {}

    private static final Set<String> IMPORTS = Set.of("dev.drawbridge.guardrails.facts.*", "dev.drawbridge.catalog.*");
    private static final Set<String> FACTS =
            Set.of("Asked", "Wanted", "Requester", "SignedIn", "Moment", "Held", "History");
    private static final Set<String> PREDICATES = Set.of("longerThan", "olderThan", "belongsTo");
    private static final Set<String> PROPERTIES = Set.of(
            "withTicket",
            "startsLater",
            "id",
            "resource",
            "level",
            "sensitivity",
            "environment",
            "personalData",
            "masked",
            "method",
            "mfa",
            "address",
            "officeHours",
            "holiday",
            "changeFreeze",
            "automaticGrants");
    private static final Set<String> LOGIC = Set.of("not", "exists", "and", "or", "in", "true", "false");
    private static final Set<String> CONSTANTS = constants();
    private static final Pattern CONSTANT = Pattern.compile("(Sensitivity|AccessLevel)\\s*\\.\\s*([A-Z]+)");
    private static final Pattern VARIABLE = Pattern.compile("\\$[a-z][A-Za-z0-9]*");

    private static Set<String> constants() {
        return Stream.concat(Stream.of(Sensitivity.values()), Stream.of(AccessLevel.values()))
                .map(value -> value.getDeclaringClass().getSimpleName() + "." + value.name())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static final Pattern FILE = Pattern.compile(
            "\\s*package rules;\\s*((?:import [\\w.*]+;\\s*)*)global dev\\.drawbridge\\.guardrails\\.facts\\.Guardrail guardrail;\\s*"
                    + "rule \"([^\"\\n]+)\"\\s*when\\b(.*)\\bthen\\b(.*)\\bend\\s*",
            Pattern.DOTALL);
    private static final Pattern IMPORT = Pattern.compile("import ([\\w.*]+);");
    private static final Pattern EFFECT = Pattern.compile(
            "guardrail\\.(?:deny\\(\\)|allow\\(\\)|(?:requireApproval|limit|oblige)\\(\"[A-Za-z0-9-]+\"\\));");
    private static final Pattern FOREIGN = Pattern.compile("[^\\w\\s().,:=!<>&|\"$-]");
    private static final Pattern STRING = Pattern.compile("\"[^\"\\n]*\"");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_$][\\w$]*");
    private static final Pattern CALL = Pattern.compile("([A-Za-z_$][\\w$]*)\\s*\\(");

    /** The rule's name, where the file holds exactly one rule within the vocabulary. */
    static String requireHarmless(Path file, String text) {
        if (text.contains("\\u") || text.contains("/*") || text.contains("//") || text.contains("#")) {
            int at = lineOf(
                    text,
                    text.indexOf(
                            text.contains("\\u")
                                    ? "\\u"
                                    : text.contains("/*") ? "/*" : text.contains("//") ? "//" : "#"));
            throw new RulesException(
                    file,
                    at,
                    "comments and unicode escapes have no place in a rule; its name and its cases say what it means.");
        }
        Matcher whole = FILE.matcher(text);
        if (!whole.matches()) {
            throw new RulesException(
                    file,
                    1,
                    "a guardrail is: package rules; imports; the global 'guardrail'; then one rule \"name\" when … then … end."
                            + " It has no attributes, functions or queries.");
        }
        Matcher imports = IMPORT.matcher(whole.group(1));
        while (imports.find()) {
            if (!IMPORTS.contains(imports.group(1))) {
                throw new RulesException(
                        file,
                        lineOf(text, imports.start() + whole.start(1)),
                        "'" + imports.group(1) + "' is not part of the vocabulary.");
            }
        }
        inspectCondition(file, text, whole.group(3), whole.start(3));
        inspectEffects(file, text, whole.group(4), whole.start(4));
        return whole.group(2);
    }

    private static void inspectCondition(Path file, String text, String condition, int offset) {
        // A string is data, but may hold a word that would be refused as code.
        String code = STRING.matcher(condition)
                .replaceAll(match -> "\"" + "_".repeat(match.group().length() - 2) + "\"");
        Matcher foreign = FOREIGN.matcher(code);
        if (foreign.find()) {
            throw new RulesException(
                    file,
                    lineOf(text, offset + foreign.start()),
                    "the condition uses '" + foreign.group() + "', which no condition needs.");
        }
        // What is left once the known constants are taken out has no use for a dot: nothing is reached through another.
        String rest = CONSTANT.matcher(code)
                .replaceAll(match -> CONSTANTS.contains(match.group(1) + "." + match.group(2))
                        ? "_".repeat(match.group().length())
                        : Matcher.quoteReplacement(match.group()));
        if (rest.contains(".")) {
            throw new RulesException(
                    file,
                    lineOf(text, offset + rest.indexOf('.')),
                    "nothing is reached through another thing with a dot.");
        }
        Matcher words = WORD.matcher(rest);
        while (words.find()) {
            if (!isKnown(words.group())) {
                throw new RulesException(
                        file,
                        lineOf(text, offset + words.start()),
                        "'" + words.group() + "' is not part of the vocabulary.");
            }
        }
        Matcher calls = CALL.matcher(rest);
        while (calls.find()) {
            String called = calls.group(1);
            if (!FACTS.contains(called) && !PREDICATES.contains(called) && !LOGIC.contains(called)) {
                throw new RulesException(
                        file, lineOf(text, offset + calls.start()), "'" + called + "(' is not part of the vocabulary.");
            }
        }
    }

    private static boolean isKnown(String word) {
        return FACTS.contains(word)
                || PREDICATES.contains(word)
                || PROPERTIES.contains(word)
                || LOGIC.contains(word)
                || VARIABLE.matcher(word).matches()
                || word.chars().allMatch(character -> character == '_');
    }

    private static void inspectEffects(Path file, String text, String effects, int offset) {
        List<String> lines = effects.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty()) {
            throw new RulesException(file, lineOf(text, offset), "the rule does nothing.");
        }
        for (String line : lines) {
            if (!EFFECT.matcher(line).matches()) {
                throw new RulesException(
                        file,
                        lineOf(text, text.indexOf(line, offset)),
                        "'" + line
                                + "' is more than a rule may do: deny(), requireApproval(\"level\"), allow(), limit(\"PT1H\") or oblige(\"…\"), one a line.");
            }
        }
    }

    private static int lineOf(String text, int position) {
        return 1
                + (int) text.chars()
                        .limit(position)
                        .filter(character -> character == '\n')
                        .count();
    }
}
