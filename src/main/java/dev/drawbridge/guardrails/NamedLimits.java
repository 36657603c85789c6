package dev.drawbridge.guardrails;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where a rule names parameters: {@code Limits( $longest : longestHighAccess )}, and where its sentence says them. */
final class NamedLimits {
    /** How a rule begins to name parameters; no fact has this word. */
    static final String WORD = "Limits";

    private static final Pattern SAID = Pattern.compile("\\{([a-z][A-Za-z0-9]{0,59})}");

    private final TokenCursor tokens;
    private final Names names;
    private final Parameters parameters;
    private final Map<String, Parameter> here = new HashMap<>();

    NamedLimits(TokenCursor tokens, Names names, Parameters parameters) {
        this.tokens = tokens;
        this.names = names;
        this.parameters = parameters;
    }

    /** One line of them. */
    void line() {
        tokens.expect(WORD, "");
        tokens.expect("(", "after '" + WORD + "' comes '(', not %s.");
        do {
            Token name = tokens.expect(
                    Token.Kind.NAME,
                    "'" + WORD + "' only gives names, as in " + WORD + "( $x : name ), and %s is none.");
            tokens.expect(":", "a name is given as in " + WORD + "( $x : name ), and ':' is missing before %s.");
            Token word = tokens.expect(Token.Kind.WORD, "%s is no name of a parameter.");
            Parameter parameter = parameters
                    .named(word.text())
                    .orElseThrow(() -> tokens.refused(
                            word,
                            "rules/" + Parameters.FILE + " knows no parameter %s; there are " + parameters.names()
                                    + "."));
            if (!names.give(name.text(), parameter)) {
                throw tokens.refused(name, "the name %s is given twice.");
            }
            here.put(word.text(), parameter);
        } while (tokens.skip(","));
        tokens.expect(")", "',' or ')' is missing before %s.");
    }

    /** The sentence with the values of the parameters that it says as {@code {name}}; refused where the rule does not go by them. */
    String filled(Token sentence) {
        names.unusedLimit().ifPresent(name -> {
            throw tokens.refused(sentence, "the rule gives the name " + name + " to a parameter and does not use it.");
        });
        return SAID.matcher(sentence.text()).replaceAll(said -> {
            Parameter parameter = here.get(said.group(1));
            if (parameter == null) {
                throw tokens.refused(
                        sentence,
                        "the sentence says {" + said.group(1) + "}, and the rule names no such parameter in " + WORD
                                + "( … ).");
            }
            return Matcher.quoteReplacement(parameter.told());
        });
    }
}
