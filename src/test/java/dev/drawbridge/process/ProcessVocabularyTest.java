package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(vocabulary.offers("accessWindow", "requester", 1)).isTrue();
        assertThat(vocabulary.offers("accessWindow", "requester", 2)).isFalse();
        assertThat(vocabulary.offers("accessWindow", "sing", 0)).isFalse();
        assertThat(vocabulary.offers("accessWindow", "getClass", 0)).isFalse();
        assertThat(vocabulary.offers("canary", "sing", 0)).isFalse();
    }

    @Test
    void findsTheListenersThatAnEarlierReleaseNamedButOffersThemNoMore() {
        assertThat(vocabulary.get("recordDecision")).isInstanceOf(FormerListener.class);
        assertThat(vocabulary.offers("recordDecision", TaskListener.class)).isFalse();
        assertThat(vocabulary.offers("recordDecision", JavaDelegate.class)).isFalse();
    }
}
