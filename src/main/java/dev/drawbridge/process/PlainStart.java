package dev.drawbridge.process;

import dev.drawbridge.platform.CurrentSignIn;
import dev.drawbridge.platform.Refusal;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.variable.VariableMap;

/**
 * Takes plain values alone when a person starts a process, whichever process it is and through whichever door: what is packed
 * would have to be unpacked by somebody. Comes before anything that looks at the values.
 */
class PlainStart extends AbstractBpmnParseListener {
    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        process.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) PlainStart::began);
    }

    private static void began(DelegateExecution execution) {
        if (execution.getSuperExecution() != null || CurrentSignIn.find().isEmpty()) {
            return;
        }
        VariableMap sent = execution.getVariablesTyped(false);
        for (String name : sent.keySet()) {
            String wrong = FormInspection.notPlain(name, sent.getValueTyped(name));
            if (wrong != null) {
                throw Refusal.ofField(Refusal.Kind.INVALID, name, "not-plain", wrong);
            }
        }
    }
}
