package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Rule.Consequence;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a rule file by a grammar of its own and refuses what is not in it. The text goes no further: the compiler is
 * given what {@link RuleWriter} writes from the tree, so no other reader's view of the file matters.
 */
final class RuleInspection {
    /** Data, shown to people as it stands: Latin letters, so that no sentence looks like what it is not. */
    private static final Pattern SENTENCE = Pattern.compile(
            "[\\p{IsLatin}0-9 !#$%&'()*+,./:;<=>?@\\[\\]^_{|}~\u2013\u2014\u2018\u2019\u201C\u201D\u201E\u2026\u00AB\u00BB\u00A7\u20AC\u00B0-]{1,200}");

    private static final Set<String> IMPORTS = Stream.concat(
                    Stream.of("*", "Guardrail").map("dev.drawbridge.guardrails.facts."::concat),
                    Stream.concat(
                            Stream.of(Vocabulary.Fact.values())
                                    .map(fact -> "dev.drawbridge.guardrails.facts." + fact.word),
                            Stream.concat(
                                    Stream.of("dev.drawbridge.catalog.*"),
                                    Vocabulary.TYPES.stream().map(Class::getName))))
            .collect(Collectors.toUnmodifiableSet());
    private static final String GLOBAL = "dev.drawbridge.guardrails.facts.Guardrail";
    private static final Duration LONGEST = Duration.ofDays(3_660);
    private final TokenCursor tokens;
    private final RuleWords words;
    private final Parameters parameters;

    private RuleInspection(TokenCursor tokens, RuleWords words, Parameters parameters) {
        this.tokens = tokens;
        this.words = words;
        this.parameters = parameters;
    }

    /** The one rule of the file; {@code words} are those that it may name. */
    static Rule read(Path file, String text, RuleWords words) {
        return read(file, text, words, Parameters.none());
    }

    /** As {@link #read(Path, String, RuleWords)}, where it may name parameters too: what is read has their values. */
    static Rule read(Path file, String text, RuleWords words, Parameters parameters) {
        return new RuleInspection(new TokenCursor(file, Tokenizer.tokens(file, text)), words, parameters).file();
    }

    private Rule file() {
        head();
        tokens.expect(
                "rule",
                "%s is not what a guardrail is: package, imports and the global 'guardrail', which may be left out; then"
                        + " one rule \"name\" when … then … end. It has no functions, queries or types.");
        Token name = tokens.expect(Token.Kind.TEXT, "after 'rule' comes its name in quotation marks, not %s.");
        requireSentence(name, name.text());
        tokens.expect("when", "after the name comes 'when', not %s; a rule has no attributes.");
        Names names = new Names();
        NamedLimits limits = new NamedLimits(tokens, names, parameters);
        List<Clause> when = new ConditionInspection(tokens, words, names, limits).clauses();
        tokens.expect("then", "%s is no fact, and not 'then'.");
        List<Consequence> then = new EffectInspection(tokens, words, names).consequences();
        tokens.expect(Token.Kind.END, "after 'end' comes nothing; a file holds one rule.");
        String sentence = limits.filled(name);
        requireSentence(name, sentence);
        return new Rule(sentence, when, then);
    }

    /** Whether people may be shown it as it is. */
    static boolean isSentence(String text) {
        return SENTENCE.matcher(text).matches() && !text.isBlank();
    }

    private void requireSentence(Token name, String sentence) {
        if (!isSentence(sentence)) {
            throw tokens.refused(
                    name,
                    "the name of a rule is a sentence of Latin letters, digits and the usual punctuation, 200 characters at"
                            + " most.");
        }
    }

    private void head() {
        if (tokens.skip("package")) {
            if (!dotted().equals("rules")) {
                throw tokens.refused("the package of a rule is 'rules', or it is left out.");
            }
            tokens.skip(";");
        }
        while (tokens.at("import") || tokens.at("global")) {
            Token first = tokens.next();
            String what = dotted();
            boolean known = first.is("import")
                    ? IMPORTS.contains(what)
                    : what.equals(GLOBAL) && tokens.next().is("guardrail");
            if (!known) {
                throw tokens.refused(first, "'" + what + "' is not part of the vocabulary.");
            }
            tokens.skip(";");
        }
    }

    private String dotted() {
        StringBuilder name = new StringBuilder(
                tokens.expect(Token.Kind.WORD, "%s is no name.").text());
        while (tokens.skip(".")) {
            name.append('.').append(tokens.next().text());
        }
        return name.toString();
    }

    /** An ISO-8601 duration that is longer than nothing, and no longer than anybody plans. */
    static boolean isDuration(String text) {
        return isDuration(text, Duration.ofNanos(1));
    }

    /** As {@link #isDuration(String)}, and at least as long as this. */
    static boolean isDuration(String text, Duration shortest) {
        try {
            Duration duration = Duration.parse(text);
            return duration.compareTo(shortest) >= 0 && duration.compareTo(LONGEST) <= 0;
        } catch (DateTimeException none) {
            return false;
        }
    }
}
