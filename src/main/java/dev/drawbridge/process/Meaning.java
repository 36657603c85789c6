package dev.drawbridge.process;

import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.util.ClassUtils;

/**
 * What a name or a call in an expression stands for.
 *
 * @param words all that it can be, where that is a closed list; else none
 */
record Meaning(Kind kind, Set<String> words) {
    enum Kind {
        TEXT("a text"),
        NUMBER("a number"),
        TRUTH("yes or no"),
        MOMENT("a moment"),
        LIST("a list"),
        /** Known when the process runs alone. */
        ANYTHING("anything");

        private final String spoken;

        Kind(String spoken) {
            this.spoken = spoken;
        }

        String spoken() {
            return spoken;
        }
    }

    Meaning {
        words = Set.copyOf(words);
    }

    static Meaning of(Kind kind, String... words) {
        return new Meaning(kind, Set.of(words));
    }

    /** Of what a method answers; {@code words} are those that somebody else knows it by. */
    static Meaning of(Class<?> type, Set<String> words) {
        Class<?> wrapped = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (wrapped.isEnum()) {
            return new Meaning(
                    Kind.TEXT,
                    Arrays.stream(wrapped.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .collect(Collectors.toSet()));
        }
        return new Meaning(kind(wrapped), words);
    }

    private static Kind kind(Class<?> type) {
        if (type == String.class) {
            return Kind.TEXT;
        }
        if (type == Boolean.class) {
            return Kind.TRUTH;
        }
        if (Number.class.isAssignableFrom(type)) {
            return Kind.NUMBER;
        }
        if (Date.class.isAssignableFrom(type)) {
            return Kind.MOMENT;
        }
        return Collection.class.isAssignableFrom(type) ? Kind.LIST : Kind.ANYTHING;
    }

    boolean is(Set<Kind> wanted) {
        return kind == Kind.ANYTHING || wanted.contains(kind);
    }

    /** Whether it could ever be this word. */
    boolean canBe(String word) {
        return words.isEmpty() || words.contains(word);
    }

    String wordsInOrder() {
        return String.join(", ", new TreeSet<>(words));
    }
}
