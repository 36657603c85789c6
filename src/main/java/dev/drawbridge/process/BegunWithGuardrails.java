package dev.drawbridge.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Refuses an instance that was started behind its guardrails. The engine lets whoever may start a process start it
 * anywhere in it; built-in listeners also run where the caller asked to skip listeners.
 */
class BegunWithGuardrails extends AbstractBpmnParseListener {
    private final ObjectProvider<InstanceOrigin> origin;

    BegunWithGuardrails(ObjectProvider<InstanceOrigin> origin) {
        this.origin = origin;
    }

    /** Runs in the starter's transaction, after the first step had its chance: a refusal leaves nothing behind. */
    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        if (ProcessNames.ACCESS_REQUEST.equals(process.getKey())) {
            process.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener)
                    execution -> Context.getCommandContext()
                            .getTransactionContext()
                            .addTransactionListener(
                                    TransactionState.COMMITTING, committing -> requireRecorded(execution)));
        }
    }

    @Override
    public void parseServiceTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        guard(activity);
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        guard(activity);
    }

    private void guard(ActivityImpl activity) {
        ProcessDefinitionEntity definition = (ProcessDefinitionEntity) activity.getProcessDefinition();
        if (ProcessNames.ACCESS_REQUEST.equals(definition.getKey())
                && !ProcessNames.CHECK_GUARDRAILS.equals(activity.getId())) {
            activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) this::requireRecorded);
        }
    }

    private void requireRecorded(DelegateExecution execution) {
        origin.getObject().requireRecorded(execution.getProcessInstanceId());
    }
}
