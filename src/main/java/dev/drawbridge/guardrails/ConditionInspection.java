package dev.drawbridge.guardrails;

import dev.drawbridge.guardrails.Vocabulary.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Reads what stands between {@code when} and {@code then}: facts, and how they are joined. */
final class ConditionInspection {
    private static final int DEEPEST = 16;
    private static final int MOST_PATTERNS = 32;

    /** There may be many facts of this kind at once; each further one multiplies the work. */
    private static final int MOST_HELD = 3;

    private static final long MOST_WAYS = 32;

    private final TokenCursor tokens;
    private final RuleWords words;
    private final Names names;
    private final NamedLimits limits;
    private int patterns;
    private int held;
    private int depth;

    ConditionInspection(TokenCursor tokens, RuleWords words, Names names, NamedLimits limits) {
        this.tokens = tokens;
        this.words = words;
        this.names = names;
        this.limits = limits;
    }

    List<Clause> clauses() {
        Token start = tokens.peek();
        List<Clause> clauses = new ArrayList<>();
        while (!tokens.at("then") && !tokens.at(Token.Kind.END)) {
            if (tokens.at(NamedLimits.WORD)) {
                limits.line();
            } else {
                clauses.add(either());
            }
        }
        if (clauses.isEmpty()) {
            throw tokens.refused("the rule has no condition; for one that always holds, write Asked().");
        }
        if (RuleWork.of(clauses).ways() > MOST_WAYS) {
            throw tokens.refused(
                    start, "the condition can hold in more than " + MOST_WAYS + " ways; make it several rules.");
        }
        return clauses;
    }

    private Clause either() {
        Names.Mark before = names.mark();
        List<Clause> parts = new ArrayList<>(List.of(both()));
        while (tokens.skip("or") || tokens.skip("||")) {
            // What one way names is unknown in another, and afterwards.
            names.forgetSince(before);
            parts.add(both());
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        names.forgetSince(before);
        return new Clause.Any(parts);
    }

    private Clause both() {
        List<Clause> parts = new ArrayList<>(List.of(one()));
        while (tokens.skip("and") || tokens.skip("&&")) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.get(0) : new Clause.All(parts);
    }

    private Clause one() {
        if (tokens.at("not") || tokens.at("exists")) {
            boolean not = tokens.next().is("not");
            Names.Mark before = names.mark();
            Clause inner = tokens.at("(") ? group() : pattern();
            names.forgetSince(before);
            return not ? new Clause.Not(inner) : new Clause.Exists(inner);
        }
        return tokens.at("(") ? group() : pattern();
    }

    private Clause group() {
        return nested(() -> {
            tokens.expect("(", "");
            Clause inner = either();
            tokens.expect(")", "'and', 'or' or ')' is missing before %s.");
            return inner;
        });
    }

    private Clause pattern() {
        Token word = tokens.next();
        Fact fact = word.kind() == Token.Kind.WORD ? Fact.of(word.text()).orElse(null) : null;
        if (word.is(NamedLimits.WORD)) {
            throw tokens.refused(word, "%s stands in a line of its own, and is not joined with anything.");
        }
        if (fact == null) {
            throw tokens.refused(word, "%s is not part of the vocabulary; a condition speaks of " + facts() + ".");
        }
        held += fact.isOneOfMany() ? 1 : 0;
        if (++patterns > MOST_PATTERNS || held > MOST_HELD) {
            throw tokens.refused(
                    word,
                    "a condition speaks of at most " + MOST_PATTERNS + " facts, and of at most " + MOST_HELD
                            + " that are held.");
        }
        tokens.expect("(", "after '" + fact.word + "' comes '(', not %s.");
        List<Constraint> constraints = new ArrayList<>();
        if (!tokens.skip(")")) {
            ConstraintInspection inspection = new ConstraintInspection(tokens, fact, names, words);
            do {
                constraints.add(inspection.constraint());
            } while (tokens.skip(","));
            tokens.expect(")", "',' or ')' is missing before %s.");
        }
        return new Clause.Pattern(fact, constraints);
    }

    private static String facts() {
        return String.join(
                ", ", Arrays.stream(Fact.values()).map(fact -> fact.word).toList());
    }

    private <T> T nested(Supplier<T> inner) {
        if (++depth > DEEPEST) {
            throw tokens.refused("this is nested more than " + DEEPEST + " deep.");
        }
        T read = inner.get();
        depth--;
        return read;
    }
}
