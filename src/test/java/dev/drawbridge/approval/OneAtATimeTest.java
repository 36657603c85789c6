package dev.drawbridge.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.request.AccessRequest;
import dev.drawbridge.request.AccessRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.PlatformTransactionManager;

/** Acting one after the other: only what somebody else got in between is tried again. */
class OneAtATimeTest {
    private static final AccessRequest REQUEST = new AccessRequest(
            UUID.randomUUID(), "instance", "ann", "app", Duration.ofHours(1), "why", null, null, Instant.EPOCH, null);

    private final AccessProcesses processes = mock(AccessProcesses.class);
    private final OneAtATime oneAtATime =
            new OneAtATime(mock(AccessRequests.class), processes, mock(PlatformTransactionManager.class));
    private final AtomicInteger tries = new AtomicInteger();

    private void fail(RuntimeException failure) {
        oneAtATime.on(REQUEST, "step", () -> {
            tries.incrementAndGet();
            throw failure;
        });
    }

    static Stream<RuntimeException> overtaken() {
        return Stream.of(
                new OptimisticLockingException("x"),
                new ProcessEngineException("x"),
                new CannotAcquireLockException("x"),
                AccessProcesses.settled());
    }

    @ParameterizedTest
    @MethodSource("overtaken")
    void triesAgainWhatSomethingGotInBetween(RuntimeException failure) {
        when(processes.isAt(any(), any())).thenReturn(true);

        assertThatThrownBy(() -> fail(failure)).isSameAs(failure);
        assertThat(tries).hasValue(3);
    }

    @ParameterizedTest
    @MethodSource("overtaken")
    void saysThatItIsSettledWhereTheProcessHasGoneOn(RuntimeException failure) {
        assertThatThrownBy(() -> fail(failure))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("already-settled"));
        assertThat(tries).hasValue(1);
    }

    static Stream<RuntimeException> faults() {
        return Stream.of(
                new IllegalStateException("a fault of ours"),
                new NullPointerException(),
                new DataIntegrityViolationException("x"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void letsAFaultOfOursBeOneAtOnceAndNeverCallsItSettled(RuntimeException failure) {
        assertThatThrownBy(() -> fail(failure)).isSameAs(failure);
        assertThat(tries).hasValue(1);
    }

    @Test
    void passesOnWhatTheFactsRefuseWhateverTheProcessHasComeTo() {
        Refusal heard = Refusal.of(Refusal.Kind.CONFLICT, "already-answered", "You have answered.");

        assertThatThrownBy(() -> fail(heard)).isSameAs(heard);
        assertThat(tries).hasValue(1);
    }
}
