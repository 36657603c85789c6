package dev.drawbridge.process;

import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the listeners that processes of earlier versions name. What those did is built in now ({@link FixedTasks}), so
 * this does nothing; without it, what runs on such a version would come to a halt.
 */
final class FormerListener implements TaskListener, ExecutionListener {
    private static final Set<String> NAMES = Set.of(
            "nameTask",
            "announceLevel",
            "refuseOwnClaim",
            "recordDecision",
            "recordAnswer",
            "closeQuestion",
            "recordEnd",
            "recordReturn");

    static boolean isOne(@Nullable Object name) {
        return name instanceof String bean && NAMES.contains(bean);
    }

    @Override
    public void notify(DelegateTask task) {
        // Built in now.
    }

    @Override
    public void notify(DelegateExecution execution) {
        // Built in now.
    }
}
