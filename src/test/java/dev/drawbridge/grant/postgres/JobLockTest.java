package dev.drawbridge.grant.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testing.DrawbridgeTest;
import dev.drawbridge.testing.World;
import java.time.Duration;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** Two nodes are never at one call to a target. */
@DrawbridgeTest
class JobLockTest {
    @Autowired
    World world;

    @Autowired
    Environment environment;

    @Test
    void lastsLongerThanAJobWaitsForAnotherAndThenCallsItsTarget() {
        var engine = (ProcessEngineConfigurationImpl) world.engine().getProcessEngineConfiguration();
        Duration call = Session.MOST.plus(Session.MOST_SILENCE);

        assertThat(Duration.ofMillis(engine.getJobExecutor().getLockTimeInMillis()))
                .isGreaterThan(call.multipliedBy(2).plusSeconds(5));
        assertThat(number("queue-capacity"))
                .as("at most one other before each")
                .isLessThanOrEqualTo(number("core-pool-size"));
        assertThat(number("core-pool-size")).isPositive();
    }

    private int number(String setting) {
        return environment.getRequiredProperty("camunda.bpm.job-execution." + setting, Integer.class);
    }
}
