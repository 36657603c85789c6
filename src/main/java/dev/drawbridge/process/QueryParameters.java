package dev.drawbridge.process;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of the engine in a URL: few parts, and never for all lines that there are. */
record QueryParameters(List<String> pairs) {
    private static final String LINES = "maxResults";
    private static final int USUAL_LINES = 500;
    static final int MOST_LINES = 2_000;
    static final int FEWER_LINES = 200;
    private static final int MOST_PAIRS = 40;
    private static final int MOST_VALUES = 60;

    static QueryParameters of(@Nullable String query) {
        return new QueryParameters(query == null || query.isEmpty() ? List.of() : List.of(query.split("&")));
    }

    Optional<String> tooMuch() {
        if (pairs.stream().anyMatch(pair -> decoded(pair).indexOf('\0') >= 0)) {
            return Optional.of(QueryShape.UNSTORABLE);
        }
        long values = pairs.stream()
                .flatMapToInt(pair -> decoded(pair).chars())
                .filter(one -> one == ',')
                .count();
        return pairs.size() > MOST_PAIRS || values > MOST_VALUES
                ? Optional.of("The address of this call asks for too many things at once.")
                : Optional.empty();
    }

    String bounded() {
        return bounded(MOST_LINES);
    }

    /** The same with one bound on the lines, which stands first. */
    String bounded(int most) {
        int lines = Math.min(most, USUAL_LINES);
        List<String> others = new ArrayList<>();
        for (String pair : pairs) {
            String plain = decoded(pair);
            if (plain.equals(LINES) || plain.startsWith(LINES + "=")) {
                lines = Math.min(most, number(plain.substring(Math.min(plain.length(), LINES.length() + 1))));
            } else {
                others.add(pair);
            }
        }
        others.add(0, LINES + "=" + lines);
        return String.join("&", others);
    }

    private static int number(String typed) {
        try {
            return Math.max(0, Integer.parseInt(typed.strip()));
        } catch (NumberFormatException none) {
            return USUAL_LINES;
        }
    }

    private static String decoded(String pair) {
        try {
            return URLDecoder.decode(pair, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException odd) {
            return pair;
        }
    }
}
