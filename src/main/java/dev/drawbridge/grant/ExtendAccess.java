package dev.drawbridge.grant;

import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.process.UsedInProcess;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Moves the end of access that is held to where the grant door agrees. */
@Component
@UsedInProcess(apart = true)
class ExtendAccess implements JavaDelegate {
    private final Prolong prolong;

    ExtendAccess(Prolong prolong) {
        this.prolong = prolong;
    }

    @Override
    public void execute(DelegateExecution execution) {
        if (!prolong.accessNamedBy(execution.getProcessInstanceId())) {
            throw new BpmnError(ProcessNames.ERROR_NO_LONGER);
        }
    }
}
