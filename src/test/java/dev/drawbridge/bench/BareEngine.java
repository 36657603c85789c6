package dev.drawbridge.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/**
 * An engine at its defaults (full history, its job executor) in a database beside the product's: a process with
 * the rows that a grant has, and nothing to do in it. It has neither HTTP nor rules, record or target.
 */
final class BareEngine implements AutoCloseable {
    private static final String DATABASE = "bare";
    private static final String PROCESS = "bare";

    private final HikariDataSource pool;
    private final ProcessEngine engine;

    BareEngine(House house) throws SQLException {
        house.store().execute("postgres", "create database " + DATABASE);
        pool = new HikariDataSource();
        // Ids are fetched on a second connection: with the usual ten, ten threads would wait for each other.
        pool.setMaximumPoolSize(40);
        pool.setMinimumIdle(10);
        pool.setJdbcUrl(house.server().url(DATABASE));
        pool.setUsername("postgres");
        pool.setPassword(house.server().superuserPassword());
        engine = ProcessEngineConfiguration.createStandaloneProcessEngineConfiguration()
                .setProcessEngineName("bench")
                .setDataSource(pool)
                .setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE)
                .setHistory(ProcessEngineConfiguration.HISTORY_FULL)
                .setJobExecutorActivate(true)
                .buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance("bare.bpmn", process())
                .deploy();
    }

    /** Asked for, judged; given by a job; used until one of two timers or of two messages. */
    private static BpmnModelInstance process() {
        return Bpmn.createExecutableProcess(PROCESS)
                .camundaHistoryTimeToLive(30)
                .startEvent()
                .serviceTask("judge")
                .camundaExpression("${true}")
                .serviceTask("give")
                .camundaAsyncBefore()
                .camundaExpression("${true}")
                .userTask("use")
                .camundaAssignee("${who}")
                .boundaryEvent("soon")
                .cancelActivity(false)
                .timerWithDuration("PT55M")
                .endEvent()
                .moveToActivity("use")
                .boundaryEvent("over")
                .timerWithDuration("PT1H")
                .endEvent()
                .moveToActivity("use")
                .boundaryEvent("extended")
                .cancelActivity(false)
                .message("extend")
                .endEvent()
                .moveToActivity("use")
                .boundaryEvent("revoked")
                .message("revoke")
                .endEvent()
                .moveToActivity("use")
                .endEvent()
                .done();
    }

    /** Instances that reached their user task, each second. */
    double rate(Clients clients, Duration time) throws Exception {
        long before = reached();
        long start = System.nanoTime();
        Clients.Round round = clients.during(
                time,
                (client, n) -> engine.getRuntimeService()
                        .startProcessInstanceByKey(
                                PROCESS,
                                "request-" + client + "-" + n,
                                Map.of(
                                        "who",
                                        "bench" + n,
                                        "entitlement",
                                        "app-logs-read",
                                        "duration",
                                        "PT1H",
                                        "justification",
                                        "To measure")));
        while (reached() < before + round.calls()) {
            House.pause(20);
        }
        return round.calls() / ((System.nanoTime() - start) / 1e9);
    }

    private long reached() {
        return engine.getTaskService().createTaskQuery().count();
    }

    @Override
    public void close() {
        engine.close();
        pool.close();
    }
}
