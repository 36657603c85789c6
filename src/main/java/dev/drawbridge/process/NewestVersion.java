package dev.drawbridge.process;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Lets people ask for access by the process as it is now alone. The engine starts any version that it has ever had: whoever asks would
 * choose one without the step that a company has added since.
 */
class NewestVersion extends AbstractBpmnParseListener {
    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        if (ProcessNames.ACCESS_REQUEST.equals(process.getKey())) {
            process.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) NewestVersion::began);
        }
    }

    private static void began(DelegateExecution execution) {
        if (execution.getSuperExecution() != null || CurrentSignIn.find().isEmpty()) {
            return;
        }
        ProcessDefinitionEntity newest = Context.getCommandContext()
                .getProcessDefinitionManager()
                .findLatestProcessDefinitionByKey(ProcessNames.ACCESS_REQUEST);
        if (newest != null && !newest.getId().equals(execution.getProcessDefinitionId())) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "another-version",
                    "The process has been changed since this form was opened. Open it anew; nothing was sent.");
        }
    }
}
