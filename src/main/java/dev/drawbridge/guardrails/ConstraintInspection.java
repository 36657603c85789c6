package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Constraint.Operator;
import dev.drawbridge.guardrails.Vocabulary.Argument;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.Vocabulary.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what one fact must be like: its own words, compared with things of their kind. */
final class ConstraintInspection {
    private static final int DEEPEST = 16;
    private static final int MOST = 64;

    /** Nothing in it that any reader of Java or DRL would take for more than a character. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9 ._:@/+-]{0,100}");

    private final TokenCursor tokens;
    private final Fact fact;
    private final Names names;
    private int depth;
    private int count;

    ConstraintInspection(TokenCursor tokens, Fact fact, Names names) {
        this.tokens = tokens;
        this.fact = fact;
        this.names = names;
    }

    Constraint constraint() {
        return tokens.at(Token.Kind.NAME) ? naming() : either();
    }

    private Constraint naming() {
        Token name = tokens.next();
        tokens.expect(":", "a comparison begins with a word of '" + fact.word + "'; a name is given as in '$x : id'.");
        Operand word = word();
        if (!(word instanceof Operand.Property property)) {
            throw tokens.refused(name, "only a property is given a name.");
        }
        if (!names.give(name.text(), property.kind())) {
            throw tokens.refused(name, "the name %s is given twice.");
        }
        if (names.areTooMany()) {
            throw tokens.refused(name, "one rule gives at most four names.");
        }
        return new Constraint.Naming(name.text(), property);
    }

    private Constraint either() {
        List<Constraint> parts = new ArrayList<>(List.of(both()));
        while (tokens.skip("||")) {
            parts.add(both());
        }
        return parts.size() == 1 ? parts.get(0) : new Constraint.Any(parts);
    }

    private Constraint both() {
        List<Constraint> parts = new ArrayList<>(List.of(one()));
        while (tokens.skip("&&")) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.get(0) : new Constraint.All(parts);
    }

    private Constraint one() {
        if (++count > MOST) {
            throw tokens.refused("one fact has at most " + MOST + " comparisons.");
        }
        if (tokens.at("(")) {
            return group();
        }
        if (tokens.skip("!")) {
            return new Constraint.Not(tokens.at("(") ? group() : holds());
        }
        return comparison();
    }

    private Constraint group() {
        if (++depth > DEEPEST) {
            throw tokens.refused("this is nested more than " + DEEPEST + " deep.");
        }
        tokens.expect("(", "");
        Constraint inner = either();
        tokens.expect(")", "'&&', '||' or ')' is missing before %s.");
        depth--;
        return inner;
    }

    private Constraint holds() {
        Token start = tokens.peek();
        Operand word = word();
        if (word.kind() != Kind.TRUTH) {
            throw tokens.refused(start, "%s is " + word.kind().words + ", so it must be compared with something.");
        }
        return new Constraint.Holds(word);
    }

    private Constraint comparison() {
        Token start = tokens.peek();
        boolean negated = tokens.peekBeyond().is("not");
        Optional<Operator> operator = operator(tokens.peekBeyond());
        if (start.kind() == Token.Kind.WORD && fact.predicates.containsKey(start.text())) {
            Operand predicate = word();
            operator = operator(tokens.peek());
            if (operator.isEmpty()) {
                return new Constraint.Holds(predicate);
            }
            tokens.next();
            return compared(start, predicate, operator.get());
        }
        if (operator.isPresent()) {
            Operand left = word();
            tokens.next();
            return compared(start, left, operator.get());
        }
        if (negated || tokens.peekBeyond().is("in")) {
            return among(start, negated);
        }
        return holds();
    }

    private Constraint compared(Token start, Operand left, Operator operator) {
        Operand right = value();
        if (left.kind() != right.kind()) {
            throw tokens.refused(
                    start, "%s is " + left.kind().words + " and is compared with " + right.kind().words + ".");
        }
        if (operator.needsOrder() && !left.kind().isOrdered()) {
            throw tokens.refused(
                    start, "%s is " + left.kind().words + ", which '" + operator.symbol + "' cannot compare.");
        }
        return new Constraint.Compared(left, operator, right);
    }

    private Constraint among(Token start, boolean negated) {
        Operand left = word();
        if (negated) {
            tokens.next();
        }
        tokens.expect("in", "after 'not' comes 'in' here, not %s.");
        tokens.expect("(", "after 'in' comes '(', not %s.");
        List<Operand> values = new ArrayList<>();
        do {
            Operand value = value();
            if (value.kind() != left.kind() || value instanceof Operand.Property || value instanceof Operand.Named) {
                throw tokens.refused(start, "%s is looked for among what is not " + left.kind().words + ".");
            }
            values.add(value);
        } while (tokens.skip(","));
        tokens.expect(")", "',' or ')' is missing before %s.");
        if (values.size() > MOST) {
            throw tokens.refused(start, "%s is looked for among more than " + MOST + ".");
        }
        return new Constraint.Among(left, negated, values);
    }

    private static Optional<Operator> operator(Token token) {
        return Arrays.stream(Operator.values())
                .filter(operator -> token.is(operator.symbol))
                .findFirst();
    }

    private Operand word() {
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
        Token value = tokens.expect(Token.Kind.TEXT, "'" + word + "' takes one text in quotation marks, not %s.");
        tokens.expect(")", "'" + word + "' takes one text; ')' is missing before %s.");
        if (argument == Argument.DURATION) {
            if (!RuleInspection.isDuration(value.text())) {
                throw tokens.refused(value, "%s is not a duration such as PT1H.");
            }
            return new Operand.Lasting(word, Duration.parse(value.text()));
        }
        if (value.text().isBlank()) {
            throw tokens.refused(value, "'" + word + "' takes the name of a group.");
        }
        return new Operand.Belonging(word, plain(value));
    }

    private Operand value() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case TEXT -> new Operand.Text(plain(tokens.next()));
            case NUMBER -> new Operand.Number(Integer.parseInt(tokens.next().text()));
            case NAME ->
                new Operand.Named(
                        token.text(),
                        names.find(tokens.next().text())
                                .orElseThrow(() ->
                                        tokens.refused(token, "nothing that can be seen from here is named %s.")));
            case WORD ->
                token.is("true") || token.is("false")
                        ? new Operand.Truth(tokens.next().is("true"))
                        : Vocabulary.CONSTANTS.containsKey(token.text()) ? constant() : property();
            case SYMBOL, END -> throw tokens.refused("%s is nothing that a word can be compared with.");
        };
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
