package dev.drawbridge.process;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import java.util.Date;
import org.camunda.bpm.engine.impl.ManagementServiceImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.management.SetJobRetriesBuilderImpl;
import org.camunda.bpm.engine.management.SetJobRetriesBuilder;

/** Lets people give jobs tries again, and neither take tries away nor move the moment: timers would never come, or late. */
class KeptRunning extends ManagementServiceImpl {
    private static final int MOST = 100;

    KeptRunning(ProcessEngineConfigurationImpl engine) {
        super(engine);
    }

    @Override
    public SetJobRetriesBuilderImpl setJobRetries(int retries) {
        if (CurrentSignIn.find().isPresent() && (retries < 1 || retries > MOST)) {
            throw refused("A job is given one try at least, and " + MOST + " at most.");
        }
        return new Tries(commandExecutor, retries);
    }

    private static Refusal refused(String sentence) {
        return EngineFailures.told(Refusal.of(Refusal.Kind.FORBIDDEN, "engine-forbids", sentence));
    }

    private static final class Tries extends SetJobRetriesBuilderImpl {
        Tries(CommandExecutor commands, int retries) {
            super(commands, retries);
        }

        @Override
        public SetJobRetriesBuilder dueDate(Date due) {
            if (CurrentSignIn.find().isPresent()) {
                throw refused("Jobs run when they are due; nobody moves that by hand.");
            }
            return super.dueDate(due);
        }
    }
}
