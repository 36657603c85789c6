package dev.drawbridge.process;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.drawbridge.platform.EmbeddedPostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.camunda.bpm.engine.task.Task;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** An engine by itself, in a database of its own, that tries whatever a process could do. */
final class SmallEngine implements AutoCloseable {
    private final HikariDataSource source;
    private final ProcessEngine engine;

    @UsedInProcess
    static class Window {
        @UsedInProcess
        public String requester(DelegateExecution execution) {
            return "somebody";
        }

        public String sing() {
            return Canary.silent().sing();
        }
    }

    @UsedInProcess
    static class Harmless implements JavaDelegate {
        private Expression note;

        @Override
        public void execute(DelegateExecution execution) {
            if (note != null) {
                note.getValue(execution);
            }
        }
    }

    @UsedInProcess
    static class Listener implements TaskListener {
        @Override
        public void notify(DelegateTask task) {}
    }

    private SmallEngine(
            EmbeddedPostgresServer postgres, String database, Consumer<ProcessEngineConfigurationImpl> build) {
        try (Connection superuser = postgres.superuser("postgres");
                var statement = superuser.createStatement()) {
            statement.execute("drop database if exists " + database);
            statement.execute("create database " + database);
            statement.execute("revoke all on database " + database + " from public");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        HikariConfig pool = new HikariConfig();
        pool.setMaximumPoolSize(3);
        pool.setDataSource(new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return postgres.superuser(database);
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return getConnection();
            }
        });
        source = new HikariDataSource(pool);
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName(database);
        configuration.setDataSource(source);
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setHistory("none");
        configuration.setJobExecutorActivate(false);
        build.accept(configuration);
        engine = configuration.buildProcessEngine();
    }

    /** As the product builds it, but for the inspection of files. */
    static SmallEngine withoutCode(EmbeddedPostgresServer postgres) {
        return new SmallEngine(
                postgres,
                "hostile_sealed",
                engine -> WithoutCode.build(engine, new ProcessVocabulary(beans()), (file, read, published) -> {}));
    }

    /** As it comes: this one runs everything. */
    static SmallEngine asItComes(EmbeddedPostgresServer postgres) {
        return new SmallEngine(postgres, "hostile_open", engine -> {
            Map<Object, Object> beans = new HashMap<>();
            StaticListableBeanFactory factory = beans();
            List.of(factory.getBeanDefinitionNames()).forEach(name -> beans.put(name, factory.getBean(name)));
            engine.setBeans(beans);
        });
    }

    /** One whose jobs nobody looks for, but that carries out at once, by these threads, what it makes. */
    static SmallEngine runningAtOnce(EmbeddedPostgresServer postgres, ThreadPoolTaskExecutor threads) {
        SpringJobExecutor executor = new SpringJobExecutor() {
            @Override
            protected void startExecutingJobs() {}

            @Override
            protected void stopExecutingJobs() {}
        };
        executor.setTaskExecutor(threads);
        SmallEngine made = new SmallEngine(postgres, "at_once", engine -> {
            engine.setJobExecutor(executor);
            engine.setCustomSessionFactories(List.of(RunAtOnce.sessions()));
        });
        executor.start();
        return made;
    }

    static StaticListableBeanFactory beans() {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("canary", Canary.silent());
        beans.addBean("accessWindow", new Window());
        beans.addBean("nameTask", new Listener());
        for (String delegate : List.of("checkGuardrails", "revokeAccess")) {
            beans.addBean(delegate, new Harmless());
        }
        return beans;
    }

    ProcessEngine engine() {
        return engine;
    }

    /** Publishes the file and walks all of it that can be walked; whether it could be published. */
    boolean walk(String name, byte[] content) {
        String deployment;
        try {
            deployment = engine.getRepositoryService()
                    .createDeployment()
                    .addInputStream(name, new java.io.ByteArrayInputStream(content))
                    .deploy()
                    .getId();
        } catch (RuntimeException | StackOverflowError refused) {
            return false;
        }
        try {
            for (ProcessDefinition process : engine.getRepositoryService()
                    .createProcessDefinitionQuery()
                    .deploymentId(deployment)
                    .list()) {
                attempt(() -> engine.getFormService().getStartFormData(process.getId()));
                attempt(() -> engine.getFormService().getRenderedStartForm(process.getId()));
                attempt(() -> engine.getRuntimeService().startProcessInstanceById(process.getId()));
            }
            for (int round = 0; round < 4; round++) {
                for (Job job : engine.getManagementService().createJobQuery().list()) {
                    attempt(() -> {
                        engine.getManagementService().executeJob(job.getId());
                        return true;
                    });
                }
                for (Task task : engine.getTaskService().createTaskQuery().list()) {
                    attempt(() -> engine.getFormService().getTaskFormData(task.getId()));
                    attempt(() -> engine.getFormService().getRenderedTaskForm(task.getId()));
                    attempt(() -> {
                        engine.getFormService().submitTaskForm(task.getId(), Map.of("a", "b"));
                        return true;
                    });
                }
            }
        } finally {
            attempt(() -> {
                engine.getRepositoryService().deleteDeployment(deployment, true, true, true);
                return true;
            });
        }
        return true;
    }

    private static void attempt(Callable<?> step) {
        try {
            step.call();
        } catch (Exception refused) {
            // What is refused does not run: the canary tells.
        }
    }

    @Override
    public void close() {
        engine.close();
        source.close();
    }
}
