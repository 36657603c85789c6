package dev.drawbridge.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.impl.bpmn.parser.FailedJobRetryConfiguration;
import org.camunda.bpm.engine.impl.cmd.DefaultJobRetryCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.jobexecutor.FailedJobCommandFactory;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Tries again what failed as its feature wants it, in whatever process it stands; all else as the process says. */
final class FittingTries implements FailedJobCommandFactory {
    private final ObjectProvider<TryAgain> features;

    FittingTries(ObjectProvider<TryAgain> features) {
        this.features = features;
    }

    @Override
    public Command<Object> getCommand(String job, Throwable failed) {
        return new Retry(job, failed, features);
    }

    private static final class Retry extends DefaultJobRetryCmd {
        private final transient ObjectProvider<TryAgain> features;

        Retry(String job, Throwable failed, ObjectProvider<TryAgain> features) {
            super(job, failed);
            this.features = features;
        }

        @Override
        public @Nullable FailedJobRetryConfiguration getFailedJobRetryConfiguration(
                JobEntity job, ActivityImpl activity) {
            return features.stream()
                    .map(feature -> feature.pauses(job.getProcessInstanceId(), exception))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .map(Retry::configuration)
                    .map(left -> from(job, left, left.getRetries()))
                    .orElseGet(() -> asTheProcessSays(job, activity));
        }

        /** No more often than it says, whatever failed before, and was to be tried more often. */
        private @Nullable FailedJobRetryConfiguration asTheProcessSays(JobEntity job, ActivityImpl activity) {
            FailedJobRetryConfiguration said = super.getFailedJobRetryConfiguration(job, activity);
            return said == null ? null : from(job, said, Math.min(job.getRetries(), said.getRetries()));
        }

        /** The engine counts down from what the first failure set, of whatever kind that was. */
        private FailedJobRetryConfiguration from(JobEntity job, FailedJobRetryConfiguration tries, int left) {
            if (!isFirstJobExecution(job)) {
                job.setRetries(left);
            }
            return tries;
        }

        private static FailedJobRetryConfiguration configuration(List<Duration> pauses) {
            return new FailedJobRetryConfiguration(
                    pauses.size() + 1, pauses.stream().map(Duration::toString).toList());
        }
    }
}
