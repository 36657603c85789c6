package dev.drawbridge.process;

import dev.drawbridge.platform.Refusal;
import dev.drawbridge.platform.Refusals;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.db.PersistenceSession;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets what a process does come to an end, however it is drawn. A circle, forks of forks or a loop of loops would else go on
 * in the call of whoever moved the process on, the sweeper's among them, until the memory is used up and no access ends any
 * more. A step counts whoever makes it; the bound is met by an error that no event of a process catches.
 */
final class BoundedWork extends CommandInterceptor {
    /** In one go: the house's own process takes some twenty. */
    private static final int MOST_STEPS = 1_000;

    /** Steps in one go, of any kind. Each takes memory until it is stored. */
    private static final int MOST_STORED = 10_000;

    /** In the life of one instance, once it goes on for unusually long. */
    private static final int MOST_IN_ALL = 2_000;

    private static final ThreadLocal<@Nullable BoundedWork> GOING = new ThreadLocal<>();

    /** Up to so many branches at once, and so many steps one after the other, nothing is counted: the house's own process has three and some forty. */
    private static final int FEW_BRANCHES = 50;

    private static final int SHORT_WAY = 200;

    private final DataSource database;
    /** The instances that have moved in this call, and whether their steps are counted over all calls. */
    private final Map<String, Boolean> instances = new HashMap<>();

    private int steps;
    private int stored;
    private boolean signalled;

    BoundedWork(DataSource database) {
        this.database = database;
    }

    /** Without a cause: the engine must not take it for an error that a process can catch. */
    private static final class Endless extends ProcessEngineException {
        Endless(String sentence) {
            super(sentence);
        }
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (Context.getCommandContext() != null) {
            return next.execute(command);
        }
        BoundedWork before = GOING.get();
        GOING.set(new BoundedWork(database));
        try {
            return next.execute(command);
        } catch (RuntimeException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof Endless endless) {
                    throw refused(endless);
                }
            }
            throw failed;
        } finally {
            GOING.set(before);
        }
    }

    private static Refusal refused(Endless endless) {
        Refusal refusal = Refusal.of(Refusal.Kind.CONFLICT, "endless-process", String.valueOf(endless.getMessage()));
        Refusals.tell(refusal);
        return refusal;
    }

    /** An instance begins. What one process starts by a signal could start the next, and each of them two. */
    static void begins(DelegateExecution execution) {
        BoundedWork going = GOING.get();
        if (going == null) {
            return;
        }
        if (going.signalled) {
            throw new Endless("A signal that a process sends starts no other process, so nothing of this was done.");
        }
    }

    /** An instance comes to a step, which may be to send a signal. */
    static void step(DelegateExecution execution, boolean signals) {
        BoundedWork going = GOING.get();
        if (going == null) {
            return;
        }
        going.signalled |= signals;
        if (++going.steps > MOST_STEPS) {
            throw new Endless("The process takes more than " + MOST_STEPS
                    + " steps at once and comes to no end, so nothing of this was done.");
        }
        String instance = execution.getProcessInstanceId();
        if (going.instances.computeIfAbsent(instance, id -> isLong((ExecutionEntity) execution))
                && going.stepsOf(instance) > MOST_IN_ALL) {
            throw new Endless("The process has taken more than " + MOST_IN_ALL
                    + " steps and comes to no end, so it goes no further.");
        }
    }

    /**
     * Whether an instance has come further, or is at more places at once, than an ordinary one ever is. The engine has loaded all
     * the places at which it is by now.
     */
    private static boolean isLong(ExecutionEntity execution) {
        return execution.getSequenceCounter() > SHORT_WAY
                || Context.getCommandContext()
                                .getDbEntityManager()
                                .getDbEntityCache()
                                .getEntitiesByType(ExecutionEntity.class)
                                .size()
                        > FEW_BRANCHES;
    }

    /** This step, and those of this instance that were counted before. */
    private int stepsOf(String instance) {
        return JdbcClient.create(database)
                .sql("""
                        insert into process_steps as counted (process_instance_id, steps) values (:id, 1)
                        on conflict (process_instance_id) do update set steps = counted.steps + 1 returning steps
                        """)
                .param("id", instance)
                .query(Integer.class)
                .single();
    }

    /** A single step can fork into thousands: so what the engine is to store is counted, too. */
    static SessionFactory store() {
        return new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return DbEntityManager.class;
            }

            @Override
            public Session openSession() {
                return new DbEntityManager(
                        Context.getProcessEngineConfiguration().getIdGenerator(),
                        Context.getCommandContext().getSession(PersistenceSession.class)) {
                    @Override
                    public void insert(DbEntity entity) {
                        BoundedWork going = GOING.get();
                        if (going != null && ++going.stored > MOST_STORED) {
                            throw new Endless("This makes the engine keep more than " + MOST_STORED
                                    + " things at once, so nothing of it was done.");
                        }
                        super.insert(entity);
                    }
                };
            }
        };
    }
}
