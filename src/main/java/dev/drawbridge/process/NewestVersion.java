package dev.drawbridge.process;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionManager;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Lets people ask for access by the process that is in force alone. The engine starts any version that it has ever had: whoever asks
 * would choose one without the step that a company has added since.
 */
class NewestVersion extends AbstractBpmnParseListener {
    private final ObjectProvider<ProcessInForce> inForce;

    NewestVersion(ObjectProvider<ProcessInForce> inForce) {
        this.inForce = inForce;
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        if (ProcessNames.ACCESS_REQUEST.equals(process.getKey())) {
            process.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) this::began);
        }
    }

    private void began(DelegateExecution execution) {
        if (execution.getSuperExecution() != null || CurrentSignIn.find().isEmpty()) {
            return;
        }
        String asked = execution.getProcessDefinitionId();
        if (!inForce.getObject().isInForce(asked) && !isAllThatIsLeft(asked)) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "another-version",
                    "The process has been changed since this form was opened. Open it anew; nothing was sent.");
        }
    }

    /** Whoever may do that in the engine has deleted what was in force: then the newest that is left is. */
    private boolean isAllThatIsLeft(String asked) {
        ProcessDefinitionManager definitions = Context.getCommandContext().getProcessDefinitionManager();
        return definitions.findLatestProcessDefinitionById(inForce.getObject().definition()) == null
                && asked.equals(definitions
                        .findLatestProcessDefinitionByKey(ProcessNames.ACCESS_REQUEST)
                        .getId());
    }
}
