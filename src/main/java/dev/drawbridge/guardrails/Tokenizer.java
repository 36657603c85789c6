package dev.drawbridge.guardrails;

import dev.drawbridge.catalog.RulesException;
import dev.drawbridge.catalog.VisibleText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the text of a rule file into tokens. Layout and comments end here; nothing after it sees them. */
final class Tokenizer {
    private static final int LONGEST = 16_384;
    private static final Pattern TOKEN = Pattern.compile("(?<word>[A-Za-z][A-Za-z0-9]*+)|(?<name>\\$[a-z][A-Za-z0-9]*+)"
            + "|(?<number>(?:0|[1-9][0-9]{0,8})(?![A-Za-z0-9_$]))|\"(?<text>[^\"\\\\\\n]*+)\""
            + "|(?<symbol>==|!=|<=|>=|&&|\\|\\||[().,:;!<>*])");

    private final Path file;
    private final String text;

    private Tokenizer(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    static List<Token> tokens(Path file, String text) {
        if (text.length() > LONGEST) {
            throw new RulesException(file, 0, "a rule has at most " + LONGEST + " characters.");
        }
        return new Tokenizer(file, VisibleText.of(file, text)).cut();
    }

    private List<Token> cut() {
        List<Token> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(text).useTransparentBounds(true);
        int line = 1;
        int counted = 0;
        for (int at = afterSpace(0); at < text.length(); at = afterSpace(token.end())) {
            if (!token.region(at, text.length()).lookingAt()) {
                throw new RulesException(file, lineOf(at), whatIsWrong(at));
            }
            line += linesIn(counted, at);
            counted = at;
            tokens.add(token(token, line));
        }
        tokens.add(new Token(
                Token.Kind.END, "", line + linesIn(counted, text.stripTrailing().length())));
        return List.copyOf(tokens);
    }

    private int afterSpace(int from) {
        int at = from;
        while (at < text.length()) {
            if (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            } else if (text.startsWith("//", at) || text.startsWith("#", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw new RulesException(file, lineOf(at), "this comment has no end.");
                }
                at = end + 2;
            } else {
                return at;
            }
        }
        return at;
    }

    private static Token token(Matcher matcher, int line) {
        for (Token.Kind kind : Token.Kind.values()) {
            String found =
                    kind == Token.Kind.END ? null : matcher.group(kind.name().toLowerCase(Locale.ROOT));
            if (found != null) {
                return new Token(kind, found, line);
            }
        }
        throw new IllegalStateException();
    }

    private String whatIsWrong(int at) {
        int character = text.codePointAt(at);
        if (character == '"') {
            return "a text ends with '\"' in its own line, and has no '\\' in it.";
        }
        if (character >= '0' && character <= '9') {
            return "a number has one to nine digits, no leading zero, and nothing but digits.";
        }
        return String.format(
                "the condition or effect uses '%s' (U+%04X), which no rule needs.",
                Character.toString(character), character);
    }

    private int lineOf(int position) {
        return 1 + linesIn(0, position);
    }

    private int linesIn(int from, int to) {
        int lines = 0;
        for (int at = from; at < to; at++) {
            lines += text.charAt(at) == '\n' ? 1 : 0;
        }
        return lines;
    }
}
