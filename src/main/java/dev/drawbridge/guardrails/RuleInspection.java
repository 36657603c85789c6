package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.RulesException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses a rule file that uses more than the vocabulary. DRL is Java to whoever writes it, so the file's own text is
 * held against a small grammar before any compiler sees it: what is not known to be harmless does not pass.
 */
final class RuleInspection {
    private RuleInspection() {}

    private static final Set<String> IMPORTS = Set.of("dev.drawbridge.guardrails.facts.*", "dev.drawbridge.catalog.*");
    private static final Set<String> PATTERNS = Set.of(
            "Asked",
            "Wanted",
            "Requester",
            "SignedIn",
            "Moment",
            "Held",
            "History",
            "not",
            "exists",
            "longerThan",
            "olderThan",
            "belongsTo",
            "and",
            "or",
            "in");
    private static final Set<String> FORBIDDEN = Set.of(
            "class",
            "getClass",
            "eval",
            "matches",
            "contains",
            "memberOf",
            "soundslike",
            "str",
            "from",
            "new",
            "accumulate",
            "collect",
            "forall",
            "function",
            "query",
            "declare",
            "static",
            "instanceof",
            "System",
            "Runtime",
            "Thread",
            "java",
            "javax",
            "org");
    private static final Pattern FILE = Pattern.compile(
            "\\s*package rules;\\s*((?:import [\\w.*]+;\\s*)*)global dev\\.drawbridge\\.guardrails\\.facts\\.Guardrail guardrail;\\s*"
                    + "rule \"([^\"\\n]+)\"\\s*when\\b(.*)\\bthen\\b(.*)\\bend\\s*",
            Pattern.DOTALL);
    private static final Pattern IMPORT = Pattern.compile("import ([\\w.*]+);");
    private static final Pattern EFFECT = Pattern.compile(
            "guardrail\\.(?:deny\\(\\)|allow\\(\\)|(?:requireApproval|limit|oblige)\\(\"[A-Za-z0-9-]+\"\\));");
    private static final Pattern CONDITION = Pattern.compile("[\\w\\s().,:=!<>&|\"$-]*");
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
        if (!CONDITION.matcher(code).matches()) {
            throw new RulesException(
                    file, lineOf(text, offset), "the condition uses characters that conditions do not need.");
        }
        Matcher words = WORD.matcher(code);
        while (words.find()) {
            if (FORBIDDEN.contains(words.group())) {
                throw new RulesException(
                        file,
                        lineOf(text, offset + words.start()),
                        "'" + words.group() + "' is not part of the vocabulary.");
            }
        }
        Matcher calls = CALL.matcher(code);
        while (calls.find()) {
            if (!PATTERNS.contains(calls.group(1))) {
                throw new RulesException(
                        file,
                        lineOf(text, offset + calls.start()),
                        "'" + calls.group(1) + "(' is not part of the vocabulary.");
            }
        }
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
        return (int) text.substring(0, Math.max(position, 0)).lines().count()
                + (position > 0 && text.charAt(position - 1) == '\n' ? 1 : 0);
    }
}
