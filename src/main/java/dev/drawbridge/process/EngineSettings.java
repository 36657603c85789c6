package dev.drawbridge.process;

import dev.drawbridge.directory.AccountIds;
import dev.drawbridge.directory.AccountsNow;
import dev.drawbridge.platform.SignInThrottle;
import dev.drawbridge.platform.StartingInTurn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** How the engine runs here. */
@Component
class EngineSettings extends AbstractProcessEnginePlugin {
    private final ListableBeanFactory beans;
    private final ObjectProvider<InstanceOrigin> origins;
    private final ApplicationEventPublisher events;
    private final SignInThrottle throttle;
    private final Path processes;

    /** {@code turn}: the engine makes its tables when it is built, which is for one node at a time. */
    EngineSettings(
            ListableBeanFactory beans,
            ObjectProvider<InstanceOrigin> origins,
            ApplicationEventPublisher events,
            SignInThrottle throttle,
            @Value("${drawbridge.processes:processes}") Path processes,
            StartingInTurn turn) {
        this.beans = beans;
        this.origins = origins;
        this.events = events;
        this.throttle = throttle;
        this.processes = processes;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        // Without this the engine hands every Spring bean to expressions, the data source among them.
        ProcessVocabulary vocabulary = new ProcessVocabulary(beans);
        WithoutCode.build(engine, vocabulary, new ProcessInspection(vocabulary)::inspect);
        Publishing publishing = new Publishing(events);
        engine.setRepositoryService(publishing.door());
        engine.setCustomPreDeployers(List.of(new DeploymentInspection(processes, new FieldInspection(vocabulary))));
        engine.setCustomPostDeployers(List.of(publishing.onRecord()));
        engine.setAuthorizationEnabled(true);
        engine.setGeneralResourceWhitelistPattern(AccountIds.PATTERN);
        engine.setDefaultUserPermissionNameForTask("TASK_WORK");
        engine.setCreateDiagramOnDeploy(false);
        // The engine reads again what it has let go; a thousand large processes at once would be more than the memory.
        engine.setCacheCapacity(20);
        // What ends access goes first, then what has been due for longest; with a date on every job an index finds it.
        engine.setJobExecutorAcquireByPriority(true);
        engine.setJobExecutorAcquireByDueDate(true);
        engine.setEnsureJobDueDateNotNull(true);
        engine.setIdentityProviderSessionFactory(
                new Passwords.Factory(throttle, beans.getBeanProvider(AccountsNow.class)));
        // Our own facts are the record.
        engine.setHistoryLevel(new NoHistory());
        engine.setTaskMetricsEnabled(false);
        // What a caller is refused is no failure; what is one, EngineFailures writes into the log.
        engine.setEnableCmdExceptionLogging(false);
        engine.setResourceAuthorizationProvider(new LeastRights());
        // Of no rules: without one, Admin would look for it in vain at each form with a password.
        engine.setEnablePasswordPolicy(true);
        engine.setPasswordPolicy(List::of);
        FormInspection forms = new FormInspection(events);
        engine.setTaskService(forms.tasks());
        engine.setFormService(forms.forms());
        engine.setManagementService(new KeptRunning(engine));
        engine.setIdentityService(new OwnIds());
        engine.setFailedJobCommandFactory(new FittingTries(beans.getBeanProvider(TryAgain.class)));
        engine.setCustomPreCommandInterceptorsTxRequired(List.of(
                new EndsWithoutMemory(),
                new EngineFailures(),
                new RefusedByEngine(events),
                new AskedByStarting(),
                new BoundedWork(engine.getDataSource())));
        engine.setCustomSessionFactories(
                List.of(BoundedWork.store(), RunAtOnce.sessions(), EveryGroupsRights.sessions()));
        List<BpmnParseListener> listeners = new ArrayList<>();
        if (engine.getCustomPreBPMNParseListeners() != null) {
            listeners.addAll(engine.getCustomPreBPMNParseListeners());
        }
        listeners.add(new PlainStart());
        listeners.add(new NewestVersion(beans.getBeanProvider(ProcessInForce.class)));
        listeners.add(new BegunWithGuardrails(origins));
        listeners.add(new CalledApart(vocabulary));
        listeners.add(new FixedTasks(beans.getBeanProvider(FixedTask.class), beans.getBeanProvider(InstanceEnd.class)));
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
}
