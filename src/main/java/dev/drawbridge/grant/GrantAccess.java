package dev.drawbridge.grant;

import dev.drawbridge.process.ProcessNames;
import dev.drawbridge.process.UsedInProcess;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Gives the access that the grant door agrees to. */
@Component
@UsedInProcess(apart = true)
class GrantAccess implements JavaDelegate {
    private final Give give;

    GrantAccess(Give give) {
        this.give = give;
    }

    @Override
    public void execute(DelegateExecution execution) {
        if (!give.accessOf(execution.getProcessInstanceId())) {
            throw new BpmnError(ProcessNames.ERROR_NO_LONGER);
        }
    }
}
