package dev.drawbridge.process;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Lets the steps that call on a target begin a transaction of their own, whether the process says so or not. In the
 * transaction of whoever asked or handed back they would fail: what they put on record at once must survive it.
 */
class CalledApart extends AbstractBpmnParseListener {
    private static final Pattern BEAN = Pattern.compile("\\s*[#$]\\{\\s*(?<bean>[A-Za-z][A-Za-z0-9]*)\\s*}\\s*");

    private final ProcessVocabulary vocabulary;

    CalledApart(ProcessVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    @Override
    public void parseServiceTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        String key = ((ProcessDefinitionEntity) activity.getProcessDefinition()).getKey();
        String named = element.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "delegateExpression");
        Matcher bean = BEAN.matcher(named == null ? "" : named);
        if (ProcessNames.ACCESS_REQUEST.equals(key)
                && !activity.isAsyncBefore()
                && bean.matches()
                && vocabulary.runsApart(bean.group("bean"))) {
            activity.setAsyncBefore(true, true);
        }
    }
}
