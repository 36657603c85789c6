package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Constraint.Operator;
import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.Vocabulary.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads what one fact must be like: its own words, compared with things of their kind. */
final class ConstraintInspection {
    private static final int DEEPEST = 16;
    private static final int MOST = 64;

    private final TokenCursor tokens;
    private final Fact fact;
    private final Names names;
    private final RuleWords words;
    private final OperandInspection operands;
    private int depth;
    private int count;

    ConstraintInspection(TokenCursor tokens, Fact fact, Names names, RuleWords words) {
        this.tokens = tokens;
        this.fact = fact;
        this.names = names;
        this.words = words;
        this.operands = new OperandInspection(tokens, fact, names, words);
    }

    Constraint constraint() {
        return tokens.at(Token.Kind.NAME) ? naming() : either();
    }

    private Constraint naming() {
        Token name = tokens.next();
        tokens.expect(":", "a comparison begins with a word of '" + fact.word + "'; a name is given as in '$x : id'.");
        Operand word = operands.word();
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
        Operand word = operands.word();
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
            Operand predicate = operands.word();
            operator = operator(tokens.peek());
            if (operator.isEmpty()) {
                return new Constraint.Holds(predicate);
            }
            tokens.next();
            return compared(start, predicate, operator.get());
        }
        if (operator.isPresent()) {
            Operand left = operands.word();
            tokens.next();
            return compared(start, left, operator.get());
        }
        if (negated || tokens.peekBeyond().is("in")) {
            return among(start, negated);
        }
        return holds();
    }

    private Constraint compared(Token start, Operand left, Operator operator) {
        Token other = tokens.peek();
        Operand right = operands.value();
        requireKnown(left, other, right);
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
        Operand left = operands.word();
        if (negated) {
            tokens.next();
        }
        tokens.expect("in", "after 'not' comes 'in' here, not %s.");
        tokens.expect("(", "after 'in' comes '(', not %s.");
        List<Operand> values = new ArrayList<>();
        do {
            Token other = tokens.peek();
            Operand value = operands.value();
            requireKnown(left, other, value);
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

    /** A text that names what no file knows would never be met, or always. */
    private void requireKnown(Operand left, Token token, Operand right) {
        if (left instanceof Operand.Property property && right instanceof Operand.Text text) {
            fact.domain(property.word())
                    .filter(domain -> !words.know(domain, text.value()))
                    .ifPresent(domain -> {
                        throw tokens.unknown(token, domain, words);
                    });
        }
    }

    private static Optional<Operator> operator(Token token) {
        return Arrays.stream(Operator.values())
                .filter(operator -> token.is(operator.symbol))
                .findFirst();
    }
}
