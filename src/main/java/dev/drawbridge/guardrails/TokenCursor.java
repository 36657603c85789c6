package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.guardrails.Vocabulary.Domain;
import java.nio.file.Path;
import java.util.List;

/** Walks the tokens of a rule file, and refuses at the line where it stands. */
final class TokenCursor {
    private final Path file;
    private final List<Token> tokens;
    private int at;

    TokenCursor(Path file, List<Token> tokens) {
        this.file = file;
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    /** The token after the next. */
    Token peekBeyond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean at(Token.Kind kind) {
        return peek().kind() == kind;
    }

    boolean at(String symbolOrWord) {
        return peek().is(symbolOrWord);
    }

    /** Takes the next token where it is this one. */
    boolean skip(String symbolOrWord) {
        boolean there = at(symbolOrWord);
        if (there) {
            next();
        }
        return there;
    }

    Token expect(Token.Kind kind, String sentence) {
        if (!at(kind)) {
            throw refused(sentence);
        }
        return next();
    }

    void expect(String symbolOrWord, String sentence) {
        if (!skip(symbolOrWord)) {
            throw refused(sentence);
        }
    }

    /** At the next token; {@code %s} in the sentence is replaced by it. */
    RulesException refused(String sentence) {
        return refused(peek(), sentence);
    }

    /** For a name that no file knows. */
    RulesException unknown(Token token, Domain domain, RuleWords words) {
        return refused(token, domain.home + " knows no " + domain.words + " %s; there are " + words.all(domain) + ".");
    }

    RulesException refused(Token token, String sentence) {
        return new RulesException(file, token.line(), sentence.replace("%s", token.quoted()));
    }
}
