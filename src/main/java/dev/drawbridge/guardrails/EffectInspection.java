package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.guardrails.Finding.Effect;
import dev.drawbridge.guardrails.Rule.Consequence;
import dev.drawbridge.guardrails.Vocabulary.Domain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what stands between {@code then} and {@code end}: what the rule does. */
final class EffectInspection {
    private static final int MOST_EFFECTS = 16;
    private static final Duration SHORTEST_LIMIT = Duration.ofMinutes(1);
    private static final Pattern OBLIGATION = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final Map<String, Effect> EFFECTS = Map.of(
            "deny", Effect.DENY,
            "requireApproval", Effect.REQUIRE_APPROVAL,
            "allow", Effect.ALLOW,
            "limit", Effect.LIMIT,
            "oblige", Effect.OBLIGE);

    private final TokenCursor tokens;
    private final RuleWords words;
    private final Names names;

    EffectInspection(TokenCursor tokens, RuleWords words, Names names) {
        this.tokens = tokens;
        this.words = words;
        this.names = names;
    }

    /** How a rule says it. */
    static String wordOf(Effect effect) {
        return EFFECTS.entrySet().stream()
                .filter(word -> word.getValue() == effect)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** As cases say it: {@code deny}, {@code limit PT4H}. */
    static String told(Consequence consequence) {
        String word = wordOf(consequence.effect());
        return consequence.value() == null ? word : word + " " + consequence.value();
    }

    List<Consequence> consequences() {
        List<Consequence> found = new ArrayList<>();
        while (!tokens.at("end")) {
            if (found.size() == MOST_EFFECTS) {
                throw tokens.refused("a rule has at most " + MOST_EFFECTS + " effects.");
            }
            found.add(consequence());
        }
        if (found.isEmpty()) {
            throw tokens.refused("the rule does nothing.");
        }
        tokens.next();
        return found;
    }

    private Consequence consequence() {
        Token start = tokens.next();
        boolean addressed = start.is("guardrail") && tokens.skip(".");
        Token word = addressed ? tokens.next() : start;
        Effect effect = addressed && word.kind() == Token.Kind.WORD ? EFFECTS.get(word.text()) : null;
        if (effect == null || !tokens.skip("(")) {
            throw moreThanAnEffect(word);
        }
        Token value = effect == Effect.DENY || effect == Effect.ALLOW ? null : value(effect);
        if (value != null && value.kind() != Token.Kind.TEXT || !tokens.skip(")") || !tokens.skip(";")) {
            throw moreThanAnEffect(tokens.peek());
        }
        if (value != null) {
            requireKnown(effect, value);
        }
        return new Consequence(effect, textOf(value));
    }

    /** A limit may be a parameter; it counts as if it were written out. */
    private Token value(Effect effect) {
        Token value = tokens.next();
        if (effect != Effect.LIMIT || value.kind() != Token.Kind.NAME) {
            return value;
        }
        if (names.limit(value.text()).orElse(null) instanceof Parameter.Length length) {
            return new Token(Token.Kind.TEXT, length.text(), value.line());
        }
        throw tokens.refused(value, "%s is no duration that the rule has named in Limits( … ) above.");
    }

    private static @Nullable String textOf(@Nullable Token token) {
        return token == null ? null : token.text();
    }

    private RulesException moreThanAnEffect(Token token) {
        return tokens.refused(
                token,
                "%s is more than a rule may do: guardrail.deny(); requireApproval(\"level\"); allow(); limit(\"PT1H\"); or"
                        + " oblige(\"…\");");
    }

    private void requireKnown(Effect effect, Token value) {
        if (effect == Effect.REQUIRE_APPROVAL && !words.levels().contains(value.text())) {
            throw tokens.refused(value, "there is no level %s in rules/levels.yaml.");
        }
        if (effect == Effect.LIMIT && !RuleInspection.isDuration(value.text(), SHORTEST_LIMIT)) {
            throw tokens.refused(value, "%s is not a duration such as PT1H, of a minute at least.");
        }
        if (effect == Effect.OBLIGE && !OBLIGATION.matcher(value.text()).matches()) {
            throw tokens.refused(value, "an obligation has letters, digits and '-' only.");
        }
        if (effect == Effect.OBLIGE && !words.know(Domain.OBLIGATION, value.text())) {
            throw tokens.unknown(value, Domain.OBLIGATION, words);
        }
    }
}
