package dev.drawbridge.process;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether what the engine is asked is of a size that it can answer: each condition is a part of one statement. */
final class QueryShape {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String ALTERNATIVES = "orQueries";
    /** The database knows no such text, and would fail over it. */
    static final String UNSTORABLE = "It has a character that cannot be stored; please type it as plain text.";

    private static final int MOST_ALTERNATIVES = 4;
    private static final int MOST_CONDITIONS = 20;
    private static final int MOST_VALUES = 200;
    private static final int MOST_TOKENS = 4_000;
    private static final int DEEPEST = 12;

    private final Deque<Container> open = new ArrayDeque<>();
    private int tokens;

    private static final class Container {
        final boolean list;
        final boolean alternatives;
        int values;
        int objects;

        Container(boolean list, boolean alternatives) {
            this.list = list;
            this.alternatives = alternatives;
        }
    }

    /** Why this is too much; none where it is not. Throws where it is no JSON. */
    static Optional<String> tooMuch(byte[] body) throws IOException {
        QueryShape shape = new QueryShape();
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                String why = shape.add(parser.currentToken(), parser.currentName());
                if (parser.getText().indexOf('\0') >= 0) {
                    return Optional.of(UNSTORABLE);
                }
                if (why != null) {
                    return Optional.of(why);
                }
            }
        }
        return Optional.empty();
    }

    private @Nullable String add(JsonToken token, @Nullable String name) {
        tokens++;
        if (token.isStructEnd()) {
            open.pop();
            return null;
        }
        Container around = open.peek();
        if (around != null && around.list) {
            around.values++;
            around.objects += token == JsonToken.START_OBJECT ? 1 : 0;
        }
        if (token.isStructStart()) {
            boolean alternatives =
                    token == JsonToken.START_ARRAY && around != null && !around.list && ALTERNATIVES.equals(name);
            if (alternatives && open.stream().anyMatch(outer -> outer.alternatives)) {
                return "One of the 'orQueries' holds no further ones.";
            }
            open.push(new Container(token == JsonToken.START_ARRAY, alternatives));
        }
        return around == null ? null : exceeded(around);
    }

    private @Nullable String exceeded(Container around) {
        if (around.alternatives && around.values > MOST_ALTERNATIVES) {
            return "There are at most " + MOST_ALTERNATIVES + " 'orQueries'.";
        }
        if (around.objects > MOST_CONDITIONS) {
            return "A list has at most " + MOST_CONDITIONS + " conditions.";
        }
        if (around.values > MOST_VALUES) {
            return "A list has at most " + MOST_VALUES + " values.";
        }
        return tokens > MOST_TOKENS || open.size() > DEEPEST ? "It has too many parts." : null;
    }
}
