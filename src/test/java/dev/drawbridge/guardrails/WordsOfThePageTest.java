package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.catalog.RuleFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever has never seen Java writes what {@code rules/README.md} shows: each of its examples is a guardrail. */
class WordsOfThePageTest {
    private static final Pattern CONDITION = Pattern.compile("`((?:not )?[A-Z][A-Za-z]+\\( [^`…]+ \\))`");
    private static final Pattern EFFECT = Pattern.compile("`(guardrail\\.[^`]+;)`");

    private static List<String> found(Pattern what) {
        try {
            return what.matcher(Files.readString(Path.of("rules/README.md")))
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static Stream<String> conditions() {
        return found(CONDITION).stream();
    }

    static Stream<String> effects() {
        return found(EFFECT).stream();
    }

    private static Rule read(String when, String then) {
        return RuleInspection.read(
                Path.of("a.drl"),
                "rule \"A\" when " + when + " then " + then + " end",
                AnyWords.ofOurs(),
                Parameters.of(new RuleFiles(Path.of("rules"))));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void canBeWrittenLikeThis(String condition) {
        boolean named = condition.startsWith(NamedLimits.WORD);
        assertThat(read(condition + (named ? " Asked( longerThan($longest) )" : ""), "guardrail.deny();")
                        .when())
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("effects")
    void canSayThis(String effect) {
        assertThat(read("Wanted( masked )", effect).then()).hasSize(1);
    }

    @Test
    void leavesNoFactAndNoEffectOut() {
        String conditions = String.join(" ", found(CONDITION));
        for (Vocabulary.Fact fact : Vocabulary.Fact.values()) {
            assertThat(conditions).contains(fact.word + "(");
        }
        assertThat(conditions).contains(NamedLimits.WORD + "(");
        assertThat(found(EFFECT)).hasSize(Finding.Effect.values().length - 1);
    }
}
