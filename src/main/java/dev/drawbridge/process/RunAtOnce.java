package dev.drawbridge.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.cfg.TransactionContext;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.cmd.UnlockJobCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobManager;
import org.camunda.bpm.engine.impl.persistence.entity.MessageEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Lets the node that makes a job carry it out at once, as the engine does with what comes next in an instance of which it
 * has a job in hand. The job is stored locked for this node: when the node dies, the lock runs out and another takes it up.
 * Where the node is busy, the job is found by whoever looks for jobs, in the order of their priority.
 */
final class RunAtOnce extends JobManager {
    private static final Logger log = LoggerFactory.getLogger(RunAtOnce.class);

    private static final ThreadLocal<Boolean> BY_HAND = ThreadLocal.withInitial(() -> false);

    private static final ThreadLocal<@Nullable List<CompletableFuture<Void>>> BEGUN = new ThreadLocal<>();

    static SessionFactory sessions() {
        return new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return JobManager.class;
            }

            @Override
            public Session openSession() {
                return new RunAtOnce();
            }
        };
    }

    /**
     * Does something in the engine, and waits for what that leaves to be done at once; no longer than {@code patience},
     * since a target may not answer. What takes longer, or fails, goes on without the caller.
     */
    static <T> T andWait(Duration patience, Supplier<T> work) {
        List<CompletableFuture<Void>> begun = new ArrayList<>();
        BEGUN.set(begun);
        T result;
        try {
            result = work.get();
        } finally {
            BEGUN.remove();
        }
        try {
            CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException goesOn) {
            return result;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    /** Does something in the engine that carries out itself what it leaves to be done. */
    static void byHand(Runnable work) {
        BY_HAND.set(true);
        try {
            work.run();
        } finally {
            BY_HAND.remove();
        }
    }

    @Override
    protected void hintJobExecutor(JobEntity job) {
        if (BY_HAND.get()) {
            return;
        }
        JobExecutor executor = Context.getProcessEngineConfiguration().getJobExecutor();
        ThreadPoolTaskExecutor threads = threads(executor);
        if (threads == null
                || Context.getJobExecutorContext() != null
                || !(job instanceof MessageEntity)
                || job.isSuspended()
                || !hasRoom(threads.getThreadPoolExecutor())) {
            super.hintJobExecutor(job);
            return;
        }
        job.setLockOwner(executor.getLockOwner());
        job.setLockExpirationTime(new Date(ClockUtil.getCurrentTime().getTime() + executor.getLockTimeInMillis()));
        CompletableFuture<Void> done = new CompletableFuture<>();
        TransactionContext transaction = Context.getCommandContext().getTransactionContext();
        ProcessEngineImpl engine = Context.getProcessEngineConfiguration().getProcessEngine();
        Runnable run = executor.getExecuteJobsRunnable(List.of(job.getId()), engine);
        transaction.addTransactionListener(TransactionState.COMMITTED, committed -> {
            try {
                threads.execute(() -> {
                    try {
                        run.run();
                    } finally {
                        done.complete(null);
                    }
                });
            } catch (TaskRejectedException full) {
                done.complete(null);
                unlock(engine, job.getId());
            }
        });
        transaction.addTransactionListener(TransactionState.ROLLED_BACK, undone -> done.complete(null));
        List<CompletableFuture<Void>> begun = BEGUN.get();
        if (begun != null) {
            begun.add(done);
        }
    }

    /** Others look for it from now on; behind a commit, where nothing may fail any more. */
    private static void unlock(ProcessEngineImpl engine, String job) {
        try {
            engine.getProcessEngineConfiguration()
                    .getCommandExecutorTxRequiresNew()
                    .execute(new UnlockJobCmd(job));
        } catch (RuntimeException failed) {
            log.warn("Job {} stays locked for a minute, and is carried out then", job, failed);
        }
    }

    private static @Nullable ThreadPoolTaskExecutor threads(JobExecutor executor) {
        return executor.isActive()
                        && executor instanceof SpringJobExecutor spring
                        && spring.getTaskExecutor() instanceof ThreadPoolTaskExecutor threads
                ? threads
                : null;
    }

    /** Half of the queue is left to what is found by its priority: what ends access comes first. */
    private static boolean hasRoom(ThreadPoolExecutor threads) {
        return threads.getQueue().size()
                < (threads.getQueue().size() + threads.getQueue().remainingCapacity()) / 2;
    }
}
