package dev.drawbridge.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Which steps each process instance has come to: the product's engine keeps no history. */
public final class Passed extends AbstractProcessEnginePlugin {
    private final Map<String, List<String>> byInstance = new ConcurrentHashMap<>();

    public List<String> by(String processInstanceId) {
        return List.copyOf(byInstance.getOrDefault(processInstanceId, List.of()));
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        List<BpmnParseListener> listeners = new ArrayList<>();
        if (engine.getCustomPostBPMNParseListeners() != null) {
            listeners.addAll(engine.getCustomPostBPMNParseListeners());
        }
        listeners.add(new AbstractBpmnParseListener() {
            @Override
            public void parseProcess(Element element, ProcessDefinitionEntity process) {
                watch(process);
            }
        });
        engine.setCustomPostBPMNParseListeners(listeners);
    }

    private void watch(ScopeImpl scope) {
        scope.getActivities().forEach(activity -> {
            activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) this::note);
            watch(activity);
        });
    }

    private void note(DelegateExecution execution) {
        byInstance
                .computeIfAbsent(execution.getProcessInstanceId(), instance -> new ArrayList<>())
                .add(execution.getCurrentActivityId());
    }
}
