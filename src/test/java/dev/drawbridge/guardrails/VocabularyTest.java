package dev.drawbridge.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.guardrails.Vocabulary.Fact;
import dev.drawbridge.guardrails.Vocabulary.Kind;
import dev.drawbridge.guardrails.facts.Guardrail;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VocabularyTest {
    @ParameterizedTest
    @EnumSource(Fact.class)
    void hasEachWordWithItsTypeInJava(Fact fact) throws ReflectiveOperationException {
        Class<?> type = Class.forName(Guardrail.class.getPackageName() + "." + fact.word);
        for (String property : fact.properties.keySet()) {
            assertThat(kindOf(type.getMethod(property).getReturnType()))
                    .as(fact.word + "." + property)
                    .isEqualTo(fact.properties.get(property));
        }
        for (String predicate : fact.predicates.keySet()) {
            assertThat(type.getMethod(predicate, String.class).getReturnType())
                    .as(fact.word + "." + predicate)
                    .isEqualTo(boolean.class);
        }
    }

    /** A new word needs values to be tried, in {@link Candidates} or beside it; until then nothing that speaks of it is proven. */
    @ParameterizedTest
    @EnumSource(Fact.class)
    void hasNoWordOfWhichInvariantsDoNotTryAllValues(Fact fact) {
        assertThat(TriedWords.ALL.get(fact)).containsExactlyInAnyOrderElementsOf(fact.words());
    }

    private static Kind kindOf(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "boolean" -> Kind.TRUTH;
            case "int" -> Kind.NUMBER;
            case "String" -> Kind.TEXT;
            case "Sensitivity" -> Kind.SENSITIVITY;
            case "AccessLevel" -> Kind.ACCESS_LEVEL;
            case "DayOfWeek" -> Kind.DAY;
            case "Employment" -> Kind.EMPLOYMENT;
            default -> throw new AssertionError(type);
        };
    }

    @Test
    void takesTheEffectsThatGuardrailShowsToEditors() {
        for (Method effect : Guardrail.class.getMethods()) {
            String value = effect.getParameterCount() == 0 ? "" : valueFor(effect.getName());
            String text = "rule \"A rule\" when Asked() then guardrail." + effect.getName() + "(" + value + "); end";
            assertThat(RuleInspection.read(java.nio.file.Path.of("a.drl"), text, AnyWords.withLevels("manager"))
                            .then())
                    .hasSize(1);
        }
        assertThat(List.of(Guardrail.class.getMethods())).hasSize(5);
    }

    private static String valueFor(String effect) {
        return switch (effect) {
            case "requireApproval" -> "\"manager\"";
            case "limit" -> "\"PT1H\"";
            default -> "\"masked-columns\"";
        };
    }
}
