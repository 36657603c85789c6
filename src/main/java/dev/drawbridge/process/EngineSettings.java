package dev.drawbridge.process;

import dev.drawbridge.platform.StartingInTurn;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** How the engine runs here. */
@Component
class EngineSettings extends AbstractProcessEnginePlugin {
    private final ListableBeanFactory beans;
    private final ObjectProvider<InstanceOrigin> origins;
    private final ApplicationEventPublisher events;

    /** {@code turn}: the engine makes its tables when it is built, which is for one node at a time. */
    EngineSettings(
            ListableBeanFactory beans,
            ObjectProvider<InstanceOrigin> origins,
            ApplicationEventPublisher events,
            StartingInTurn turn) {
        this.beans = beans;
        this.origins = origins;
        this.events = events;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        // Without this the engine hands every Spring bean to expressions, the data source among them.
        ProcessVocabulary vocabulary = new ProcessVocabulary(beans);
        engine.setBeans(vocabulary);
        engine.setBpmnParseFactory(parser -> new ProcessInspection(parser, vocabulary::containsKey));
        engine.setCustomPreDeployers(List.of(new DeploymentInspection()));
        engine.setAuthorizationEnabled(true);
        // Names as organisations have them: hyphens, dots, and mail addresses as account ids.
        engine.setGeneralResourceWhitelistPattern("[a-zA-Z0-9][a-zA-Z0-9._@-]*");
        engine.setDefaultUserPermissionNameForTask("TASK_WORK");
        engine.setCreateDiagramOnDeploy(false);
        // What ends access goes first, then what has been due for longest; with a date on every job an index finds it.
        engine.setJobExecutorAcquireByPriority(true);
        engine.setJobExecutorAcquireByDueDate(true);
        engine.setEnsureJobDueDateNotNull(true);
        // Nobody is locked out for ever by a stranger's guesses; each wrong one makes the next wait longer, up to ten
        // seconds: a stranger who goes on must not keep those away who can revoke.
        engine.setLoginMaxAttempts(Integer.MAX_VALUE);
        engine.setLoginDelayMaxTime(10);
        engine.setResourceAuthorizationProvider(new LeastRights());
        FormInspection forms = new FormInspection(events);
        engine.setTaskService(forms.tasks());
        engine.setFormService(forms.forms());
        engine.setCustomPreCommandInterceptorsTxRequired(List.of(new RefusedByEngine(events)));
        List<BpmnParseListener> listeners = new ArrayList<>();
        if (engine.getCustomPreBPMNParseListeners() != null) {
            listeners.addAll(engine.getCustomPreBPMNParseListeners());
        }
        listeners.add(new BegunWithGuardrails(origins));
        engine.setCustomPreBPMNParseListeners(listeners);
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        JobExecutor executor = engine.getJobExecutor();
        // Timers fall due at any moment: look every fifth of a second, instead of sleeping up to a minute.
        executor.setWaitTimeInMillis(200);
        executor.setMaxWait(200);
        executor.setMaxJobsPerAcquisition(16);
        // A node that dies gives its work back after one minute, not after five; revocations do not even wait for that,
        // since the sweeper asks for no job. Longer than a job waits for one before it in the short queue and then
        // calls its target, each of which takes less than half a minute: no second node begins what one is still at.
        executor.setLockTimeInMillis(60_000);
    }

    /** The beans that BPMN may name, looked up when they are used since some of them need the engine themselves. */
    private static final class ProcessVocabulary extends AbstractMap<Object, Object> {
        private final ListableBeanFactory beans;

        ProcessVocabulary(ListableBeanFactory beans) {
            this.beans = beans;
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return name instanceof String bean
                    && beans.containsBean(bean)
                    && beans.findAnnotationOnBean(bean, UsedInProcess.class) != null;
        }

        @Override
        public @Nullable Object get(@Nullable Object name) {
            return containsKey(name) ? beans.getBean(String.valueOf(name)) : null;
        }

        @Override
        public Set<Map.Entry<Object, Object>> entrySet() {
            return Set.of();
        }
    }
}
