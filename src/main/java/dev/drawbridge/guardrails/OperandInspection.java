package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.Network;
import dev.drawbridge.catalog.TimesOfDay;
import dev.drawbridge.guardrails.Vocabulary.Argument;
import dev.drawbridge.guardrails.Vocabulary.Domain;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.Vocabulary.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Reads one side of a comparison: a word of this fact, or what it can be compared with. */
final class OperandInspection {
    /** Nothing in it that any reader of Java or DRL would take for more than a character. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9 ._:@/+-]{0,100}");

    private final TokenCursor tokens;
    private final Fact fact;
    private final Names names;
    private final RuleWords words;

    OperandInspection(TokenCursor tokens, Fact fact, Names names, RuleWords words) {
        this.tokens = tokens;
        this.fact = fact;
        this.names = names;
        this.words = words;
    }

    Operand word() {
        Token token = tokens.next();
        String word = token.text();
        if (token.kind() == Token.Kind.WORD) {
            Kind kind = fact.properties.get(word);
            if (kind != null) {
                return new Operand.Property(word, kind);
            }
            Argument argument = fact.predicates.get(word);
            if (argument != null) {
                return predicate(word, argument);
            }
        }
        throw tokens.refused(
                token,
                "%s is not part of the vocabulary; '" + fact.word + "' has " + String.join(", ", fact.words()) + ".");
    }

    private Operand predicate(String word, Argument argument) {
        tokens.expect("(", "after '" + word + "' comes '(', not %s.");
        Token value = argument == Argument.DURATION && tokens.at(Token.Kind.NAME)
                ? tokens.next()
                : tokens.expect(Token.Kind.TEXT, "'" + word + "' takes one text in quotation marks, not %s.");
        tokens.expect(")", "'" + word + "' takes one text; ')' is missing before %s.");
        return switch (argument) {
            case DURATION -> lasting(word, value);
            case GROUP -> belonging(word, value);
            case NETWORK -> within(word, value);
            case TIMES -> between(word, value);
        };
    }

    private Operand lasting(String word, Token value) {
        if (value.kind() == Token.Kind.NAME) {
            if (names.limit(value.text()).orElse(null) instanceof Parameter.Length length) {
                return new Operand.Lasting(word, length.value());
            }
            throw tokens.refused(value, "%s is no duration that the rule has named in Limits( … ) above.");
        }
        if (!RuleInspection.isDuration(value.text())) {
            throw tokens.refused(value, "%s is not a duration such as PT1H.");
        }
        return new Operand.Lasting(word, Duration.parse(value.text()));
    }

    private Operand belonging(String word, Token value) {
        if (value.text().isBlank()) {
            throw tokens.refused(value, "'" + word + "' takes the name of a group.");
        }
        if (!words.know(Domain.GROUP, value.text())) {
            throw tokens.unknown(value, Domain.GROUP, words);
        }
        return new Operand.Belonging(word, plain(value));
    }

    private Operand within(String word, Token value) {
        try {
            Network.parse(value.text());
            return new Operand.Within(word, value.text());
        } catch (DateTimeException wrong) {
            throw tokens.refused(value, "%s " + wrong.getMessage());
        }
    }

    private Operand between(String word, Token value) {
        try {
            TimesOfDay.parse(value.text());
            return new Operand.Between(word, value.text());
        } catch (DateTimeException wrong) {
            throw tokens.refused(value, "%s is not a span of the day such as 22:00-06:00.");
        }
    }

    Operand value() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case TEXT -> new Operand.Text(plain(tokens.next()));
            case NUMBER -> new Operand.Number(Integer.parseInt(tokens.next().text()));
            case NAME -> named(tokens.next());
            case WORD ->
                token.is("true") || token.is("false")
                        ? new Operand.Truth(tokens.next().is("true"))
                        : Vocabulary.CONSTANTS.containsKey(token.text()) ? constant() : property();
            case SYMBOL, END -> throw tokens.refused("%s is nothing that a word can be compared with.");
        };
    }

    private Operand named(Token token) {
        Parameter limit = names.limit(token.text()).orElse(null);
        if (limit instanceof Parameter.Count count) {
            return new Operand.Number(count.value());
        }
        if (limit != null) {
            throw tokens.refused(token, "%s is a duration, which belongs in brackets, as in longerThan(%s).");
        }
        return new Operand.Named(
                token.text(),
                names.find(token.text())
                        .orElseThrow(() -> tokens.refused(token, "nothing that can be seen from here is named %s.")));
    }

    private Operand property() {
        Token token = tokens.peek();
        Operand word = word();
        if (!(word instanceof Operand.Property)) {
            throw tokens.refused(token, "%s stands on the left of a comparison only.");
        }
        return word;
    }

    private Operand constant() {
        Token type = tokens.next();
        tokens.expect(".", "after '" + type.text() + "' comes '.', not %s.");
        Token name = tokens.next();
        List<String> known = Vocabulary.CONSTANTS.getOrDefault(type.text(), List.of());
        if (name.kind() != Token.Kind.WORD || !known.contains(name.text())) {
            throw tokens.refused(name, "%s is none of " + type.text() + ": " + String.join(", ", known) + ".");
        }
        return new Operand.Constant(type.text(), name.text());
    }

    private String plain(Token text) {
        if (!PLAIN.matcher(text.text()).matches()) {
            throw tokens.refused(
                    text,
                    "a text in a condition has letters from a to z, digits, spaces and . _ : @ / + - only, 100 at most.");
        }
        return text.text();
    }
}
