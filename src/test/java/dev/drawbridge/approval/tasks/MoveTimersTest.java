package dev.drawbridge.approval.tasks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.drawbridge.approval.AnswerBy;
import dev.drawbridge.approval.ApprovalCase;
import dev.drawbridge.approval.ApprovalCases;
import dev.drawbridge.approval.CaseOf;
import dev.drawbridge.approval.LevelTimes;
import dev.drawbridge.guardrails.Level;
import dev.drawbridge.process.AccessProcesses;
import dev.drawbridge.process.AccessTasks;
import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.request.AccessRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.zone.ZoneRulesException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.scheduling.TaskScheduler;

/** At the start, one request that cannot be reckoned stops neither the next nor the application. */
class MoveTimersTest {
    private static final Instant DUE = Instant.parse("2035-06-05T10:00:00Z");

    private final AccessProcesses processes = mock(AccessProcesses.class);
    private final AccessTasks tasks = mock(AccessTasks.class);
    private final ApprovalCases cases = mock(ApprovalCases.class);
    private final AnswerBy answerBy = mock(AnswerBy.class);

    static Stream<Supplier<Throwable>> faults() {
        return Stream.of(
                () -> new ProcessEngineException("the job is gone"),
                () -> new QueryTimeoutException("slow"),
                () -> new NoSuchElementException("no verdict"),
                () -> new IllegalStateException("a verdict that cannot be read"),
                () -> new ZoneRulesException("a zone that is no more"));
    }

    private LevelTimes waiting(String instance) {
        Level level = new Level(
                "manager", List.of("managers"), List.of(), 1, Duration.ofHours(8), null, null, List.of(), null, null);
        AccessRequest request = new AccessRequest(
                UUID.randomUUID(), instance, "ann", "app", Duration.ofHours(1), "why", null, null, Instant.EPOCH, null);
        ApprovalCase approval = new CaseOf(request, Instant.EPOCH, List.of(level)).now();
        LevelTimes times = mock(LevelTimes.class);
        when(cases.find(instance)).thenReturn(Optional.of(approval));
        when(cases.times(approval)).thenReturn(times);
        when(times.deadline(0)).thenReturn(DUE);
        when(answerBy.ofLevel(approval, 0)).thenReturn(DUE);
        when(times.nextReminder(0)).thenReturn(Optional.empty());
        when(times.nextTier(0)).thenReturn(Optional.empty());
        return times;
    }

    @ParameterizedTest
    @MethodSource("faults")
    void movesTheOthersAndGoesOn(Supplier<Throwable> fault) {
        when(tasks.instancesAt(ProcessNames.APPROVE_ACCESS)).thenReturn(List.of("bad", "good"));
        LevelTimes bad = waiting("bad");
        waiting("good");
        when(bad.deadline(0)).thenThrow(fault.get());

        assertThatCode(() -> new MoveTimers(processes, tasks, cases, answerBy, mock(TaskScheduler.class)).moveAll())
                .doesNotThrowAnyException();

        verify(processes).moveTimers(eq("good"), any());
        verify(processes, never()).moveTimers(eq("bad"), any());
    }
}
