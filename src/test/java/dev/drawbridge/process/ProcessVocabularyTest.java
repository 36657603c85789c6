package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.process.ProcessVocabulary.Words;
import java.util.Set;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Which bean may be named where. */
class ProcessVocabularyTest {
    private final StaticListableBeanFactory beans = SmallEngine.beans();
    private final ProcessVocabulary vocabulary = new ProcessVocabulary(beans);

    @Test
    void offersABeanWhereItsInterfaceBelongsAndNowhereElse() {
        assertThat(vocabulary.offers("checkGuardrails", JavaDelegate.class)).isTrue();
        assertThat(vocabulary.offers("checkGuardrails", ExecutionListener.class))
                .isFalse();
        assertThat(vocabulary.offers("nameTask", JavaDelegate.class)).isFalse();
        assertThat(vocabulary.offers("canary", JavaDelegate.class)).isFalse();
        assertThat(vocabulary.offers("nobody", JavaDelegate.class)).isFalse();
    }

    @Test
    void offersTheMarkedMethodsOfAMarkedBeanAlone() {
        assertThat(vocabulary.method("accessWindow", "requester", 1)).isPresent();
        assertThat(vocabulary.method("accessWindow", "requester", 2)).isEmpty();
        assertThat(vocabulary.method("accessWindow", "sing", 0)).isEmpty();
        assertThat(vocabulary.method("accessWindow", "getClass", 0)).isEmpty();
        assertThat(vocabulary.method("canary", "sing", 0)).isEmpty();
    }

    @Test
    void findsTheListenersThatAnEarlierReleaseNamedButOffersThemNoMore() {
        assertThat(vocabulary.get("recordDecision")).isInstanceOf(FormerListener.class);
        assertThat(vocabulary.offers("recordDecision", TaskListener.class)).isFalse();
        assertThat(vocabulary.offers("recordDecision", JavaDelegate.class)).isFalse();
    }

    @Test
    void tellsWordsThatComeWithNoNewRequestFromThoseThatDo() {
        beans.addBean("words", new KnownWords() {
            @Override
            public Set<String> groups() {
                return Set.of("security");
            }

            @Override
            public Set<String> of(String bean, String method) {
                return method.equals("entitlement") ? Set.of("orders-read", "retired") : Set.of();
            }

            @Override
            public Set<String> past(String bean, String method) {
                return Set.of("retired", "has-left");
            }
        });

        assertThat(words(Words.DECLARED)).containsExactlyInAnyOrder("orders-read", "retired");
        assertThat(words(Words.PRESENT)).containsExactly("orders-read");
        assertThat(words(Words.UNDERSTOOD)).containsExactlyInAnyOrder("orders-read", "retired", "has-left");
        assertThat(words(Words.ANY)).isEmpty();
        assertThat(new ProcessVocabulary(beans, Words.UNDERSTOOD).words("asked", "anything"))
                .as("what can be any text stays so")
                .isEmpty();
        assertThat(new ProcessVocabulary(beans, Words.ANY).groups()).isEmpty();
    }

    private Set<String> words(Words which) {
        return new ProcessVocabulary(beans, which).words("asked", "entitlement");
    }
}
