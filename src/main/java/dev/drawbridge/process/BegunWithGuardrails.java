package dev.drawbridge.process;

import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Stops an instance that was started behind its guardrails at its first step. The engine lets whoever may start a
 * process start it anywhere in it; a built-in listener also runs where the caller asked to skip listeners.
 */
class BegunWithGuardrails extends AbstractBpmnParseListener {
    private final ObjectProvider<InstanceOrigin> origin;

    BegunWithGuardrails(ObjectProvider<InstanceOrigin> origin) {
        this.origin = origin;
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
            activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener)
                    execution -> origin.getObject().requireRecorded(execution.getProcessInstanceId()));
        }
    }
}
