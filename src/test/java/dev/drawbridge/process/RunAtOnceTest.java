package dev.drawbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.platform.EmbeddedPostgresServer;
import dev.drawbridge.testing.DrawbridgeTest;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** What this node makes it carries out at once, and what it cannot is left to whoever looks for it. */
@DrawbridgeTest
class RunAtOnceTest {
    @Autowired
    EmbeddedPostgresServer postgres;

    private static ThreadPoolTaskExecutor threads(ThreadPoolTaskExecutor threads) {
        threads.setCorePoolSize(1);
        threads.setMaxPoolSize(1);
        threads.setQueueCapacity(4);
        threads.initialize();
        return threads;
    }

    private static void start(ProcessEngine engine) {
        RunAtOnce.andWait(
                Duration.ofMinutes(1), () -> engine.getRuntimeService().startProcessInstanceByKey("later"));
    }

    private static SmallEngine engine(EmbeddedPostgresServer postgres, ThreadPoolTaskExecutor threads) {
        SmallEngine small = SmallEngine.runningAtOnce(postgres, threads);
        small.engine()
                .getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "later.bpmn",
                        Bpmn.createExecutableProcess("later")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .manualTask("step")
                                .camundaAsyncBefore()
                                .userTask("rest")
                                .endEvent()
                                .done())
                .deploy();
        return small;
    }

    @Test
    void carriesOutWhatItMakesBeforeTheCallReturns() {
        try (SmallEngine small = engine(postgres, threads(new ThreadPoolTaskExecutor()))) {
            start(small.engine());

            assertThat(small.engine().getTaskService().createTaskQuery().count())
                    .isOne();
            assertThat(small.engine().getManagementService().createJobQuery().count())
                    .isZero();
        }
    }

    @Test
    void leavesToOthersUnlockedWhatIsTakenByNoThreadAnyMore() {
        ThreadPoolTaskExecutor full = threads(new ThreadPoolTaskExecutor() {
            @Override
            public void execute(Runnable task) {
                throw new TaskRejectedException("full since");
            }
        });
        try (SmallEngine small = engine(postgres, full)) {
            start(small.engine());

            List<Job> jobs =
                    small.engine().getManagementService().createJobQuery().list();
            assertThat(jobs).hasSize(1);
            assertThat(((JobEntity) jobs.get(0)).getLockOwner()).isNull();
        }
    }

    @Test
    void leavesToWhoeverDoesItByHandWhatTheyMake() {
        try (SmallEngine small = engine(postgres, threads(new ThreadPoolTaskExecutor()))) {
            RunAtOnce.byHand(() -> start(small.engine()));

            List<Job> jobs =
                    small.engine().getManagementService().createJobQuery().list();
            assertThat(jobs).hasSize(1);
            assertThat(((JobEntity) jobs.get(0)).getLockOwner()).isNull();
        }
    }
}
